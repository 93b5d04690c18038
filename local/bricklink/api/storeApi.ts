/** What BrickLink's store API reads: the answer to each GET. */
import type { Order } from "../store/model";
import { shippingMethods } from "../store/shippingMethods";
import type { Store as WholeStore } from "../store/store";
import { envelope, refusalAnswer, errorAnswer, type Answer } from "./answers";
import {
  feedbackBody,
  itemsBody,
  lotBody,
  messagesBody,
  orderBody,
  shippingMethodBody,
  summaryBody,
} from "./payloads";
import { notFound } from "./refusal";

/** The part of a store that the API needs. */
export type Store = Pick<WholeStore, "model" | "save">;

/** Whether a value passes a filter such as "a,-b": values to include, and with a minus values to exclude. */
function matches(filter: string | null, value: string): boolean {
  if (filter === null || filter === "") return true;
  const terms = filter.toLowerCase().split(",");
  const unwanted = terms.filter((term) => term.startsWith("-")).map((term) => term.slice(1));
  const wanted = terms.filter((term) => !term.startsWith("-"));
  return (
    !unwanted.includes(value.toLowerCase()) && (wanted.length === 0 || wanted.includes(value.toLowerCase()))
  );
}

function listOrders({ model }: Store, query: URLSearchParams): Answer {
  // "in" lists orders that the store received, "out" orders that it placed elsewhere; a simulated store places none.
  if (query.get("direction") === "out") return envelope([]);
  const isFiledWanted = query.get("filed") === "true";
  const orders = [...model.orders.values()].filter(
    (order) => order.isFiled === isFiledWanted && matches(query.get("status"), order.status),
  );
  return envelope(orders.map((order) => summaryBody(order, model.state)));
}

function listLots({ model }: Store, query: URLSearchParams): Answer {
  // While a store is closed BrickLink lists none of its lots, although they exist.
  if (model.state.isClosed) return envelope([]);
  const lots = [...model.lots.values()].filter(
    (lot) =>
      matches(query.get("item_type"), lot.type) &&
      matches(query.get("color_id"), String(lot.colorId)) &&
      matches(query.get("category_id"), String(lot.categoryId)) &&
      matches(
        query.get("status"),
        lot.stockRoom === null ? "Y" : lot.stockRoom === "A" ? "S" : lot.stockRoom,
      ),
  );
  return envelope(lots.map(lotBody));
}

function withOrder(store: Store, id: string, answer: (order: Order) => unknown): Answer {
  const order = store.model.orders.get(Number(id));
  return order ? envelope(answer(order)) : refusalAnswer(notFound());
}

/** All feedback of a store, that of each order in the order in which it was left. */
function feedbackOf({ model }: Store) {
  return [...model.orders.values()].flatMap((order) =>
    order.feedback.map((feedback) => feedbackBody(order, feedback, model.state)),
  );
}

function answerFeedback(store: Store, id: string | undefined, query: URLSearchParams): Answer {
  const all = feedbackOf(store);
  if (id === undefined) {
    // "out" lists what the seller posted; the default is what the seller received (API manual, "Get Feedback List").
    const about = query.get("direction") === "out" ? "B" : "S";
    return envelope(all.filter(({ rating_of_bs }) => rating_of_bs === about));
  }
  const found = all.find(({ feedback_id }) => feedback_id === Number(id));
  return found ? envelope(found) : refusalAnswer(notFound());
}

/** Answers one GET request. `path`: the part after /api/store/v1. */
export function answerApi(store: Store, path: string, query: URLSearchParams): Answer {
  const [, resource = "", id, part] = path.split("/");
  const { state } = store.model;
  if (resource === "notifications" && id === undefined) {
    const unread = store.model.readNotifications();
    if (unread.length > 0) store.save();
    return envelope(unread);
  }
  if (resource === "orders" && id === undefined) return listOrders(store, query);
  if (resource === "orders" && id !== undefined && part === undefined) {
    return withOrder(store, id, (order) => orderBody(order, state));
  }
  if (resource === "orders" && id !== undefined && part === "items") {
    return withOrder(store, id, (order) => itemsBody(order, state));
  }
  if (resource === "orders" && id !== undefined && part === "messages") {
    return withOrder(store, id, (order) => messagesBody(order, state));
  }
  if (resource === "orders" && id !== undefined && part === "feedback") {
    return withOrder(store, id, (order) =>
      order.feedback.map((feedback) => feedbackBody(order, feedback, state)),
    );
  }
  if (resource === "feedback" && part === undefined) return answerFeedback(store, id, query);
  if (resource === "inventories" && id === undefined) return listLots(store, query);
  if (resource === "inventories" && id !== undefined) {
    const lot = store.model.lots.get(Number(id));
    return lot ? envelope(lotBody(lot)) : refusalAnswer(notFound());
  }
  if (path === "/settings/shipping_methods") return envelope(shippingMethods.map(shippingMethodBody));
  return errorAnswer(404, "INVALID_URI", `There is no ${path}.`);
}
