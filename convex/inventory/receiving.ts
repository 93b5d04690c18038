/** Lots as a marketplace lists them, brought into ours. */
import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { createLot, type Lot, type NewLot, type Stock } from "./stock";

export type ListedLot = NewLot & { sourceLotId: string };

async function describe(ctx: MutationCtx, lot: Lot, listed: ListedLot): Promise<void> {
  const isSame = (Object.keys(listed) as (keyof ListedLot)[]).every((field) => lot[field] === listed[field]);
  if (!isSame) await ctx.db.patch("inventoryItems", lot._id, listed);
}

/**
 * Makes or updates the lot that a marketplace lists, and brings its on hand to `onHand` by an import entry. What is
 * promised already stays promised: on hand never falls below reserved. The caller commits `stock`.
 */
export async function receiveLot(
  ctx: MutationCtx,
  stock: Stock,
  businessAccountId: Id<"businessAccounts">,
  listed: ListedLot,
  onHand: number,
  at: number,
): Promise<Id<"inventoryItems">> {
  const existing = await ctx.db
    .query("inventoryItems")
    .withIndex("by_source_lot", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("sourceLotId", listed.sourceLotId),
    )
    .first();
  const lot = existing ?? (await createLot(ctx, businessAccountId, listed, at));
  if (existing) await describe(ctx, existing, listed);
  stock.known([lot]);
  const onHandDelta = Math.max(onHand, lot.quantityReserved) - lot.quantityOnHand;
  if (onHandDelta !== 0) await stock.move(lot._id, { kind: "import", onHandDelta, reservedDelta: 0 });
  return lot._id;
}
