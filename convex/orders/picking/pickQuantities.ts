/** Shared with the dashboard, so it imports nothing but types. */
import type { MatchKind } from "../../inventory/matching";

/**
 * Pieces of a line that a packer can put into the parcel now: what the order asks for less what is short. Of an unmatched
 * line, whose stock is unknown, all of them.
 */
export function pickableQuantity({
  quantity,
  shortQuantity,
  matchedBy,
}: {
  quantity: number;
  shortQuantity: number;
  matchedBy: MatchKind;
}): number {
  return matchedBy === "unmatched" ? quantity : quantity - shortQuantity;
}
