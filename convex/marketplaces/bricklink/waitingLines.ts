/** Stock that became free goes to the short lines of its lot, oldest order first. */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalMutation, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { availableOf, settleLine } from "../../inventory/reservation";
import { openStock, type Lot, type Stock } from "../../inventory/stock";
import {
  holdingOf,
  pickableQuantity,
  pickAfter,
  pickedDifference,
  stockColumns,
  type Line,
} from "./lineChanges";

/** Lines filled in the transaction that freed the stock; the rest follow in scheduled ones. */
const FILLED_PER_TRANSACTION = 20;

async function fillLine(
  ctx: MutationCtx,
  stock: Stock,
  line: Line,
  lotId: Id<"inventoryItems">,
): Promise<void> {
  const available = availableOf(await stock.lot(lotId));
  const settlement = settleLine("open", line.quantity, holdingOf(line), available);
  for (const movement of settlement.movements) {
    await stock.move(lotId, movement, { orderReference: line.orderId, lineReference: line._id });
  }
  const { waitingSince: firstSeenAt = 0, _id, _creationTime, ...fields } = line;
  const columns = stockColumns("open", settlement, firstSeenAt);
  const pick = pickAfter(line, line.quantity, pickableQuantity({ ...line, ...columns }));
  await ctx.db.replace("bricklinkOrderItems", _id, { ...fields, ...columns, ...pick });
  const order = await ctx.db.get("bricklinkOrders", line.orderId);
  if (order === null) throw new Error(`Line ${line._id} has no order.`);
  const gained = settlement.holding.reserved - line.reservedQuantity;
  await ctx.db.patch("bricklinkOrders", order._id, {
    reservedQuantity: order.reservedQuantity + gained,
    shortQuantity: order.shortQuantity - gained,
    pickedLines: order.pickedLines + pickedDifference(line, pick),
    changedAt: Date.now(),
  });
}

/** Promises what a lot has available to the lines that wait for it; schedules itself when there may be more. */
export async function fillWaitingLines(ctx: MutationCtx, lotId: Id<"inventoryItems">): Promise<void> {
  const lot = await ctx.db.get("inventoryItems", lotId);
  if (lot === null || availableOf(lot) === 0) return;
  const waiting = await ctx.db
    .query("bricklinkOrderItems")
    .withIndex("by_waiting", (q) => q.eq("inventoryItemId", lotId).gt("waitingSince", 0))
    .take(FILLED_PER_TRANSACTION);
  if (waiting.length === 0) return;

  const stock = openStock(ctx, { businessAccountId: lot.businessAccountId, at: Date.now() });
  for (const line of waiting) {
    if (availableOf(await stock.lot(lotId)) === 0) break;
    await fillLine(ctx, stock, line, lotId);
  }
  const isLeft = availableOf(await stock.lot(lotId)) > 0;
  await stock.commit();
  if (isLeft && waiting.length === FILLED_PER_TRANSACTION) {
    await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.waitingLines.fill, { lotId });
  }
}

/** Lines of one lot in open orders that an import counts; a lot in more orders at once than this is unheard of. */
const OPEN_LINES_MAX = 500;

/** The lines of open orders that BrickLink says came from this lot, matched or not. */
export async function openLinesOf(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  lotId: number,
): Promise<Line[]> {
  return await ctx.db
    .query("bricklinkOrderItems")
    .withIndex("by_open_lot", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("lotId", lotId).gt("openSince", 0),
    )
    .take(OPEN_LINES_MAX);
}

/** What a line holds on another lot goes back there: BrickLink says that the line came from this one. */
async function moveHere(ctx: MutationCtx, stock: Stock, line: Line, lot: Lot): Promise<void> {
  const held = line.reservedQuantity;
  if (line.inventoryItemId !== undefined && held > 0) {
    await stock.move(
      line.inventoryItemId,
      { kind: "release", onHandDelta: 0, reservedDelta: -held },
      { orderReference: line.orderId, lineReference: line._id },
    );
  }
  const order = await ctx.db.get("bricklinkOrders", line.orderId);
  if (order === null) throw new Error(`Line ${line._id} has no order.`);
  await ctx.db.patch("bricklinkOrderItems", line._id, {
    inventoryItemId: lot._id,
    location: lot.location,
    matchedBy: "sourceLot",
    reservedQuantity: 0,
    shortQuantity: line.quantity,
    waitingSince: order.firstSeenAt,
    lostPieces: undefined,
  });
  const wasUnmatched = line.matchedBy === "unmatched";
  await ctx.db.patch("bricklinkOrders", order._id, {
    unmatchedLines: order.unmatchedLines - (wasUnmatched ? 1 : 0),
    reservedQuantity: order.reservedQuantity - held,
    shortQuantity: order.shortQuantity + (wasUnmatched ? line.quantity : held),
    changedAt: Date.now(),
  });
}

/**
 * Gives open lines the lot that has now been imported for them, if they have none or took another's goods, and shows
 * them where it lies. They wait for its stock like any short line.
 */
export async function adoptLines(
  ctx: MutationCtx,
  stock: Stock,
  lot: Lot,
  lines: readonly Line[],
): Promise<void> {
  for (const line of lines) {
    if (line.inventoryItemId !== lot._id) await moveHere(ctx, stock, line, lot);
    else if (line.location !== lot.location) {
      await ctx.db.patch("bricklinkOrderItems", line._id, { location: lot.location });
    }
  }
}

export const fill = internalMutation({
  args: { lotId: v.id("inventoryItems") },
  returns: v.null(),
  handler: async (ctx, { lotId }) => {
    await fillWaitingLines(ctx, lotId);
    return null;
  },
});
