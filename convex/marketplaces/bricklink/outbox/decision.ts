/** What to do about a change of an order, once BrickLink has said how the order is now. Pure. */
import type { OrderSnapshot } from "../../../orders/snapshot";
import type { Change } from "../api/changes";
import { isPast, movesFrom, takesFeedback } from "../api/statusMoves";

/** The part of an order on which it depends what becomes of a change. */
export type OrderState = Pick<
  OrderSnapshot,
  "status" | "orderedAt" | "payment" | "shipping" | "remarks" | "isFiled" | "isDriveThruSent"
> & {
  /** Whether the store has left feedback for the buyer. Looked up for feedback only. */
  isFeedbackGiven?: boolean;
};

/** The order as it was when the change was decided. */
export type Seen = {
  /** What its status was, or may have been. */
  statuses: readonly string[];
  /** When it was placed or last added to, milliseconds UTC; absent where that was not kept. */
  orderedAt?: number | undefined;
};

/** done: the order is already so, or further. refuse: it can no longer be changed so. */
export type Decision =
  | { act: "send" }
  | { act: "done" }
  | {
      act: "refuse";
      code: "moveNotAllowed" | "orderClosed" | "notReceived" | "changedMeanwhile";
      detail: string;
    };

/** Orders of which nothing but the filing can be changed. */
const closed: readonly string[] = ["CANCELLED", "PURGED"];

function isSameSecond(a: number, b: number | undefined): boolean {
  return b !== undefined && Math.floor(a / 1000) === Math.floor(b / 1000);
}

function isAlreadySo(change: Change, order: OrderState): boolean {
  switch (change.kind) {
    case "status":
      return order.status === change.status;
    case "payment":
      return order.payment.status === change.paymentStatus;
    case "shipping": {
      const { trackingNumber, trackingLink, shippedAt, methodId } = order.shipping;
      return (
        (change.trackingNumber === undefined || change.trackingNumber === (trackingNumber ?? "")) &&
        (change.trackingLink === undefined || change.trackingLink === (trackingLink ?? "")) &&
        (change.shippedAt === undefined || isSameSecond(change.shippedAt, shippedAt)) &&
        (change.methodId === undefined || change.methodId === methodId)
      );
    }
    case "remarks":
      return (order.remarks ?? "").trim() === change.remarks.trim();
    case "filing":
      return (order.isFiled ?? false) === change.isFiled;
    case "driveThru":
      return order.isDriveThruSent === true;
    // Whatever it says: BrickLink takes feedback once an order.
    case "feedback":
      return order.isFeedbackGiven === true;
  }
}

/**
 * What to do with a change. An order that went further meanwhile, as by a colleague at BrickLink's own pages, is never set back. One to
 * which the buyer added since is not invoiced or packed as it was: BrickLink then gives it another date (help 62, 267).
 */
export function decide(change: Change, seen: Seen, order: OrderState): Decision {
  if (isAlreadySo(change, order)) return { act: "done" };
  const { status } = order;
  if (closed.includes(status) && change.kind !== "filing") {
    return { act: "refuse", code: "orderClosed", detail: status };
  }
  if (change.kind === "feedback" && !takesFeedback(status)) {
    return { act: "refuse", code: "notReceived", detail: status };
  }
  if (change.kind !== "status") return { act: "send" };
  if (!seen.statuses.includes(status) && isPast(status, change.status)) return { act: "done" };
  if (seen.orderedAt !== undefined && seen.orderedAt !== order.orderedAt) {
    return { act: "refuse", code: "changedMeanwhile", detail: status };
  }
  if (movesFrom(status).includes(change.status)) return { act: "send" };
  return { act: "refuse", code: "moveNotAllowed", detail: status };
}

/**
 * The change that replaces an earlier one of its kind that was not sent. Fields of shipping that only the earlier one sets are kept,
 * since people enter the number and the date at different times.
 */
export function replacing(earlier: Change, change: Change): Change {
  return earlier.kind === "shipping" && change.kind === "shipping" ? { ...earlier, ...change } : change;
}

/** Whether a change decides all that an earlier one of its kind did, so that the earlier one need not be tried again. */
export function decidesAllOf(earlier: Change, change: Change): boolean {
  if (earlier.kind !== "shipping" || change.kind !== "shipping") return earlier.kind === change.kind;
  return Object.keys(earlier).every((field) => field in change);
}

/**
 * Whether a change can be sent twice as well as once. BrickLink sends a mail each time it is asked, and takes feedback once; what was
 * sent may show only after a while.
 */
export function isRepeatable({ kind }: Change): boolean {
  return kind !== "driveThru" && kind !== "feedback";
}
