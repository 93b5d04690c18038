/** The next thing to do with an order. */
import { isToDo, type PickQuantities } from "../../convex/orders/picking/pickQuantities";
import type { OrderDetail } from "../orders/types";
import type { OrderChanges, SellerStatus } from "./types";

type Order = Pick<OrderDetail, "status" | "tab"> & {
  lines: readonly PickQuantities[];
};

/** Steps that are only set from the menu, since BrickLink or the buyer mostly makes them. */
export const beforePacked: readonly string[] = [
  "PENDING",
  "UPDATED",
  "PROCESSING",
  "READY",
  "PAID-PENDING",
  "PAID",
];

export type NextMove = Extract<SellerStatus, "PACKED" | "SHIPPED"> | "pick" | null;

/**
 * "pick" while lines are left to pick; then Packed, then Shipped. Null when there is nothing to do here: a status is on its way, the
 * order is shipped, or the store is only read and all is picked.
 */
export function nextMove(
  { status, tab, lines }: Order,
  { moves, writes }: Pick<OrderChanges, "moves" | "writes">,
): NextMove {
  const isOnItsWay = writes.some(
    (write) => write.change.kind === "status" && (write.status === "waiting" || write.status === "sending"),
  );
  if (isOnItsWay) return null;
  const isAllPicked = lines.some(({ pickStatus }) => pickStatus === "picked") && !lines.some(isToDo);
  if (tab === "toPack" && beforePacked.includes(status)) {
    if (!isAllPicked) return "pick";
    return moves.includes("PACKED") ? "PACKED" : null;
  }
  if (status === "PACKED" && moves.includes("SHIPPED")) return "SHIPPED";
  return tab === "problem" && !isAllPicked ? "pick" : null;
}
