/** Lots as a marketplace lists them, created or updated in our inventory. */
import type { Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { searchKeyOf } from "../lib/searchKey";
import { replaceLotSearchText } from "./search";
import { createLot, type FewerListed, type Lot, type NewLot, type Stock } from "./stock";

export type ListedLot = NewLot & { sourceLotId: string };

/** The name of a marketplace's lot across marketplaces, e.g. "bricklink:294632795". */
export function sourceLotIdOf(marketplace: string, lotId: number): string {
  return `${marketplace}:${lotId}`;
}

async function updateDescription(ctx: MutationCtx, lot: Lot, listed: ListedLot): Promise<void> {
  const described = { ...listed, nameKey: searchKeyOf(listed.itemName), hasSearchText: true };
  const isSame = (Object.keys(described) as (keyof typeof described)[]).every(
    (field) => lot[field] === described[field],
  );
  if (isSame) return;
  await ctx.db.patch("inventoryItems", lot._id, described);
  await replaceLotSearchText(ctx, lot._id, { ...lot, ...described });
}

/** The lot that was imported under this id, or null. */
export async function findListedLot(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  sourceLotId: string,
): Promise<Lot | null> {
  return await ctx.db
    .query("inventoryItems")
    .withIndex("by_source_lot", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("sourceLotId", sourceLotId),
    )
    .first();
}

/** Pieces on hand according to a marketplace's list. */
export type ListedCount = {
  onHand: number;
  /** When the list was requested, milliseconds UTC. */
  listedAt: number;
  /** For how long a list must have shown fewer pieces until they are taken off: it may lack some for a while. */
  lowerAfterMs: number;
};

/** What a listed count did to a lot that had more on hand: pieces were taken off, and pieces are still to be taken off. */
export type Lowering = { isLowered: boolean; isDeferred: boolean };

const notLowered: Lowering = { isLowered: false, isDeferred: false };

/**
 * Sets on hand by an import entry. It never goes below what is reserved, because a promised piece stays promised, and a count
 * that a person made after the list was requested is kept.
 */
async function setOnHand(
  stock: Stock,
  lotId: Id<"inventoryItems">,
  { onHand, listedAt, lowerAfterMs }: ListedCount,
): Promise<Lowering> {
  const { quantityOnHand, quantityReserved, personCountedAt, fewerListed } = await stock.lot(lotId);
  if (personCountedAt !== undefined && personCountedAt >= listedAt) return notLowered;
  const difference = Math.max(onHand, quantityReserved) - quantityOnHand;
  if (difference === 0) await stock.confirm(lotId);
  else if (difference > 0) {
    await stock.move(lotId, { kind: "import", onHandDelta: difference, reservedDelta: 0 });
  } else {
    const { takeOff, deferred } = lowering(-difference, fewerListed, { listedAt, lowerAfterMs });
    if (takeOff > 0) await stock.move(lotId, { kind: "import", onHandDelta: -takeOff, reservedDelta: 0 });
    if (deferred) await stock.deferFewerListed(lotId, deferred);
    return { isLowered: takeOff > 0, isDeferred: deferred !== undefined };
  }
  return notLowered;
}

/** A list this long after another says nothing about the pieces that the other lacked. */
const LOWERED_WITHIN_MS = 60 * 60_000;

/**
 * How many of the pieces by which a list is lower are taken off now: those that were missing in a list long enough ago. The rest is
 * deferred. `before`: what an earlier list deferred.
 */
export function lowering(
  fewer: number,
  before: FewerListed | undefined,
  { listedAt, lowerAfterMs }: Pick<ListedCount, "listedAt" | "lowerAfterMs">,
): { takeOff: number; deferred?: FewerListed } {
  const seenAgoMs = before === undefined ? 0 : listedAt - before.since;
  // Long after, a list may lack pieces for another reason than the one before.
  const isConfirmed = before !== undefined && seenAgoMs >= lowerAfterMs && seenAgoMs <= LOWERED_WITHIN_MS;
  const takeOff = isConfirmed ? Math.min(before.quantity, fewer) : 0;
  const quantity = fewer - takeOff;
  if (quantity === 0) return { takeOff };
  const isKnown =
    before !== undefined && seenAgoMs >= 0 && seenAgoMs < lowerAfterMs && quantity <= before.quantity;
  return { takeOff, deferred: { quantity, since: isKnown ? before.since : listedAt } };
}

/**
 * Creates or updates the lot that a marketplace lists, and sets its on hand. `existing`: the lot as `findListedLot` finds it.
 * Returns it as listed, and whether it was lowered. The caller commits `stock`. `at`: milliseconds UTC.
 */
export async function receiveLot(
  ctx: MutationCtx,
  stock: Stock,
  businessAccountId: Id<"businessAccounts">,
  { existing, listed }: { existing: Lot | null; listed: ListedLot },
  count: ListedCount,
  at: number,
): Promise<{ lot: Lot; lowering: Lowering }> {
  const lot = existing ?? (await createLot(ctx, businessAccountId, listed, at));
  if (existing) await updateDescription(ctx, existing, listed);
  stock.register([lot]);
  const done = await setOnHand(stock, lot._id, count);
  return { lot: { ...(await stock.lot(lot._id)), ...listed }, lowering: done };
}

/** Sets the on hand of a lot that was listed before and no longer is. The caller commits `stock`. */
export async function recountUnlistedLot(stock: Stock, lot: Lot, count: ListedCount): Promise<Lowering> {
  stock.register([lot]);
  return await setOnHand(stock, lot._id, count);
}
