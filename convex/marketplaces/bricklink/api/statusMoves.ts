/**
 * Which statuses a seller may set, and when. Who may set what: go-bricklink-api, `status.go`. What each status means: BrickLink
 * help page 41. BrickLink itself has the last word and refuses a move with NOT_IN_UPDATABLE_STATUS.
 */
import { v, type Infer } from "convex/values";

export const sellerStatusValidator = v.union(
  v.literal("PROCESSING"),
  v.literal("READY"),
  v.literal("PAID"),
  v.literal("PACKED"),
  v.literal("SHIPPED"),
  v.literal("COMPLETED"),
);
export type SellerStatus = Infer<typeof sellerStatusValidator>;

/** The way of an order, for telling whether it is further than somebody believes. Statuses that are not in it are no step of it. */
const way: readonly string[] = [
  "PENDING",
  "UPDATED",
  "PROCESSING",
  "READY",
  "PAID-PENDING",
  "PAID",
  "PACKED",
  "SHIPPED",
  "RECEIVED",
  "COMPLETED",
];

const fromOpen: readonly SellerStatus[] = ["PROCESSING", "READY", "PAID", "PACKED", "SHIPPED", "COMPLETED"];
const fromPaid: readonly SellerStatus[] = ["PROCESSING", "READY", "PACKED", "SHIPPED", "COMPLETED"];

/**
 * The moves offered from each status. From the problem states, from CANCELLED and PURGED, and from a status that is not known, none:
 * only BrickLink's own pages settle those. None either once the buyer has said that the parcel arrived: the API refuses a seller's
 * change after that (BL-Picklist, order-status-check.js). PAID-PENDING is not documented: assumed that nobody changes it while the
 * payment is not confirmed. SHIPPED can be taken back to PACKED, for a parcel that was marked too early.
 */
const moves: Record<string, readonly SellerStatus[]> = {
  PENDING: fromOpen,
  UPDATED: fromOpen,
  PROCESSING: fromOpen,
  READY: fromOpen,
  PAID: fromPaid,
  PACKED: fromPaid,
  SHIPPED: ["PACKED", "COMPLETED"],
};

/** The statuses that a seller may set on an order of this status, in the order of the work. */
export function movesFrom(status: string): SellerStatus[] {
  const allowed = Object.hasOwn(moves, status) ? moves[status] : undefined;
  return (allowed ?? []).filter((target) => target !== status);
}

/** Statuses in which feedback is left for a buyer: the parcel has arrived. Before, nothing is known that it could be about. */
const feedbackStatuses: readonly string[] = ["RECEIVED", "COMPLETED"];

export function takesFeedback(status: string): boolean {
  return feedbackStatuses.includes(status);
}

/** Whether an order of the status `present` is past `target`. False where one of them is no step of an order's way. */
export function isPast(present: string, target: string): boolean {
  return way.includes(target) && way.indexOf(present) > way.indexOf(target);
}

/** Payment statuses that a seller may set on payments made outside of BrickLink (help page 121). */
export const sellerPaymentStatusValidator = v.union(
  v.literal("None"),
  v.literal("Sent"),
  v.literal("Received"),
  v.literal("Clearing"),
  v.literal("Returned"),
  v.literal("Bounced"),
  v.literal("Completed"),
);
export type SellerPaymentStatus = Infer<typeof sellerPaymentStatusValidator>;
