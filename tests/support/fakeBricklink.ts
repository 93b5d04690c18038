/**
 * An in-memory BrickLink store API that answers `fetch` with what a test has put into it. Responses have the shape of
 * BrickLink's own; only the endpoints that the flow calls exist. Tests that need a whole BrickLink, with stock, buyers and
 * faults drawn at random, use the simulator in `local/bricklink`.
 */
import { vi } from "vitest";

export type BricklinkLine = {
  /** BrickLink's `inventory_id`. */
  lotId: number;
  quantity: number;
  partNumber?: string;
  name?: string;
  colorId?: number;
  /** The seller's remarks on the lot, which hold its bin. */
  remarks?: string;
  /** "N" is new, "U" used; anything else is a condition that nobody knows. */
  condition?: string;
  type?: string;
};

export type BricklinkOrder = {
  number: number;
  status: string;
  /** BrickLink lists the lines that a buyer adds later as another batch. */
  batches: BricklinkLine[][];
  /** When it was placed and its status last changed, in milliseconds since the epoch. */
  changedAt: number;
  isFiled?: boolean;
  /** The buyer's user name, as BrickLink sends it: with HTML entities. */
  buyerName?: string;
};

/** Ann O'Brick. */
const defaultBuyerName = "Ann O&#39;Brick";

/** A red 2 x 4 brick. */
const defaultLine = { partNumber: "3001", colorId: 5, remarks: "A01-01", condition: "N", type: "PART" };

/** A lot, or the line of an order that was placed for it: BrickLink sends the same fields for both. */
function itemJson(line: BricklinkLine) {
  const { lotId, quantity, partNumber, colorId, remarks, condition, type } = { ...defaultLine, ...line };
  const { name = `Part ${partNumber}` } = line;
  return {
    inventory_id: lotId,
    item: { no: partNumber, name, type, category_id: 5 },
    color_id: colorId,
    color_name: "Red",
    quantity,
    new_or_used: condition,
    unit_price: "0.6300",
    unit_price_final: "0.6300",
    currency_code: "EUR",
    remarks,
    description: "",
  };
}

/** An order without its lines. */
function orderJson(order: BricklinkOrder) {
  const { number, status, batches, changedAt, isFiled = false, buyerName = defaultBuyerName } = order;
  const lines = batches.flat();
  const cost = { currency_code: "EUR", subtotal: "5.4321", grand_total: "6.6666", shipping: "1.2345" };
  return {
    order_id: number,
    date_ordered: new Date(changedAt).toISOString(),
    date_status_changed: new Date(changedAt).toISOString(),
    seller_name: "superseller",
    store_name: "Super Store",
    buyer_name: buyerName,
    buyer_email: "ann@example.com",
    remarks: "Please no plastic.",
    status,
    is_filed: isFiled,
    total_count: lines.reduce((sum, line) => sum + line.quantity, 0),
    unique_count: new Set(lines.map((line) => line.lotId)).size,
    payment: { method: "PayPal.com", currency_code: "EUR", status: "None" },
    shipping: {
      method: "Letter",
      address: {
        name: { full: "Ann O'Brick" },
        full: "1 Brick Lane\nTown",
        country_code: "NL",
        phone_number: "555-0100",
      },
    },
    cost,
  };
}

/** Answers one call; a rejection is a connection that fails. */
type Answer = () => Response | Promise<Response>;

/** The object that BrickLink wraps every answer in. Errors come inside it, with HTTP status 200. */
function envelope(data: unknown, code = 200, description = "OK", message = "OK"): Response {
  const meta = { description, message, code };
  return Response.json(code < 300 ? { meta, data } : { meta });
}

let callsUnderWay = 0;

/**
 * Advances the clock to the last timer, unless a call to a fake BrickLink is under way: its time limit is a timer too, and the
 * answer takes some real time.
 */
export function runAllTimersBetweenCalls(): void {
  if (callsUnderWay === 0) vi.runAllTimers();
}

/** Counts a call as under way until its answer has been read, or it fails. */
async function underWay(call: Promise<Response>): Promise<Response> {
  callsUnderWay += 1;
  const end = () => (callsUnderWay -= 1);
  try {
    const response = await call;
    const read = response.text.bind(response);
    response.text = () => read().finally(end);
    return response;
  } catch (error) {
    end();
    throw error;
  }
}

export class FakeBricklink {
  readonly orders = new Map<number, BricklinkOrder>();
  /** Notifications that no poll has read. Reading them removes them. */
  readonly unreadNotifications: unknown[] = [];
  /** The lots on sale. */
  inventory: BricklinkLine[] = [];
  /** The paths called, in order. */
  readonly calls: string[] = [];
  /** Answers for the next calls, first in first out, instead of the real ones. */
  readonly nextAnswers: Answer[] = [];
  /** Answers that calls of a path always get, instead of the real ones. */
  readonly answersByPath = new Map<string, Answer>();
  /** While set, the answer of every call. */
  outage: Answer | undefined;
  /** By order number: when the list says that the order changed, where it disagrees with the order itself. */
  readonly listedChangedAt = new Map<number, number>();
  /** Runs before each answer, for what happens while a call is under way. */
  beforeAnswer: (path: string) => void | Promise<void> = () => undefined;

  constructor() {
    vi.stubGlobal("fetch", (input: string | URL | Request) =>
      underWay(this.answer(input instanceof Request ? input.url : String(input))),
    );
  }

  /** Holds back every answer from now on. Returns what lets them through. */
  holdAnswers(): () => void {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    this.beforeAnswer = () => released;
    return release;
  }

  /** Places an order, or replaces the one of the same number. */
  place(order: BricklinkOrder): void {
    this.orders.set(order.number, order);
  }

  /** Changes the status of an order, now unless `changedAt` says when. */
  setStatus(number: number, status: string, changedAt = Date.now()): void {
    const order = this.orders.get(number);
    if (order) this.orders.set(number, { ...order, status, changedAt });
  }

  /** Files an order: the list of orders leaves it out, the order's own address still answers. */
  file(number: number): void {
    const order = this.orders.get(number);
    if (order) this.orders.set(number, { ...order, isFiled: true });
  }

  private listedOrders(): BricklinkOrder[] {
    return [...this.orders.values()]
      .filter(({ isFiled = false }) => !isFiled)
      .map((order) => ({ ...order, changedAt: this.listedChangedAt.get(order.number) ?? order.changedAt }));
  }

  private async answer(url: string): Promise<Response> {
    const path = new URL(url).pathname.replace("/api/store/v1", "");
    this.calls.push(path);
    await this.beforeAnswer(path);
    const prepared = this.outage ?? this.answersByPath.get(path) ?? this.nextAnswers.shift();
    if (prepared) return await prepared();
    const [, resource, number, items] = path.split("/");
    if (resource === "notifications") return envelope(this.unreadNotifications.splice(0));
    if (resource === "inventories") return envelope(this.inventory.map(itemJson));
    if (resource !== "orders") return envelope(undefined, 404, "", "RESOURCE_NOT_FOUND");
    if (number === undefined) return envelope(this.listedOrders().map(orderJson));
    const order = this.orders.get(Number(number));
    if (!order) return envelope(undefined, 404, "Resource not found", "RESOURCE_NOT_FOUND");
    return items ? envelope(order.batches.map((batch) => batch.map(itemJson))) : envelope(orderJson(order));
  }
}

/** The HTML page that BrickLink's web server sends when the store API is down or called too often. */
export const html503: Answer = () =>
  new Response("<html><head><title>503 Service Temporarily Unavailable</title></head></html>", {
    status: 503,
  });

/** A page that something on the way, or BrickLink under maintenance, sends instead of an answer. */
export const htmlPage =
  (status: number): Answer =>
  () =>
    new Response("<html><head><title>We will be back soon</title></head></html>", { status });

/** A refused signature: HTTP status 200, error code 401 inside, and the consumer key in the description. */
export const unauthorizedInside200: Answer = () =>
  envelope(undefined, 401, "TOKEN_IP_MISMATCHED: consumer: 7A1B IP: 203.0.113.7", "BAD_OAUTH_REQUEST");

/** BrickLink does not have what was asked for. */
export const notFound: Answer = () => envelope(undefined, 404, "Resource not found", "RESOURCE_NOT_FOUND");

/** The connection fails before there is an answer. */
export const networkDown: Answer = () => Promise.reject(new TypeError("fetch failed"));
