/**
 * What each BrickLink order status means here: one row per status. Sources: BrickLink help page 41, and for PAID-PENDING
 * answers of the API, which does not document it.
 */
import { v, type Infer } from "convex/values";
import { phaseOf, type Tab } from "../../../orders/tabs";

const tabs: Record<string, Tab> = {
  PENDING: "toPack",
  UPDATED: "toPack",
  PROCESSING: "toPack",
  READY: "toPack",
  PAID: "toPack",
  "PAID-PENDING": "toPack",
  PACKED: "toPack",
  SHIPPED: "shipped",
  RECEIVED: "shipped",
  COMPLETED: "shipped",
  // The stock of a problem order stays reserved, because removing an alert (NPB, NRS, NSS) returns the order to PENDING (help
  // 2148), and only CANCELLED is final. OCR: a cancel request. NPB: non-paying buyer. NPX: the same, and the buyer accepts it.
  // NRS: non-responding seller. NSS: non-shipping seller.
  OCR: "problem",
  NPB: "problem",
  NPX: "problem",
  NRS: "problem",
  NSS: "problem",
  CANCELLED: "cancelled",
  // BrickLink deletes the items some six months after the order date.
  PURGED: "cancelled",
};

export const knownStatuses: readonly string[] = Object.keys(tabs);

/** The tab of a status. One that is unknown is a problem: its stock stays reserved, and a person looks at the order. */
export function tabOf(status: string): Tab {
  return (Object.hasOwn(tabs, status) ? tabs[status] : undefined) ?? "problem";
}

/** Whether BrickLink still has the order's items. It deletes those of a purged order (help 41). */
export function hasItems(status: string): boolean {
  return status !== "PURGED";
}

/** What BrickLink's list of orders says of one: enough to see whether the stored order is up to date. */
export const orderSummaryValidator = v.object({
  orderNumber: v.number(),
  status: v.string(),
  orderedAt: v.number(),
  statusChangedAt: v.optional(v.number()),
});
export type OrderSummary = Infer<typeof orderSummaryValidator>;

/** The part of that by which it is compared. */
export const listedStateValidator = orderSummaryValidator.pick("status", "statusChangedAt");
export type ListedState = Infer<typeof listedStateValidator>;

/** Whether an order was closed before the store was connected. Such an order changes no stock and is not fetched. */
export function isClosedBefore(
  { status, orderedAt }: Pick<OrderSummary, "status" | "orderedAt">,
  connectedAt: number,
): boolean {
  return phaseOf(tabOf(status)) !== "open" && orderedAt < connectedAt;
}
