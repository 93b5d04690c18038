/** Backorders: stock that becomes free goes to the short lines of its lot, oldest order first. */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Doc, Id } from "../../_generated/dataModel";
import { internalMutation, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { allocate, availableOf } from "../../inventory/reservation";
import { openStock, type Lot, type Stock } from "../../inventory/stock";
import { chunks } from "../../lib/collections";
import { allocationColumns, holdingOf, pickColumns, type Line } from "../apply/lineChanges";
import { patchOrder } from "../patchOrder";
import { changedPickCounts } from "../picking/pickQuantities";
import { addBinToSearchText } from "../search";

/** Lines filled in one transaction, however many lots they wait for: some six reads and writes each, of Convex's thousands. */
const LINES_PER_TRANSACTION = 50;

/** Lots looked at in one transaction: two index reads each, of the 4,096 that Convex allows and the caller needs too. */
const LOTS_PER_TRANSACTION = 200;

/** Lots that one scheduled transaction is handed. A list in Convex has at most 8,192 entries. */
const LOTS_PER_SCHEDULED_FILL = 1_000;

async function orderOf(ctx: MutationCtx, line: Line): Promise<Doc<"bricklinkOrders">> {
  const order = await ctx.db.get("bricklinkOrders", line.orderId);
  if (order === null) throw new Error(`Line ${line._id} has no order.`);
  return order;
}

async function fillLine(
  ctx: MutationCtx,
  stock: Stock,
  line: Line,
  lotId: Id<"inventoryItems">,
): Promise<void> {
  const order = await orderOf(ctx, line);
  const allocation = allocate("open", line.quantity, holdingOf(line), availableOf(await stock.lot(lotId)));
  for (const movement of allocation.movements) {
    await stock.move(lotId, movement, {
      orderReference: order._id,
      orderNumber: order.orderNumber,
      lineReference: line._id,
    });
  }
  await stock.addShortfall(lotId, { backordered: allocation.short - line.shortQuantity });
  const {
    backorderedSince: firstSeenAt = 0,
    pickedBy: _pickedBy,
    pickedAt: _pickedAt,
    _id,
    _creationTime,
    ...fields
  } = line;
  const columns = allocationColumns("open", allocation, firstSeenAt);
  const pick = pickColumns(line, { ...line, ...columns }, "open");
  await ctx.db.replace("bricklinkOrderItems", _id, { ...fields, ...columns, ...pick });
  const gained = allocation.holding.reserved - line.reservedQuantity;
  await patchOrder(ctx, order, {
    reservedQuantity: order.reservedQuantity + gained,
    shortQuantity: order.shortQuantity - gained,
    ...changedPickCounts(order, line, { ...line, ...columns, ...pick }),
    changedAt: Date.now(),
  });
}

/** Reserves what one lot has available for at most `linesMax` backorders. `isMore`: others may still be filled from it. */
async function fillLot(
  ctx: MutationCtx,
  lotId: Id<"inventoryItems">,
  linesMax: number,
): Promise<{ lines: number; isMore: boolean }> {
  const lot = await ctx.db.get("inventoryItems", lotId);
  if (lot === null || availableOf(lot) === 0) return { lines: 0, isMore: false };
  // Each line takes one piece or more.
  const limit = Math.min(linesMax, availableOf(lot));
  const backorders = await ctx.db
    .query("bricklinkOrderItems")
    .withIndex("by_backordered", (q) => q.eq("inventoryItemId", lotId).gt("backorderedSince", 0))
    .take(limit);
  const stock = openStock(ctx, { businessAccountId: lot.businessAccountId, at: Date.now() });
  for (const line of backorders) {
    if (availableOf(await stock.lot(lotId)) === 0) break;
    await fillLine(ctx, stock, line, lotId);
  }
  const isMoreAvailable = availableOf(await stock.lot(lotId)) > 0;
  await stock.commit();
  return { lines: backorders.length, isMore: isMoreAvailable && backorders.length === limit };
}

/**
 * Reserves what lots have available for their backorders. Fills a bounded number of lines in the caller's transaction, and
 * schedules the rest: an order of hundreds of lots that is cancelled frees stock for thousands of lines.
 */
export async function fillBackorders(
  ctx: MutationCtx,
  lotIds: readonly Id<"inventoryItems">[],
): Promise<void> {
  const waiting = lotIds.slice(LOTS_PER_TRANSACTION);
  let linesLeft = LINES_PER_TRANSACTION;
  for (const lotId of lotIds.slice(0, LOTS_PER_TRANSACTION)) {
    const { lines, isMore } =
      linesLeft > 0 ? await fillLot(ctx, lotId, linesLeft) : { lines: 0, isMore: true };
    linesLeft -= lines;
    if (isMore) waiting.push(lotId);
  }
  for (const part of chunks(waiting, LOTS_PER_SCHEDULED_FILL)) {
    await ctx.scheduler.runAfter(0, internal.orders.allocation.backorders.fill, { lotIds: part });
  }
}

/** Continues `fillBackorders` in a transaction of its own. */
export const fill = internalMutation({
  args: { lotIds: v.array(v.id("inventoryItems")) },
  returns: v.null(),
  handler: async (ctx, { lotIds }) => {
    await fillBackorders(ctx, lotIds);
    return null;
  },
});

/** Lines of one lot in open orders that an import can count: each may have to be matched anew, in the same transaction. */
const OPEN_LINES_MAX = 500;

/**
 * The lines of open orders that, by the marketplace's lot id, come from this lot, whether they are matched or not. Null when
 * there are too many to count in one transaction.
 */
export async function openLinesOfLot(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  lotId: number,
): Promise<Line[] | null> {
  const lines = await ctx.db
    .query("bricklinkOrderItems")
    .withIndex("by_open_lot", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("lotId", lotId).gt("openSince", 0),
    )
    .take(OPEN_LINES_MAX + 1);
  return lines.length > OPEN_LINES_MAX ? null : lines;
}

/** Matches a line to the lot it comes from. What it holds of another lot is released; it waits for stock of this one. */
async function rematchLine(ctx: MutationCtx, stock: Stock, line: Line, lot: Lot): Promise<void> {
  const order = await orderOf(ctx, line);
  const { reservedQuantity: held, inventoryItemId: formerLotId } = line;
  if (formerLotId !== undefined) {
    if (held > 0) {
      await stock.move(
        formerLotId,
        { kind: "release", onHandDelta: 0, reservedDelta: -held },
        { orderReference: order._id, orderNumber: order.orderNumber, lineReference: line._id },
      );
    }
    await stock.addShortfall(formerLotId, { backordered: -line.shortQuantity });
  }
  await stock.addShortfall(lot._id, { backordered: line.quantity });
  const fields = {
    inventoryItemId: lot._id,
    location: lot.location,
    matchedBy: "sourceLot" as const,
    reservedQuantity: 0,
    shortQuantity: line.quantity,
    backorderedSince: order.firstSeenAt,
    losses: undefined,
    latestLoss: undefined,
    otherBins: undefined,
  };
  await ctx.db.patch("bricklinkOrderItems", line._id, fields);
  await addBinToSearchText(ctx, order._id, lot.location);
  const wasUnmatched = line.matchedBy === "unmatched";
  await patchOrder(ctx, order, {
    ...changedPickCounts(order, line, { ...line, ...fields }),
    unmatchedLines: order.unmatchedLines - (wasUnmatched ? 1 : 0),
    reservedQuantity: order.reservedQuantity - held,
    shortQuantity: order.shortQuantity + (wasUnmatched ? line.quantity : held),
    changedAt: Date.now(),
  });
}

/**
 * Matches open lines to the lot that was just imported for them, if they have none or took another's goods, and shows them
 * its location. They wait for its stock like any short line. The caller commits `stock`.
 */
export async function rematchOpenLines(
  ctx: MutationCtx,
  stock: Stock,
  lot: Lot,
  lines: readonly Line[],
): Promise<void> {
  for (const line of lines) {
    if (line.inventoryItemId !== lot._id) await rematchLine(ctx, stock, line, lot);
    else if (line.location !== lot.location) {
      await ctx.db.patch("bricklinkOrderItems", line._id, { location: lot.location });
      await addBinToSearchText(ctx, line.orderId, lot.location);
    }
  }
}
