/**
 * Which lot an order line comes from, decided on plain values. orders/allocation calls it for lines that are new or changed;
 * a line keeps its lot while it asks for the same pieces, and an import may match it anew.
 */
import { v, type Infer } from "convex/values";
import { availableOf } from "./reservation";
import type { LotAttributes } from "./schema";

/**
 * How a line was matched. sourceLot: by the marketplace's own lot id. exact: the same goods in the same bin. onlyFit: the
 * line names no bin, and one lot has its goods.
 */
export const matchKindValidator = v.union(
  v.literal("sourceLot"),
  v.literal("exact"),
  v.literal("onlyFit"),
  v.literal("unmatched"),
);
export type MatchKind = Infer<typeof matchKindValidator>;

export type LotCandidate = LotAttributes & {
  sourceLotId?: string;
  quantityOnHand: number;
  quantityReserved: number;
  createdAt: number;
};

/** What a line asks for. `quantity`: whole pieces. */
export type WantedGoods = LotAttributes & { sourceLotId: string; quantity: number };

export type Match<Lot> = { kind: "unmatched" } | { kind: Exclude<MatchKind, "unmatched">; lot: Lot };

/** Whether the lot has the same goods, in whatever bin. */
function isSameGoods(wanted: WantedGoods, lot: LotCandidate): boolean {
  return (
    lot.itemType === wanted.itemType &&
    lot.partNumber === wanted.partNumber &&
    lot.colorId === wanted.colorId &&
    lot.condition === wanted.condition &&
    wanted.condition !== "unknown" &&
    lot.completeness === wanted.completeness
  );
}

/** Of several fits, one with enough available comes first, then the oldest. */
function preferredLot<Lot extends LotCandidate>(wanted: WantedGoods, lots: readonly Lot[]): Lot | undefined {
  const shortageRank = (lot: Lot) => (availableOf(lot) >= wanted.quantity ? 0 : 1);
  return [...lots].sort((a, b) => shortageRank(a) - shortageRank(b) || a.createdAt - b.createdAt)[0];
}

/**
 * The lot for a line, among candidates that an index found. A lot imported under the line's own lot id comes first, then the
 * same goods in the same bin. A line that names no bin takes the only lot of its goods, if there is exactly one.
 */
export function matchLine<Lot extends LotCandidate>(
  wanted: WantedGoods,
  candidates: readonly Lot[],
): Match<Lot> {
  const imported = candidates.find((lot) => lot.sourceLotId === wanted.sourceLotId);
  if (imported) return { kind: "sourceLot", lot: imported };

  const fits = candidates.filter((lot) => isSameGoods(wanted, lot));
  if (wanted.location === "") {
    const [only, ...others] = fits;
    return only && others.length === 0 ? { kind: "onlyFit", lot: only } : { kind: "unmatched" };
  }
  const exact = preferredLot(
    wanted,
    fits.filter((lot) => lot.location === wanted.location),
  );
  return exact ? { kind: "exact", lot: exact } : { kind: "unmatched" };
}
