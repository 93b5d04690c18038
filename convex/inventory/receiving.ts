/** Lots as a marketplace lists them, brought into ours. */
import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { searchKeyOf } from "./searchKey";
import { createLot, type Lot, type NewLot, type Stock } from "./stock";

export type ListedLot = NewLot & { sourceLotId: string };

async function describe(ctx: MutationCtx, lot: Lot, listed: ListedLot): Promise<void> {
  const described = { ...listed, nameKey: searchKeyOf(listed.itemName) };
  const isSame = (Object.keys(described) as (keyof typeof described)[]).every(
    (field) => lot[field] === described[field],
  );
  if (!isSame) await ctx.db.patch("inventoryItems", lot._id, described);
}

async function findListed(
  ctx: MutationCtx,
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

/** By an import entry. What is promised already stays promised: on hand never falls below reserved. */
async function bringTo(stock: Stock, lotId: Id<"inventoryItems">, onHand: number): Promise<void> {
  const lot = await stock.lot(lotId);
  const onHandDelta = Math.max(onHand, lot.quantityReserved) - lot.quantityOnHand;
  if (onHandDelta !== 0) await stock.move(lotId, { kind: "import", onHandDelta, reservedDelta: 0 });
}

/**
 * Makes or updates the lot that a marketplace lists, and brings its on hand to `onHand`. Returns it as listed. The caller
 * commits `stock`.
 */
export async function receiveLot(
  ctx: MutationCtx,
  stock: Stock,
  businessAccountId: Id<"businessAccounts">,
  listed: ListedLot,
  onHand: number,
  at: number,
): Promise<Lot> {
  const existing = await findListed(ctx, businessAccountId, listed.sourceLotId);
  const lot = existing ?? (await createLot(ctx, businessAccountId, listed, at));
  if (existing) await describe(ctx, existing, listed);
  stock.known([lot]);
  await bringTo(stock, lot._id, onHand);
  return { ...(await stock.lot(lot._id)), ...listed };
}

/** Brings the on hand of a lot that was listed once to `onHand`. The caller commits `stock`. */
export async function correctLot(
  ctx: MutationCtx,
  stock: Stock,
  businessAccountId: Id<"businessAccounts">,
  sourceLotId: string,
  onHand: number,
): Promise<void> {
  const lot = await findListed(ctx, businessAccountId, sourceLotId);
  if (lot === null) return;
  stock.known([lot]);
  await bringTo(stock, lot._id, onHand);
}
