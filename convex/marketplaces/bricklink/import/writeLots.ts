/** What an import writes: each listed lot with what its open lines require on top, and the lots no longer listed. */
import { v, type Infer } from "convex/values";
import type { Id } from "../../../_generated/dataModel";
import { internalMutation, internalQuery, type MutationCtx } from "../../../_generated/server";
import { setOnHandOfListedLot, receiveLot } from "../../../inventory/receiving";
import { lotAttributesValidator } from "../../../inventory/schema";
import { openStock } from "../../../inventory/stock";
import type { Line } from "../../../orders/apply/lineChanges";
import { lotsWithChangedDemand } from "../../../orders/allocation/changedDemand";
import { rematchOpenLines, fillBackorders, openLinesOfLot } from "../../../orders/allocation/backorders";
import { toSourceLotId, parseSourceLotId } from "../api/lotReference";

/** Lots read in one transaction. Convex allows 32,000 documents. */
const LOTS_PER_PAGE = 2_000;

/**
 * Open lines after which a mutation starts no further lot. Matching a line anew takes some three reads and three writes, and one
 * lot has at most 500 lines.
 */
const OPEN_LINES_PER_MUTATION = 400;

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
 * Pieces that open lines of a lot required on top of a listing made at `listedAt` (milliseconds UTC). A line of an order that
 * was first stored since then is not counted, because BrickLink had not deducted it yet.
 */
function requiredAt(lines: readonly Line[], listedAt: number): number {
  return lines
    .filter(({ openSince = 0 }) => openSince < listedAt)
    .reduce((required, { quantity }) => required + quantity, 0);
}

/**
 * What became of a part of the lots. Only the first `handled` of them were dealt with, because their open lines filled the
 * transaction; the caller goes on with the rest. Of those, `changed` were not written since one of their orders changed, so the
 * import lists again; `uncounted` were not written since too many open lines require them.
 */
const writeResultValidator = v.object({
  handled: v.number(),
  changed: v.number(),
  uncounted: v.number(),
});
export type WriteResult = Infer<typeof writeResultValidator>;

/** The answer of an import that has ended meanwhile: it writes nothing, and starts no further round. */
function notRunning(lots: readonly unknown[]): WriteResult {
  return { handled: lots.length, changed: lots.length, uncounted: 0 };
}

/** Calls `write` for one lot after another, until their open lines fill the transaction or all are handled. */
async function writeEach<Listed extends { lotId: number }>(
  ctx: MutationCtx,
  { businessAccountId, listedAt }: { businessAccountId: Id<"businessAccounts">; listedAt: number },
  lots: readonly Listed[],
  write: (lot: Listed, pieces: number, open: Line[]) => Promise<void>,
): Promise<WriteResult> {
  const result = { handled: 0, changed: 0, uncounted: 0 };
  const changedLots = await lotsWithChangedDemand(ctx, businessAccountId, listedAt);
  let linesRead = 0;
  for (const lot of lots) {
    if (linesRead >= OPEN_LINES_PER_MUTATION) break;
    result.handled += 1;
    if (changedLots === "all" || changedLots.has(lot.lotId)) {
      result.changed += 1;
      continue;
    }
    const open = await openLinesOfLot(ctx, businessAccountId, lot.lotId);
    if (open === null) {
      result.uncounted += 1;
      continue;
    }
    linesRead += open.length;
    await write(lot, requiredAt(open, listedAt), open);
  }
  return result;
}

/** Writes listed lots: on hand = listed + required by open lines. */
export const receiveLots = internalMutation({
  args: { ...importArgs, listedAt: v.number(), lots: v.array(listedLotValidator) },
  returns: writeResultValidator,
  handler: async (ctx, { importId, listedAt, lots }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run?.status !== "running") return notRunning(lots);
    const { businessAccountId } = run;
    const now = Date.now();
    const received: Id<"inventoryItems">[] = [];
    const stock = openStock(ctx, { businessAccountId, at: now });
    const result = await writeEach(
      ctx,
      { businessAccountId, listedAt },
      lots,
      async ({ lotId, quantity, ...goods }, pieces, open) => {
        const listed = { ...goods, sourceLotId: toSourceLotId(lotId) };
        const lot = await receiveLot(ctx, stock, businessAccountId, listed, quantity + pieces, now);
        await rematchOpenLines(ctx, stock, lot, open);
        received.push(lot._id);
      },
    );
    const freed = await stock.commit();
    await fillBackorders(ctx, [...new Set([...received, ...freed])]);
    await ctx.db.patch("inventoryImports", importId, { lotsWritten: run.lotsWritten + received.length });
    return result;
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

/** Lots that BrickLink no longer lists are sold out: on hand = required by open lines. */
export const reduceUnlistedLots = internalMutation({
  args: { ...importArgs, listedAt: v.number(), lotIds: v.array(v.number()) },
  returns: writeResultValidator,
  handler: async (ctx, { importId, listedAt, lotIds }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run?.status !== "running") return notRunning(lotIds);
    const { businessAccountId } = run;
    const stock = openStock(ctx, { businessAccountId, at: Date.now() });
    const lots = lotIds.map((lotId) => ({ lotId }));
    const result = await writeEach(ctx, { businessAccountId, listedAt }, lots, async ({ lotId }, pieces) =>
      setOnHandOfListedLot(ctx, stock, businessAccountId, toSourceLotId(lotId), pieces),
    );
    await fillBackorders(ctx, await stock.commit());
    return result;
  },
});
