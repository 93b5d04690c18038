/** BrickLink's store API for one store. Every call has a time limit, and every failure is a value. */
import { z } from "zod";
import type { LineSnapshot, OrderSnapshot } from "../../orders/snapshot";
import { requestFor, type Change } from "./api/changes";
import { failureOf, type Failure, type Result } from "./api/failure";
import type { Message } from "../../orders/correspondence/schema";
import { orderFeedback, orderMessage, type OrderFeedback } from "./api/correspondence";
import type { OrderSummary } from "./api/orderStatus";
import { unreadNotification, type NotificationEvent } from "./api/notificationEvent";
import {
  envelope,
  inventoryLot,
  lotIdOf,
  orderDetail,
  orderItems,
  orderNumberOf,
  orderSummary,
  shippingMethod,
  type InventoryLot,
  type ShippingMethod,
} from "./api/payloads";
import { authorizationHeader, newRequestStamp, type Method, type StoreKeys } from "./api/signing";

export const BRICKLINK_API_URL = "https://api.bricklink.com/api/store/v1";

/** A full inventory (12,714 lots, 5 MB) takes BrickLink a while, and mature clients wait 30 to 60 s. */
const CALL_TIMEOUT_MS = 45_000;

/**
 * The entries that could be read, how many could not, and the ids of those where the id at least could: one malformed entry must
 * not lose the others.
 */
export type ParsedList<T> = { entries: T[]; unreadable: number; unreadableIds: number[] };

export type StoreClient = {
  /** Unread notifications. BrickLink returns each once only. */
  getNotifications: () => Promise<Result<ParsedList<NotificationEvent>>>;
  /** All received orders that are neither filed nor purged. BrickLink has no paging. */
  getOrders: () => Promise<Result<ParsedList<OrderSummary>>>;
  getOrder: (orderNumber: number) => Promise<Result<OrderSnapshot>>;
  getOrderItems: (orderNumber: number) => Promise<Result<LineSnapshot[]>>;
  /** What the buyer of an order wrote to the store. BrickLink has no call that sends a message. */
  getOrderMessages: (orderNumber: number) => Promise<Result<ParsedList<Message>>>;
  /** The feedback on an order, in both directions. */
  getOrderFeedback: (orderNumber: number) => Promise<Result<ParsedList<OrderFeedback>>>;
  /** All feedback that the store's owner ever received, as a seller and as a buyer. */
  getReceivedFeedback: () => Promise<Result<ParsedList<OrderFeedback>>>;
  /** Every lot of the store. The list is empty while the store is closed, which does not mean that it is sold out. */
  getInventories: () => Promise<Result<ParsedList<InventoryLot>>>;
  /** The ways of shipping that the store has set up, those that it does not offer now among them. */
  getShippingMethods: () => Promise<Result<ParsedList<ShippingMethod>>>;
  /**
   * Changes an order. A failure does not prove that the order is unchanged: read it before sending the change again. The answer's
   * content is not read, since the order is fetched afterwards.
   */
  changeOrder: (orderNumber: number, change: Change) => Promise<Result<null>>;
};

function failed(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure };
}

/** The seconds form of Retry-After (RFC 9110). The date form is ignored, since either clock may be wrong. */
function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function malformed(what: string): { ok: false; failure: Failure } {
  return failed({ code: "malformed", detail: what });
}

/** Whether an HTTP status without BrickLink's envelope says more than that the answer is not BrickLink's. */
function isTellingStatus(status: number): boolean {
  return status === 401 || status === 429 || status >= 500;
}

/** The body decides, not the HTTP status: BrickLink sends errors inside HTTP 200, and outages as HTML with any status. */
function readAnswer(response: Response, body: string): Result<unknown> {
  // No content: how BrickLink answers a request for a drive-thru mail (BricklinkSharp).
  if (response.status === 204) return { ok: true, value: null };
  const parsed = envelope.safeParse(parseJson(body));
  if (!parsed.success) {
    if (isTellingStatus(response.status)) {
      return failed(
        failureOf({ code: response.status, message: "", description: "" }, retryAfterMs(response)),
      );
    }
    return failed({ code: "unrecognized", detail: `not JSON as documented (HTTP ${response.status})` });
  }
  const { meta, data } = parsed.data;
  if (meta.code < 200 || meta.code > 299) return failed(failureOf(meta, retryAfterMs(response)));
  return { ok: true, value: data };
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join(".") || "answer"}: ${issue.message}` : "unknown shape";
}

class TimeLimitError extends Error {}

/** The work's result. Throws TimeLimitError after CALL_TIMEOUT_MS, even where aborting the request does not end it. */
async function withinTimeLimit<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeLimitError());
      controller.abort();
    }, CALL_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work(controller.signal), limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** A client of the API at `baseUrl` that signs with a store's keys. */
export function createStoreClient(baseUrl: string, keys: StoreKeys): StoreClient {
  async function call(method: Method, path: string, body?: unknown): Promise<Result<unknown>> {
    const url = `${baseUrl}${path}`;
    try {
      return await withinTimeLimit(async (signal) => {
        const Authorization = authorizationHeader(method, url, keys, newRequestStamp());
        const headers = { Authorization, Accept: "application/json" };
        const sent =
          body === undefined
            ? { headers }
            : { headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
        const response = await fetch(url, { method, ...sent, signal });
        return readAnswer(response, await response.text());
      });
    } catch (error) {
      return failed({ code: error instanceof TimeLimitError ? "timeout" : "unreachable" });
    }
  }

  async function get<Output>(path: string, schema: z.ZodType<Output>): Promise<Result<Output>> {
    const answer = await call("GET", path);
    if (!answer.ok) return answer;
    const parsed = schema.safeParse(answer.value);
    return parsed.success ? { ok: true, value: parsed.data } : malformed(firstIssue(parsed.error));
  }

  async function getList<Output>(
    path: string,
    entry: z.ZodType<Output>,
    idOf: (sent: unknown) => number | undefined = () => undefined,
  ): Promise<Result<ParsedList<Output>>> {
    const list = await get(path, z.array(z.unknown()));
    if (!list.ok) return list;
    const entries: Output[] = [];
    const unreadableIds: number[] = [];
    for (const sent of list.value) {
      const parsed = entry.safeParse(sent);
      if (parsed.success) entries.push(parsed.data);
      else {
        const id = idOf(sent);
        if (id !== undefined) unreadableIds.push(id);
      }
    }
    return { ok: true, value: { entries, unreadable: list.value.length - entries.length, unreadableIds } };
  }

  return {
    getNotifications: () => getList("/notifications", unreadNotification),
    getOrders: () => getList("/orders?direction=in&status=-purged", orderSummary, orderNumberOf),
    getOrder: (orderNumber) => get(`/orders/${orderNumber}`, orderDetail),
    getOrderItems: (orderNumber) => get(`/orders/${orderNumber}/items`, orderItems),
    getOrderMessages: (orderNumber) => getList(`/orders/${orderNumber}/messages`, orderMessage),
    getOrderFeedback: (orderNumber) => getList(`/orders/${orderNumber}/feedback`, orderFeedback),
    getReceivedFeedback: () => getList("/feedback?direction=in", orderFeedback),
    getInventories: () => getList("/inventories", inventoryLot, lotIdOf),
    getShippingMethods: () => getList("/settings/shipping_methods", shippingMethod),
    changeOrder: async (orderNumber, change) => {
      const { method, path, body } = requestFor(orderNumber, change);
      const answer = await call(method, path, body);
      return answer.ok ? { ok: true, value: null } : answer;
    },
  };
}
