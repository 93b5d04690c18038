/** All text about adjusting what is on hand: the reasons to choose from, and the effect on stock. */
import type { FunctionArgs } from "convex/server";
import type { api } from "../../convex/_generated/api";
import type { Lot } from "./lot";

export type AdjustmentReason = FunctionArgs<typeof api.orders.allocation.adjustments.adjust>["reason"];

export const adjustmentReasons: { value: AdjustmentReason; label: string }[] = [
  { value: "counted", label: "Counted" },
  { value: "found", label: "Found" },
  { value: "missing", label: "Missing" },
  { value: "damaged", label: "Damaged" },
  { value: "returned", label: "A parcel came back" },
  { value: "other", label: "Another reason" },
];

/** Why a count is not possible, and what to do; null when it is. `onHand`: pieces, null while none is entered. */
export function adjustmentErrorText(
  { reserved }: Pick<Lot, "reserved">,
  onHand: number | null,
): string | null {
  if (onHand === null) return "Enter how many pieces lie in the bin: a whole number, 0 or more.";
  if (onHand >= reserved) return null;
  const are = reserved === 1 ? "1 piece is" : `${reserved} pieces are`;
  return `${are} reserved for orders, so on hand cannot be less. Report what is missing on the order's line.`;
}

/** What a count of `onHand` pieces will change. */
export function adjustmentEffectText(lot: Lot, onHand: number): string {
  if (onHand === lot.onHand) return "The same number as before: it is recorded that the bin was counted.";
  const available = onHand - lot.reserved;
  const allocated = Math.min(available, lot.backordered);
  const backorders =
    allocated > 0 ? ` ${allocated} of them ${allocated === 1 ? "goes" : "go"} to orders that need them.` : "";
  return `On hand ${lot.onHand} → ${onHand}, available ${lot.available} → ${available}.${backorders}`;
}
