/** Builders of what BrickLink holds and sends. A test names only the fields it is about. */
import type { BricklinkLine, BricklinkOrder } from "./bricklinkOrders";

/** One piece of lot 71, unless `changes` say otherwise. */
export function aLine(changes: Partial<BricklinkLine> = {}): BricklinkLine {
  return { lotId: 71, quantity: 1, ...changes };
}

export type OrderChanges = Partial<Omit<BricklinkOrder, "batches">> & {
  /** The lines of an order in one batch, as buyers place it. */
  lines?: BricklinkLine[];
  /** Instead of `lines`, for an order that a buyer has added to. */
  batches?: BricklinkLine[][];
};

/** Order 100, pending, changed now, of one line: `aLine()`. `changes` say otherwise. */
export function anOrder({
  lines = [aLine()],
  batches = [lines],
  ...changes
}: OrderChanges = {}): BricklinkOrder {
  return { number: 100, status: "PENDING", changedAt: Date.now(), batches, ...changes };
}

/** A notification as BrickLink posts it. `at`: milliseconds since the epoch. */
export function anEvent(orderNumber: number, at = Date.now()) {
  return anEventOf("Order", orderNumber, at);
}

/** A notification about a message, feedback or an order. `at`: milliseconds since the epoch. */
export function anEventOf(eventType: "Order" | "Message" | "Feedback", resourceId: number, at = Date.now()) {
  return { event_type: eventType, resource_id: resourceId, timestamp: new Date(at).toISOString() };
}

/** Whole numbers from `first`, `count` of them: order numbers, lot ids. */
export function numbersFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

/** Filters of the orders table that exclude nothing. */
export const noFilters = {
  stock: null,
  payment: null,
  picking: null,
  shippingMethod: null,
  countryCode: null,
  orderedBefore: null,
  totalFrom: null,
} as const;
