/**
 * What an import writes: each listed lot with what its open lines require on top, and the lots that are not listed. A line that
 * was first stored after the listing began is not counted, because BrickLink had not deducted it yet.
 */
import { v, type Infer, type ObjectType } from "convex/values";
import type { Id } from "../../../_generated/dataModel";
import { internalMutation, internalQuery, type MutationCtx } from "../../../_generated/server";
import {
  findListedLot,
  receiveLot,
  recountUnlistedLot,
  type ListedLot,
  type Lowering,
} from "../../../inventory/receiving";
import { lotAttributesValidator } from "../../../inventory/schema";
import { openStock, type Lot, type Stock } from "../../../inventory/stock";
import { omitUndefined } from "../../../lib/collections";
import type { Line } from "../../../orders/apply/lineChanges";
import { lotsWithChangedDemand } from "../../../orders/allocation/changedDemand";
import { rematchOpenLines, fillBackorders, openLinesOfLot } from "../../../orders/allocation/backorders";
import { lotsOfUnreadable } from "./listedOrders";
import { toSourceLotId, parseSourceLotId } from "../api/lotReference";

/** Lots or lines read in one transaction. Convex allows 32,000 documents. */
const ROWS_PER_PAGE = 2_000;

/**
 * Open lines after which a mutation starts no further lot. Matching a line anew takes some three reads and three writes, and one
 * lot has at most 500 lines.
 */
const OPEN_LINES_PER_MUTATION = 400;

const businessArgs = { businessAccountId: v.id("businessAccounts") };

const listedLotValidator = v.object({
  ...lotAttributesValidator.fields,
  lotId: v.number(),
  itemName: v.string(),
  colorName: v.optional(v.string()),
  quantity: v.number(),
});

/**
 * BrickLink's instant checkout takes pieces off its list for ten minutes, before there is an order (help 2466). Fewer pieces are
 * taken off on hand only when a second list, after that time, lacks them too.
 */
const LOWER_AFTER_MS = 10 * 60_000;

/**
 * Pieces that packers reported missing or damaged on open lines of the lot and that nobody has taken back, less those that came from
 * the bins of other lots in their place.
 */
function lostOf(lines: readonly Line[], inventoryItemId: Id<"inventoryItems">): number {
  return lines
    .filter((line) => line.inventoryItemId === inventoryItemId)
    .reduce((sum, { losses, otherBins = [] }) => {
      const lost = losses ? losses.missing + losses.damaged : 0;
      return sum + lost - otherBins.reduce((taken, { quantity }) => taken + quantity, 0);
    }, 0);
}

/**
 * What became of a part of the lots. Only the first `handled` of them were dealt with, because their open lines filled the
 * transaction; the caller goes on with the rest. Of those, `changed` were not written since one of their orders changed, so the
 * import lists again; `uncounted` were not written since too many open lines require them, and `uncertain` since an order that
 * requires them cannot be read. Of `deferred`, fewer pieces are listed than on hand, and they are not taken off
 * yet; of `lowered`, some were.
 */
const writeResultValidator = v.object({
  handled: v.number(),
  changed: v.number(),
  uncounted: v.number(),
  uncertain: v.number(),
  deferred: v.number(),
  lowered: v.number(),
});
export type WriteResult = Infer<typeof writeResultValidator>;

const noResult: WriteResult = {
  handled: 0,
  changed: 0,
  uncounted: 0,
  uncertain: 0,
  deferred: 0,
  lowered: 0,
};

/** The result when no lot of a part can be written: the import has ended meanwhile, or lists again. */
function noneWritten(lots: readonly unknown[]): WriteResult {
  return { ...noResult, handled: lots.length, changed: lots.length };
}

const partArgs = {
  importId: v.id("inventoryImports"),
  listedAt: v.number(),
  /** Numbers of listed orders that cannot be read. */
  unreadableOrders: v.array(v.number()),
};
type PartArgs = ObjectType<typeof partArgs>;

/** A lot about to be written: `listed` is absent when BrickLink does not list it. */
type LotToWrite = { lotId: number; quantity: number; listed?: Omit<ListedLot, "sourceLotId"> };

/** BrickLink's description of a lot that it no longer lists, as the newest line of it repeats it. */
function describedBy(lines: readonly Line[]): Omit<ListedLot, "sourceLotId"> | undefined {
  const newest = lines.toSorted((a, b) => b._creationTime - a._creationTime)[0];
  if (newest === undefined) return undefined;
  const { itemType, partNumber, colorId, colorName, condition, completeness, itemName, remarks } = newest;
  return omitUndefined({
    itemType,
    partNumber,
    colorId,
    colorName,
    condition,
    completeness,
    itemName,
    location: remarks,
  });
}

type WrittenLot = { before: Lot | null; id: Id<"inventoryItems">; lowering: Lowering };

/**
 * Writes one lot: on hand = listed + required by open lines − reported lost. One that is not listed is sold out, and made from
 * its lines when they are all that is known of it. Returns the lot as it was and its id, null when there is nothing to write.
 */
async function writeLot(
  ctx: MutationCtx,
  stock: Stock,
  businessAccountId: Id<"businessAccounts">,
  { lotId, quantity, listed }: LotToWrite,
  open: readonly Line[],
  { listedAt, now }: { listedAt: number; now: number },
): Promise<WrittenLot | null> {
  const sourceLotId = toSourceLotId(lotId);
  const before = await findListedLot(ctx, businessAccountId, sourceLotId);
  const counted = open.filter(({ openSince = 0 }) => openSince < listedAt);
  const required = counted.reduce((sum, line) => sum + line.quantity, 0);
  const lost = before === null ? 0 : lostOf(open, before._id);
  const count = { onHand: quantity + required - lost, listedAt, lowerAfterMs: LOWER_AFTER_MS };
  const description = listed ?? (before === null ? describedBy(counted) : undefined);
  if (description !== undefined) {
    const received = { existing: before, listed: { ...description, sourceLotId } };
    const { lot, lowering } = await receiveLot(ctx, stock, businessAccountId, received, count, now);
    await rematchOpenLines(ctx, stock, lot, open);
    return { before, id: lot._id, lowering };
  }
  if (before === null) return null;
  const lowering = await recountUnlistedLot(stock, before, count);
  await rematchOpenLines(ctx, stock, before, open);
  return { before, id: before._id, lowering };
}

/** Marks a lot that cannot be counted. Returns whether there is one. */
async function markUncertain(
  ctx: MutationCtx,
  stock: Stock,
  businessAccountId: Id<"businessAccounts">,
  lotId: number,
): Promise<boolean> {
  const lot = await findListedLot(ctx, businessAccountId, toSourceLotId(lotId));
  if (lot === null) return false;
  stock.register([lot]);
  await stock.markUncertain(lot._id);
  return true;
}

/** Writes one lot after another, until their open lines fill the transaction or all are handled. */
async function writePart(
  ctx: MutationCtx,
  { importId, listedAt, unreadableOrders }: PartArgs,
  lots: readonly LotToWrite[],
): Promise<WriteResult> {
  const run = await ctx.db.get("inventoryImports", importId);
  if (run?.status !== "running") return noneWritten(lots);
  const { businessAccountId } = run;
  const now = Date.now();
  const stock = openStock(ctx, { businessAccountId, at: now });
  const changedLots = await lotsWithChangedDemand(ctx, businessAccountId, listedAt);
  const uncertainLots = await lotsOfUnreadable(ctx, businessAccountId, unreadableOrders, listedAt);
  if (changedLots === "all" || uncertainLots === "all") return noneWritten(lots);
  const result = { ...noResult };
  const written: Id<"inventoryItems">[] = [];
  let { lotsWritten, lotsRecounted = 0 } = run;
  let { needsSecondList = false } = run;
  let linesRead = 0;
  for (const lot of lots) {
    if (linesRead >= OPEN_LINES_PER_MUTATION) break;
    result.handled += 1;
    if (changedLots.has(lot.lotId)) {
      result.changed += 1;
      continue;
    }
    if (uncertainLots.has(lot.lotId)) {
      if (await markUncertain(ctx, stock, businessAccountId, lot.lotId)) result.uncertain += 1;
      continue;
    }
    const open = await openLinesOfLot(ctx, businessAccountId, lot.lotId);
    if (open === null) {
      result.uncounted += 1;
      continue;
    }
    linesRead += open.length;
    const done = await writeLot(ctx, stock, businessAccountId, lot, open, { listedAt, now });
    if (done === null) continue;
    written.push(done.id);
    // A lot that is new or has more than before may lack pieces of a checkout, as one that has fewer.
    needsSecondList ||= done.lowering.isDeferred || (await isRaised(stock, done));
    if (done.lowering.isDeferred) result.deferred += 1;
    if (done.lowering.isLowered) result.lowered += 1;
    if (lot.listed) lotsWritten += 1;
    if (await isRecounted(stock, done, listedAt)) lotsRecounted += 1;
  }
  const freed = await stock.commit();
  await fillBackorders(ctx, [...new Set([...written, ...freed])]);
  await ctx.db.patch("inventoryImports", importId, { lotsWritten, lotsRecounted, needsSecondList });
  return result;
}

/** Whether the lot is new or has more on hand than before. */
async function isRaised(stock: Stock, { before, id }: WrittenLot): Promise<boolean> {
  return before === null || (await stock.lot(id)).quantityOnHand > before.quantityOnHand;
}

/** Whether a person's count from before the listing was replaced by another number. */
async function isRecounted(stock: Stock, { before, id }: WrittenLot, listedAt: number): Promise<boolean> {
  if (before?.personCountedAt === undefined || before.personCountedAt >= listedAt) return false;
  return (await stock.lot(id)).quantityOnHand !== before.quantityOnHand;
}

/** Writes a part of the listed lots. */
export const receiveLots = internalMutation({
  args: { ...partArgs, lots: v.array(listedLotValidator) },
  returns: writeResultValidator,
  handler: async (ctx, { lots, ...args }) =>
    await writePart(
      ctx,
      args,
      lots.map(({ lotId, quantity, ...listed }) => ({ lotId, quantity, listed })),
    ),
});

/** Writes lots that BrickLink does not list: an order that takes all of a lot removes it there. */
export const writeUnlistedLots = internalMutation({
  args: { ...partArgs, lotIds: v.array(v.number()) },
  returns: writeResultValidator,
  handler: async (ctx, { lotIds, ...args }) =>
    await writePart(
      ctx,
      args,
      lotIds.map((lotId) => ({ lotId, quantity: 0 })),
    ),
});

const pageArgs = { ...businessArgs, cursor: v.union(v.string(), v.null()) };
const lotIdsPageValidator = v.object({ lotIds: v.array(v.number()), next: v.union(v.string(), v.null()) });

/** A page of the imported lots that are on hand, by BrickLink's ids. `next`: the cursor to go on with, null at the end. */
export const listImportedLots = internalQuery({
  args: pageArgs,
  returns: lotIdsPageValidator,
  handler: async (ctx, { businessAccountId, cursor }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("inventoryItems")
      .withIndex("by_source_lot", (q) =>
        q.eq("businessAccountId", businessAccountId).gt("sourceLotId", undefined),
      )
      .paginate({ cursor, numItems: ROWS_PER_PAGE });
    const lotIds = page.flatMap(({ sourceLotId, quantityOnHand }) => {
      const lotId = quantityOnHand > 0 ? parseSourceLotId(sourceLotId) : undefined;
      return lotId === undefined ? [] : [lotId];
    });
    return { lotIds, next: isDone ? null : continueCursor };
  },
});

/** The lots that a page of the open lines require, by BrickLink's ids. `next`: as in `listImportedLots`. */
export const listRequiredLots = internalQuery({
  args: pageArgs,
  returns: lotIdsPageValidator,
  handler: async (ctx, { businessAccountId, cursor }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("bricklinkOrderItems")
      // Only open lines have this column.
      .withIndex("by_open_part", (q) =>
        q.eq("businessAccountId", businessAccountId).gt("openPartKey", undefined),
      )
      .paginate({ cursor, numItems: ROWS_PER_PAGE });
    const lotIds = [...new Set(page.map(({ lotId }) => lotId))];
    return { lotIds, next: isDone ? null : continueCursor };
  },
});
