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

/** What setting on hand to `onHand` pieces will change, or why it is not possible. */
export function adjustmentEffectText(lot: Lot, onHand: number): string {
  if (onHand < lot.reserved) {
    return `${lot.reserved} are promised to orders: on hand cannot be less.`;
  }
  if (onHand === lot.onHand) return "The same number again records that it was counted.";
  const available = onHand - lot.reserved;
  const allocated = Math.min(available, lot.backordered);
  const backorders = allocated > 0 ? ` ${allocated} of them go to orders that wait.` : "";
  return `On hand ${lot.onHand} → ${onHand}, available ${lot.available} → ${available}.${backorders}`;
}
