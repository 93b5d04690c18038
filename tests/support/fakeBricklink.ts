/** BrickLink as far as the flow calls it, in memory: what a test puts in, fetch answers. Shapes as BrickLink sends them. */
import { vi } from "vitest";

export type SentLine = {
  lotId: number;
  quantity: number;
  partNumber?: string;
  name?: string;
  colorId?: number;
  remarks?: string;
  condition?: "N" | "U";
  type?: string;
};

export type SentOrder = {
  number: number;
  status: string;
  batches: SentLine[][];
  changedAt: number;
  isFiled?: boolean;
};

const defaultLine = { partNumber: "3001", colorId: 5, remarks: "A01-01", condition: "N", type: "PART" };

function item(line: SentLine) {
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

function summary({ number, status, batches, changedAt, isFiled = false }: SentOrder) {
  const lines = batches.flat();
  const cost = { currency_code: "EUR", subtotal: "5.4321", grand_total: "6.6666", shipping: "1.2345" };
  return {
    order_id: number,
    date_ordered: new Date(changedAt).toISOString(),
    date_status_changed: new Date(changedAt).toISOString(),
    seller_name: "superseller",
    store_name: "Super Store",
    buyer_name: "Ann O&#39;Brick",
    status,
    is_filed: isFiled,
    total_count: lines.reduce((sum, line) => sum + line.quantity, 0),
    unique_count: new Set(lines.map((line) => line.lotId)).size,
    payment: { method: "PayPal.com", currency_code: "EUR", status: "None" },
    cost,
  };
}

type Answer = () => Response | Promise<Response>;

function envelope(data: unknown, code = 200, description = "OK", message = "OK"): Response {
  const meta = { description, message, code };
  return Response.json(code < 300 ? { meta, data } : { meta });
}

export class FakeBricklink {
  readonly orders = new Map<number, SentOrder>();
  readonly unread: unknown[] = [];
  inventory: SentLine[] = [];
  /** Paths called, in order. */
  readonly calls: string[] = [];
  /** Answers given, first to first, instead of the real ones. */
  readonly faults: Answer[] = [];
  /** Every call is answered by a page of HTML. */
  isDown = false;
  /** Runs before each answer: for what happens while a call is under way. */
  onCall: (path: string) => void | Promise<void> = () => undefined;

  constructor() {
    vi.stubGlobal("fetch", (input: string | URL | Request) =>
      this.answer(input instanceof Request ? input.url : String(input)),
    );
  }

  /** Places or replaces an order. */
  place(number: number, batches: SentLine[][], status = "PENDING", changedAt = Date.now()): void {
    this.orders.set(number, { number, status, batches, changedAt });
  }

  setStatus(number: number, status: string, changedAt = Date.now()): void {
    const order = this.orders.get(number);
    if (order) this.orders.set(number, { ...order, status, changedAt });
  }

  /** A filed order is left out of the list, not out of the rest. */
  file(number: number): void {
    const order = this.orders.get(number);
    if (order) this.orders.set(number, { ...order, isFiled: true });
  }

  private async answer(url: string): Promise<Response> {
    const path = new URL(url).pathname.replace("/api/store/v1", "");
    this.calls.push(path);
    await this.onCall(path);
    const fault = this.isDown ? html503 : this.faults.shift();
    if (fault) return await fault();
    const [, resource, number, items] = path.split("/");
    if (resource === "notifications") return envelope(this.unread.splice(0));
    if (resource === "inventories") return envelope(this.inventory.map(item));
    if (resource !== "orders") return envelope(undefined, 404, "", "RESOURCE_NOT_FOUND");
    if (number === undefined)
      return envelope([...this.orders.values()].filter(({ isFiled = false }) => !isFiled).map(summary));
    const order = this.orders.get(Number(number));
    if (!order) return envelope(undefined, 404, "Resource not found", "RESOURCE_NOT_FOUND");
    return items ? envelope(order.batches.map((batch) => batch.map(item))) : envelope(summary(order));
  }
}

export const html503: Answer = () =>
  new Response("<html><head><title>503 Service Temporarily Unavailable</title></head></html>", {
    status: 503,
  });
export const unauthorizedInside200: Answer = () =>
  envelope(undefined, 401, "TOKEN_IP_MISMATCHED: consumer: 7A1B IP: 203.0.113.7", "BAD_OAUTH_REQUEST");
export const notFound: Answer = () => envelope(undefined, 404, "Resource not found", "RESOURCE_NOT_FOUND");
export const networkDown: Answer = () => Promise.reject(new TypeError("fetch failed"));
