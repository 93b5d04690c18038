/** What the fake BrickLink holds of orders and lots, and the JSON that it sends of them, shaped as BrickLink's own. */
import { money } from "../../local/bricklink/api/payloads";
import { shippingMethodOf } from "../../local/bricklink/store/shippingMethods";
import type { OrderUpdate } from "../../local/bricklink/api/writeBodies";

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
  /** When its status last changed, in milliseconds since the epoch; also when it was placed, unless `orderedAt` says. */
  changedAt: number;
  orderedAt?: number;
  isFiled?: boolean;
  /** The buyer's user name, as BrickLink sends it: with HTML entities. */
  buyerName?: string;
};

/** A message of the buyer, as BrickLink sends it. */
export type BricklinkMessage = {
  subject: string | null;
  body: string;
  from: string;
  to: string;
  dateSent: string;
};

/** As BrickLink sends it. `rating`: 0 praise, 1 neutral, 2 complaint. `rating_of_bs`: "S" is about the seller, "B" about the buyer. */
export type BricklinkFeedback = {
  feedback_id: number;
  order_id: number;
  from: string;
  to: string;
  date_rated: string;
  rating: number;
  rating_of_bs: "S" | "B";
  comment: string;
  reply?: string;
};

/** What the store wrote to an order, besides its status and whether it is filed. It stays when a test places the order again. */
export type WrittenFields = {
  paymentStatus: string;
  /** Milliseconds since the epoch; null: not paid. */
  paidAt: number | null;
  /** In ten-thousandths. */
  cost: NonNullable<OrderUpdate["cost"]>;
  /** `date_shipped` in milliseconds since the epoch. */
  shipping: NonNullable<OrderUpdate["shipping"]>;
  remarks: string | undefined;
  /** How many mails "Thank You, Drive Thru!" were sent to the buyer. */
  driveThruMails: number;
};

export function nothingWritten(): WrittenFields {
  return {
    paymentStatus: "None",
    paidAt: null,
    cost: {},
    shipping: {},
    remarks: undefined,
    driveThruMails: 0,
  };
}

/** Ann O'Brick. */
export const defaultBuyerName = "Ann O&#39;Brick";

export const sellerName = "superseller";

/** A red 2 x 4 brick. */
const defaultLine = { partNumber: "3001", colorId: 5, remarks: "A01-01", condition: "N", type: "PART" };

/** A lot, or the line of an order that was placed for it: BrickLink sends the same fields for both. */
export function itemJson(line: BricklinkLine) {
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

/** An order without its lines. The costs do not add up: a test that changes one sees it in its own field. */
export function orderJson(order: BricklinkOrder, written: WrittenFields) {
  const { number, status, batches, changedAt, orderedAt = changedAt, isFiled = false } = order;
  const { date_shipped, ...shipping } = written.shipping;
  const lines = batches.flat();
  return {
    order_id: number,
    date_ordered: new Date(orderedAt).toISOString(),
    date_status_changed: new Date(changedAt).toISOString(),
    seller_name: sellerName,
    store_name: "Super Store",
    buyer_name: order.buyerName ?? defaultBuyerName,
    buyer_email: "ann@example.com",
    remarks: written.remarks ?? "Please no plastic.",
    status,
    is_filed: isFiled,
    drive_thru_sent: written.driveThruMails > 0,
    total_count: lines.reduce((sum, line) => sum + line.quantity, 0),
    unique_count: new Set(lines.map((line) => line.lotId)).size,
    payment: {
      method: "PayPal.com",
      currency_code: "EUR",
      status: written.paymentStatus,
      ...(written.paidAt !== null && { date_paid: new Date(written.paidAt).toISOString() }),
    },
    shipping: {
      method: shippingMethodOf(shipping.method_id)?.name ?? "Letter",
      ...shipping,
      ...(date_shipped !== undefined && { date_shipped: new Date(date_shipped).toISOString() }),
      address: {
        name: { full: "Ann O'Brick" },
        full: "1 Brick Lane\nTown",
        country_code: "NL",
        phone_number: "555-0100",
      },
    },
    cost: {
      currency_code: "EUR",
      subtotal: "5.4321",
      grand_total: "6.6666",
      shipping: "1.2345",
      ...Object.fromEntries(
        Object.entries(written.cost).flatMap(([name, amount]) =>
          amount === undefined ? [] : [[name, money(amount)]],
        ),
      ),
    },
  };
}
