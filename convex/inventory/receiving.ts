/** Lots as a marketplace lists them, created or updated in our inventory. */
import type { Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { searchKeyOf } from "../lib/searchKey";
import { createLot, type Lot, type NewLot, type Stock } from "./stock";

export type ListedLot = NewLot & { sourceLotId: string };

/** The name of a marketplace's lot across marketplaces, e.g. "bricklink:294632795". */
export function sourceLotIdOf(marketplace: string, lotId: number): string {
  return `${marketplace}:${lotId}`;
}

async function updateDescription(ctx: MutationCtx, lot: Lot, listed: ListedLot): Promise<void> {
  const described = { ...listed, nameKey: searchKeyOf(listed.itemName) };
  const isSame = (Object.keys(described) as (keyof typeof described)[]).every(
    (field) => lot[field] === described[field],
  );
  if (!isSame) await ctx.db.patch("inventoryItems", lot._id, described);
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

/** Pieces on hand according to a marketplace's list, and when the list was requested: milliseconds UTC. */
export type ListedCount = { onHand: number; listedAt: number };

/**
 * Sets on hand by an import entry. It never goes below what is reserved, because a promised piece stays promised, and a count
 * that a person made after the list was requested is kept.
 */
async function setOnHand(
  stock: Stock,
  lotId: Id<"inventoryItems">,
  { onHand, listedAt }: ListedCount,
): Promise<void> {
  const { quantityOnHand, quantityReserved, personCountedAt } = await stock.lot(lotId);
  if (personCountedAt !== undefined && personCountedAt >= listedAt) return;
  const onHandDelta = Math.max(onHand, quantityReserved) - quantityOnHand;
  if (onHandDelta === 0) await stock.confirm(lotId);
  else await stock.move(lotId, { kind: "import", onHandDelta, reservedDelta: 0 });
}

/**
 * Creates or updates the lot that a marketplace lists, and sets its on hand. `existing`: the lot as `findListedLot` finds it.
 * Returns it as listed. The caller commits `stock`. `at`: milliseconds UTC.
 */
export async function receiveLot(
  ctx: MutationCtx,
  stock: Stock,
  businessAccountId: Id<"businessAccounts">,
  { existing, listed }: { existing: Lot | null; listed: ListedLot },
  count: ListedCount,
  at: number,
): Promise<Lot> {
  const lot = existing ?? (await createLot(ctx, businessAccountId, listed, at));
  if (existing) await updateDescription(ctx, existing, listed);
  stock.register([lot]);
  await setOnHand(stock, lot._id, count);
  return { ...(await stock.lot(lot._id)), ...listed };
}

/** Sets the on hand of a lot that was listed before and no longer is. The caller commits `stock`. */
export async function recountUnlistedLot(stock: Stock, lot: Lot, count: ListedCount): Promise<void> {
  stock.register([lot]);
  await setOnHand(stock, lot._id, count);
}
