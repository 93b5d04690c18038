/** BrickLink's store API for one store. Reads only; every call has a time limit and every failure is a value. */
import { z } from "zod";
import { failureOf, type Failure, type Result } from "./failure";
import { authorizationHeader, freshness, type StoreKeys } from "./oauth";
import {
  envelope,
  inventoryLot,
  notificationEvent,
  orderDetail,
  orderItems,
  orderSummary,
  type InventoryLot,
  type NotificationEvent,
} from "./payloads";
import type { LineSnapshot, OrderSnapshot, OrderSummary } from "./snapshot";

export const BRICKLINK_API_URL = "https://api.bricklink.com/api/store/v1";

/** A full inventory (12,714 lots, 5 MB) takes BrickLink a while; mature clients wait 30 to 60 s. */
const CALL_TIMEOUT_MS = 45_000;

/** Entries that could be read, and how many could not: one bad entry must not lose the others. */
export type Readable<T> = { entries: T[]; unreadable: number };

export type StoreClient = {
  /** Unread notifications. A destructive read: BrickLink forgets what it returns. */
  getNotifications: () => Promise<Result<Readable<NotificationEvent>>>;
  /** Orders received, unfiled, without purged ones. BrickLink has no paging: it is all of them. */
  getOrders: () => Promise<Result<Readable<OrderSummary>>>;
  getOrder: (orderNumber: number) => Promise<Result<OrderSnapshot>>;
  getOrderItems: (orderNumber: number) => Promise<Result<LineSnapshot[]>>;
  /** Every lot of the store. Empty when the store is closed, which does not mean sold out. */
  getInventories: () => Promise<Result<Readable<InventoryLot>>>;
};

function failed(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure };
}

/** RFC 9110's Retry-After in its seconds form; the date form is not worth trusting a skewed clock for. */
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
  return failed({ code: "malformed", message: `BrickLink's answer could not be read: ${what}.` });
}

function isAboutStore(status: number): boolean {
  return status === 401 || status === 429 || status >= 500;
}

/** The body decides, whatever the HTTP status: errors come inside HTTP 200, and outages as HTML. */
function readAnswer(response: Response, body: string): Result<unknown> {
  const parsed = envelope.safeParse(parseJson(body));
  if (!parsed.success) {
    // A page of HTML with 403 or 404 is some proxy's word about a path, not BrickLink's about an order.
    return isAboutStore(response.status)
      ? failed(failureOf({ code: response.status, message: "", description: "" }, retryAfterMs(response)))
      : malformed(`it is not the JSON it should be (HTTP ${response.status})`);
  }
  const { meta, data } = parsed.data;
  if (meta.code < 200 || meta.code > 299) return failed(failureOf(meta, retryAfterMs(response)));
  return { ok: true, value: data };
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join(".") || "the answer"}: ${issue.message}` : "unknown shape";
}

class TimeLimitError extends Error {}

/** The work's result, or TimeLimitError after CALL_TIMEOUT_MS even where aborting the request does not end it. */
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

export function createStoreClient(baseUrl: string, keys: StoreKeys): StoreClient {
  async function get<Output>(path: string, schema: z.ZodType<Output>): Promise<Result<Output>> {
    const url = `${baseUrl}${path}`;
    let answer: Result<unknown>;
    try {
      answer = await withinTimeLimit(async (signal) => {
        const Authorization = authorizationHeader(url, keys, freshness());
        const response = await fetch(url, { headers: { Authorization, Accept: "application/json" }, signal });
        return readAnswer(response, await response.text());
      });
    } catch (error) {
      return error instanceof TimeLimitError
        ? failed({ code: "timeout", message: `BrickLink did not answer within ${CALL_TIMEOUT_MS / 1000} s.` })
        : failed({ code: "unreachable", message: "BrickLink could not be reached." });
    }
    if (!answer.ok) return answer;
    const parsed = schema.safeParse(answer.value);
    return parsed.success ? { ok: true, value: parsed.data } : malformed(firstIssue(parsed.error));
  }

  async function getList<Output>(path: string, entry: z.ZodType<Output>): Promise<Result<Readable<Output>>> {
    const list = await get(path, z.array(z.unknown()));
    if (!list.ok) return list;
    const entries = list.value.flatMap((sent) => {
      const parsed = entry.safeParse(sent);
      return parsed.success ? [parsed.data] : [];
    });
    return { ok: true, value: { entries, unreadable: list.value.length - entries.length } };
  }

  return {
    getNotifications: () => getList("/notifications", notificationEvent),
    getOrders: () => getList("/orders?direction=in&status=-purged", orderSummary),
    getOrder: (orderNumber) => get(`/orders/${orderNumber}`, orderDetail),
    getOrderItems: (orderNumber) => get(`/orders/${orderNumber}/items`, orderItems),
    getInventories: () => getList("/inventories", inventoryLot),
  };
}
