/**
 * What staff can do with an order next: the tabs of the orders table. It follows from the order alone and is stored with it, so that
 * finding and counting the orders of a stage reads no others.
 */
import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";

/**
 * picked: nothing is left to take. onHold: nothing is to be done until a person has decided, because its status is a problem or goods
 * are missing before any was picked; such orders are listed by attention.ts.
 */
export const stageValidator = v.union(
  v.literal("waitingForPayment"),
  v.literal("readyToPick"),
  v.literal("picking"),
  v.literal("picked"),
  v.literal("packed"),
  v.literal("onHold"),
  v.literal("shipped"),
  v.literal("cancelled"),
);
export type Stage = Infer<typeof stageValidator>;

type Condition = Pick<
  Doc<"bricklinkOrders">,
  "tab" | "isPaid" | "isPacked" | "shortQuantity" | "unmatchedLines" | "pickedLines" | "toDoLines"
>;

/** The stage of an order. One that was packed or begun before its payment is where its goods are. */
export function stageOf(order: Condition): Stage {
  const { tab, isPaid, isPacked, shortQuantity, unmatchedLines, pickedLines, toDoLines } = order;
  if (tab === "shipped" || tab === "cancelled") return tab;
  if (tab === "problem") return "onHold";
  if (isPacked === true) return "packed";
  if (pickedLines > 0) return toDoLines === 0 ? "picked" : "picking";
  if (!isPaid) return "waitingForPayment";
  return shortQuantity > 0 || unmatchedLines > 0 ? "onHold" : "readyToPick";
}
