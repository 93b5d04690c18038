/** How a stop's missing pieces, and those from another bin, are shared among its lines. All quantities are pieces. */
import type { PickListLine } from "./pickList";

export type Share = { lineId: PickListLine["lineId"]; quantity: number };

type Held = Pick<PickListLine, "lineId" | "reservedQuantity">;

/**
 * Which lines lose how many of `lost` pieces: the last totes first, so that the first ones are complete. `spare`: pieces of the bin
 * that no order has reserved; they go with the first report, or the server would give them to the line as a replacement.
 */
export function shareLoss(lines: readonly Held[], lost: number, spare: number): Share[] {
  const shares: Share[] = [];
  let left = lost;
  for (const { lineId, reservedQuantity } of lines.toReversed()) {
    const quantity = Math.min(left, reservedQuantity + (shares.length === 0 ? spare : 0));
    if (quantity === 0) continue;
    shares.push({ lineId, quantity });
    left -= quantity;
  }
  return shares;
}

type Short = Pick<PickListLine, "lineId" | "shortQuantity">;

/** Which short lines get how many of `found` pieces: the first totes first. */
export function shareFound(lines: readonly Short[], found: number): Share[] {
  let left = found;
  return lines.flatMap(({ lineId, shortQuantity }) => {
    const quantity = Math.min(left, shortQuantity);
    left -= quantity;
    return quantity > 0 ? [{ lineId, quantity }] : [];
  });
}
