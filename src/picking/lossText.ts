/** Pieces reported missing or damaged, in words. */
import type { OrderLine } from "../orders/types";

/** The reasons that the server accepts for a loss. */
export const lossReasons = ["missing", "damaged"] as const;
export type LossReason = (typeof lossReasons)[number];

export const lossReasonLabels: Record<LossReason, string> = { missing: "Missing", damaged: "Damaged" };

/** "2 missing, 1 damaged": the sum over all `lines`. Empty when nothing was reported. */
export function lossText(lines: readonly Pick<OrderLine, "losses">[]): string {
  return lossReasons
    .map((reason) => [lines.reduce((sum, { losses }) => sum + losses[reason], 0), reason] as const)
    .filter(([quantity]) => quantity > 0)
    .map(([quantity, reason]) => `${quantity} ${reason}`)
    .join(", ");
}

/**
 * What a loss would mean for the order, shown before it is reported. `quantity`: pieces about to be reported; `spare`:
 * pieces in the bin that no order has reserved.
 */
export function lossConsequenceText(quantity: number, spare: number): string {
  const short = Math.max(0, quantity - spare);
  const spareText = spare > 0 ? `The bin should have ${spare} to spare. ` : "";
  if (short === 0) return `${spareText}Take ${quantity === 1 ? "one" : quantity} of them instead.`;
  return `${spareText}The order will be ${short} short.`;
}
