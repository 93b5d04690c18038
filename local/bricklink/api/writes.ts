/**
 * What BrickLink's store API writes. The seller's own changes are announced by no notification: the API manual lists buyers'
 * changes only. Sources of each rule: the API manual unless a comment names another.
 */
import { feedbackAbout, nextFeedbackId, withFeedback, withReply } from "../store/feedback";
import type { Order } from "../store/model";
import { shippingMethodOf } from "../store/shippingMethods";
import { isPaid, mayMove, paidAtAfter } from "../store/statusMoves";
import { envelope, refusalAnswer, type Answer } from "./answers";
import { feedbackBody, orderBody } from "./payloads";
import { notFound, Refusal, updateNotAllowed } from "./refusal";
import type { Store } from "./storeApi";
import {
  readNewFeedback,
  readNewStatus,
  readOrderUpdate,
  readReply,
  type NewFeedback,
  type OrderUpdate,
} from "./writeBodies";

/** A PUT, POST or DELETE. `path`: the part after /api/store/v1. */
export type WriteRequest = { method: string; path: string; query: URLSearchParams; body: string };

/** The order that a write leaves, and how it is answered. */
type Outcome = { order: Order; answer: Answer };

const noData = () => envelope({});

function orderOf({ model }: Store, id: number): Order {
  const order = model.orders.get(id);
  if (!order) throw notFound();
  return order;
}

/** Assumed: writing the status that an order has succeeds where a change would, and does not change its date. */
function setStatus(order: Order, status: string, now: number): Order {
  if (!mayMove("seller", order.status, status)) throw updateNotAllowed();
  return status === order.status ? order : { ...order, status, statusChangedAt: now };
}

function setPaymentStatus(order: Order, paymentStatus: string, now: number): Order {
  return { ...order, paymentStatus, paidAt: paidAtAfter(paymentStatus, order.paidAt, now) };
}

function updateOrder(order: Order, { cost = {}, shipping = {}, remarks, is_filed }: OrderUpdate): Order {
  const { charges, shipment } = order;
  const changedCosts = {
    shippingCost: cost.shipping ?? order.shippingCost,
    charges: {
      credit: cost.credit ?? charges.credit,
      insurance: cost.insurance ?? charges.insurance,
      etc1: cost.etc1 ?? charges.etc1,
      etc2: cost.etc2 ?? charges.etc2,
    },
  };
  return {
    ...order,
    ...(!isPaid(order) && changedCosts),
    shippingMethod: shippingMethodOf(shipping.method_id)?.name ?? order.shippingMethod,
    shipment: {
      shippedAt: shipping.date_shipped ?? shipment.shippedAt,
      trackingNumber: shipping.tracking_no ?? shipment.trackingNumber,
      trackingLink: shipping.tracking_link ?? shipment.trackingLink,
    },
    remarks: remarks ?? order.remarks,
    isFiled: is_filed ?? order.isFiled,
  };
}

/** The mail goes to the buyer at every call; `mail_me` sends the seller a copy. */
function sendDriveThru(order: Order, isCopiedToSeller: boolean, now: number): Order {
  const driveThruMails = [...order.driveThruMails, { sentAt: now, isCopiedToSeller }];
  return { ...order, isDriveThruSent: true, driveThruMails };
}

function writeToOrder(store: Store, order: Order, { method, path, query, body }: WriteRequest): Outcome {
  const { now, state } = store.model;
  switch (`${method} ${path.split("/")[3] ?? ""}`) {
    case "PUT ": {
      const updated = updateOrder(order, readOrderUpdate(body));
      return { order: updated, answer: envelope(orderBody(updated, state)) };
    }
    case "PUT status":
      return { order: setStatus(order, readNewStatus(body, "status"), now()), answer: noData() };
    case "PUT payment_status": {
      const paymentStatus = readNewStatus(body, "payment_status");
      return { order: setPaymentStatus(order, paymentStatus, now()), answer: noData() };
    }
    case "POST drive_thru": {
      const isCopiedToSeller = query.get("mail_me")?.toLowerCase() === "true";
      // Code 204: BricklinkSharp expects it.
      return { order: sendDriveThru(order, isCopiedToSeller, now()), answer: envelope({}, 204) };
    }
    default:
      throw methodNotAllowed(method, path);
  }
}

/** Assumed: the code of a second feedback. That there is one an order is how clients use the call. */
function postFeedback(store: Store, { order_id, rating, comment }: NewFeedback): Outcome {
  const { now, orders, state } = store.model;
  const order = orderOf(store, order_id);
  if (feedbackAbout(order, "buyer")) throw updateNotAllowed("FEEDBACK_ALREADY_POSTED");
  const id = nextFeedbackId(orders.values());
  const feedback = { id, about: "buyer" as const, rating, comment, reply: null, ratedAt: now() };
  return {
    order: withFeedback(order, feedback),
    answer: envelope(feedbackBody(order, feedback, state), 201),
  };
}

/** A reply is for feedback that one received. Assumed: once, and the codes of the refusals. */
function replyToFeedback({ model }: Store, id: number, reply: string): Outcome {
  const order = [...model.orders.values()].find(({ feedback }) => feedback.some((each) => each.id === id));
  if (!order) throw notFound();
  const received = feedbackAbout(order, "seller");
  if (received?.id !== id) throw updateNotAllowed("NOT_RECEIVED_FEEDBACK");
  if (received.reply !== null) throw updateNotAllowed("REPLY_ALREADY_POSTED");
  return { order: withReply(order, id, reply), answer: noData() };
}

function methodNotAllowed(method: string, path: string): Refusal {
  return new Refusal(405, "METHOD_NOT_ALLOWED", `The simulator has no ${method} ${path}.`);
}

function perform(store: Store, request: WriteRequest): Outcome {
  const { method, path, body } = request;
  const [, resource, id, part] = path.split("/");
  if (resource === "orders" && id !== undefined) {
    return writeToOrder(store, orderOf(store, Number(id)), request);
  }
  if (`${method} ${path}` === "POST /feedback") return postFeedback(store, readNewFeedback(body));
  if (method === "POST" && resource === "feedback" && part === "reply") {
    return replyToFeedback(store, Number(id), readReply(body));
  }
  throw methodNotAllowed(method, path);
}

/** Answers one write. What is refused changes nothing; what is accepted is saved, and listed in the order's `writes`. */
export function answerWrite(store: Store, request: WriteRequest): Answer {
  try {
    const { order, answer } = perform(store, request);
    const { method, path, body } = request;
    const write = { at: store.model.now(), method, path, body };
    store.model.orders.set(order.id, { ...order, writes: [...order.writes, write] });
    store.save();
    return answer;
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error);
    throw error;
  }
}
