/** What an import writes: each listed lot with what its open lines require on top, and the lots no longer listed. */
import { v } from "convex/values";
import type { Id } from "../../../_generated/dataModel";
import { internalMutation, internalQuery, type QueryCtx } from "../../../_generated/server";
import { setOnHandOfListedLot, receiveLot } from "../../../inventory/receiving";
import { lotAttributesValidator } from "../../../inventory/schema";
import { openStock } from "../../../inventory/stock";
import type { Line } from "../../../orders/apply/lineChanges";
import { rematchOpenLines, fillBackorders, openLinesOfLot } from "../../../orders/allocation/backorders";
import { toSourceLotId, parseSourceLotId } from "../api/lotReference";

/** Lots read in one transaction. Convex allows 32,000 documents. */
const LOTS_PER_PAGE = 2_000;

const businessArgs = { businessAccountId: v.id("businessAccounts") };
const importArgs = { importId: v.id("inventoryImports") };

const listedLotValidator = v.object({
  ...lotAttributesValidator.fields,
  lotId: v.number(),
  itemName: v.string(),
  colorName: v.optional(v.string()),
  quantity: v.number(),
});

/**
 * Pieces that open lines of a lot require on top of a listing made at `listedAt` (milliseconds UTC). Null when one of their
 * orders was stored again since: then it is not known what the listing had deducted for it. A line that was stored after the
 * listing began is not counted, because BrickLink had not deducted it yet.
 */
async function openQuantityAt(
  ctx: QueryCtx,
  lines: readonly Line[],
  listedAt: number,
): Promise<number | null> {
  let required = 0;
  for (const line of lines) {
    if (line._creationTime >= listedAt) continue;
    const order = await ctx.db.get("bricklinkOrders", line.orderId);
    if (order === null || order.snapshotAt >= listedAt) return null;
    required += line.quantity;
  }
  return required;
}

/**
 * Writes a part of the listed lots: on hand = listed + required by open lines. Returns whether all could be counted; if not,
 * the import lists again, which does not change the lots that could.
 */
export const receiveLots = internalMutation({
  args: { ...importArgs, listedAt: v.number(), lots: v.array(listedLotValidator) },
  returns: v.boolean(),
  handler: async (ctx, { importId, listedAt, lots }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run?.status !== "running") return false;
    const { businessAccountId } = run;
    const now = Date.now();
    const received: Id<"inventoryItems">[] = [];
    const stock = openStock(ctx, { businessAccountId, at: now });
    for (const { lotId, quantity, ...goods } of lots) {
      const open = await openLinesOfLot(ctx, businessAccountId, lotId);
      const required = await openQuantityAt(ctx, open, listedAt);
      if (required === null) continue;
      const listed = { ...goods, sourceLotId: toSourceLotId(lotId) };
      const lot = await receiveLot(ctx, stock, businessAccountId, listed, quantity + required, now);
      await rematchOpenLines(ctx, stock, lot, open);
      received.push(lot._id);
    }
    const freed = await stock.commit();
    for (const lotId of new Set([...received, ...freed])) await fillBackorders(ctx, lotId);
    await ctx.db.patch("inventoryImports", importId, { lotsWritten: run.lotsWritten + received.length });
    return received.length === lots.length;
  },
});

/** A page of the imported lots that are on hand, by BrickLink's ids. `next`: the cursor to go on with, null at the end. */
export const listImportedLots = internalQuery({
  args: { ...businessArgs, cursor: v.union(v.string(), v.null()) },
  returns: v.object({ lotIds: v.array(v.number()), next: v.union(v.string(), v.null()) }),
  handler: async (ctx, { businessAccountId, cursor }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("inventoryItems")
      .withIndex("by_source_lot", (q) =>
        q.eq("businessAccountId", businessAccountId).gt("sourceLotId", undefined),
      )
      .paginate({ cursor, numItems: LOTS_PER_PAGE });
    const lotIds = page.flatMap(({ sourceLotId, quantityOnHand }) => {
      const lotId = quantityOnHand > 0 ? parseSourceLotId(sourceLotId) : undefined;
      return lotId === undefined ? [] : [lotId];
    });
    return { lotIds, next: isDone ? null : continueCursor };
  },
});

/** Lots that BrickLink no longer lists are sold out: on hand = required by open lines. Returns as `receiveLots` does. */
export const reduceUnlistedLots = internalMutation({
  args: { ...importArgs, listedAt: v.number(), lotIds: v.array(v.number()) },
  returns: v.boolean(),
  handler: async (ctx, { importId, listedAt, lotIds }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run?.status !== "running") return false;
    const { businessAccountId } = run;
    const stock = openStock(ctx, { businessAccountId, at: Date.now() });
    let isAll = true;
    for (const lotId of lotIds) {
      const open = await openLinesOfLot(ctx, businessAccountId, lotId);
      const required = await openQuantityAt(ctx, open, listedAt);
      if (required === null) isAll = false;
      else await setOnHandOfListedLot(ctx, stock, businessAccountId, toSourceLotId(lotId), required);
    }
    for (const lotId of await stock.commit()) await fillBackorders(ctx, lotId);
    return isAll;
  },
});
