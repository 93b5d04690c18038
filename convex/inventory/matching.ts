/** Which lot a line comes from, decided on plain values. The order of the rules is section 4 of the flow. */
import { availableOf } from "./reservation";
import type { LotAttributes } from "./schema";

export type MatchKind = "sourceLot" | "exact" | "onlyFit" | "unmatched";

export type LotCandidate = LotAttributes & {
  sourceLotId?: string;
  quantityOnHand: number;
  quantityReserved: number;
  createdAt: number;
};

export type Wanted = LotAttributes & { sourceLotId: string; quantity: number };

export type Match<Lot> = { kind: "unmatched" } | { kind: Exclude<MatchKind, "unmatched">; lot: Lot };

/** The same goods, whatever the bin. */
function sameGoods(wanted: Wanted, lot: LotCandidate): boolean {
  return (
    lot.itemType === wanted.itemType &&
    lot.partNumber === wanted.partNumber &&
    lot.colorId === wanted.colorId &&
    lot.condition === wanted.condition &&
    lot.completeness === wanted.completeness
  );
}

/** Of several fits the one with enough available wins, then the oldest. */
function best<Lot extends LotCandidate>(wanted: Wanted, lots: readonly Lot[]): Lot | undefined {
  const hasEnough = (lot: Lot) => (availableOf(lot) >= wanted.quantity ? 0 : 1);
  return [...lots].sort((a, b) => hasEnough(a) - hasEnough(b) || a.createdAt - b.createdAt)[0];
}

/**
 * The lot for a line, among candidates that an index found. A lot imported under the line's own lot id comes first;
 * then the same goods in the same bin; a line that names no bin takes the only lot of its goods, if there is just
 * one.
 */
export function matchLine<Lot extends LotCandidate>(wanted: Wanted, candidates: readonly Lot[]): Match<Lot> {
  const imported = candidates.find((lot) => lot.sourceLotId === wanted.sourceLotId);
  if (imported) return { kind: "sourceLot", lot: imported };

  const fits = candidates.filter((lot) => sameGoods(wanted, lot));
  if (wanted.location === "") {
    const [only, ...others] = fits;
    return only && others.length === 0 ? { kind: "onlyFit", lot: only } : { kind: "unmatched" };
  }
  const exact = best(
    wanted,
    fits.filter((lot) => lot.location === wanted.location),
  );
  return exact ? { kind: "exact", lot: exact } : { kind: "unmatched" };
}
