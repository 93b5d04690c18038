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

/** Sets on hand by an import entry, but never below what is reserved: a promised piece stays promised. */
async function setOnHand(stock: Stock, lotId: Id<"inventoryItems">, onHand: number): Promise<void> {
  const lot = await stock.lot(lotId);
  const onHandDelta = Math.max(onHand, lot.quantityReserved) - lot.quantityOnHand;
  if (onHandDelta !== 0) await stock.move(lotId, { kind: "import", onHandDelta, reservedDelta: 0 });
}

/**
 * Creates or updates the lot that a marketplace lists, and sets its on hand to `onHand` pieces. Returns it as listed. The
 * caller commits `stock`. `at`: milliseconds UTC.
 */
export async function receiveLot(
  ctx: MutationCtx,
  stock: Stock,
  businessAccountId: Id<"businessAccounts">,
  listed: ListedLot,
  onHand: number,
  at: number,
): Promise<Lot> {
  const existing = await findListedLot(ctx, businessAccountId, listed.sourceLotId);
  const lot = existing ?? (await createLot(ctx, businessAccountId, listed, at));
  if (existing) await updateDescription(ctx, existing, listed);
  stock.register([lot]);
  await setOnHand(stock, lot._id, onHand);
  return { ...(await stock.lot(lot._id)), ...listed };
}

/** Sets the on hand of a lot that was listed before; does nothing when there is none. The caller commits `stock`. */
export async function setOnHandOfListedLot(
  ctx: MutationCtx,
  stock: Stock,
  businessAccountId: Id<"businessAccounts">,
  sourceLotId: string,
  onHand: number,
): Promise<void> {
  const lot = await findListedLot(ctx, businessAccountId, sourceLotId);
  if (lot === null) return;
  stock.register([lot]);
  await setOnHand(stock, lot._id, onHand);
}
