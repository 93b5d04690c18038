/** The inventory screen: lots with what waits for them, those that are short, those whose count has drifted. */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v, type Infer } from "convex/values";
import type { Id } from "../../_generated/dataModel";
import { query, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { findLots, lotRow, lotRowFields, lotsBy, lotSortValidator } from "../../inventory/lots";
import type { Lot } from "../../inventory/stock";
import { ledgerPage, ledgerRowValidator } from "./lotLedger";
import type { Line } from "./lineChanges";

/** Waiting lines added up for one row; past this many the sum says "more than". */
const WAITING_PER_LOT = 20;

/** Lines looked at for the lists of short and drifted lots, and lots shown of them. */
const LINES_SCANNED = 400;
const LOTS_SHOWN = 100;

const businessArgs = { businessAccountId: v.id("businessAccounts") };

const waitingValidator = v.object({ quantity: v.number(), isMore: v.boolean() });
const stockRowValidator = v.object({
  ...lotRowFields,
  /** Pieces that open orders still want of it. */
  waiting: waitingValidator,
  /** Pieces that went out with orders although they were never on hand here, since it was last counted. */
  drift: v.number(),
});
type StockRow = Infer<typeof stockRowValidator>;

const listValidator = v.object({ lots: v.array(stockRowValidator), isMore: v.boolean() });

async function waitingFor(ctx: QueryCtx, lotId: Id<"inventoryItems">): Promise<StockRow["waiting"]> {
  const lines = await ctx.db
    .query("bricklinkOrderItems")
    .withIndex("by_waiting", (q) => q.eq("inventoryItemId", lotId).gt("waitingSince", 0))
    .take(WAITING_PER_LOT + 1);
  const quantity = lines.slice(0, WAITING_PER_LOT).reduce((sum, line) => sum + line.shortQuantity, 0);
  return { quantity, isMore: lines.length > WAITING_PER_LOT };
}

async function stockRow(ctx: QueryCtx, lot: Lot, drift = 0): Promise<StockRow> {
  return { ...lotRow(lot), waiting: await waitingFor(ctx, lot._id), drift };
}

async function stockRows(ctx: QueryCtx, lots: readonly Lot[]): Promise<StockRow[]> {
  return await Promise.all(lots.map((lot) => stockRow(ctx, lot)));
}

/** A page of all lots in the chosen order. */
export const list = query({
  args: { ...businessArgs, sort: lotSortValidator, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(stockRowValidator),
  handler: async (ctx, { businessAccountId, sort, paginationOpts }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const result = await lotsBy(ctx, businessAccountId, sort).paginate(paginationOpts);
    return { ...result, page: await stockRows(ctx, result.page) };
  },
});

/** Lots whose part number, bin or name begins with what was typed. */
export const find = query({
  args: { ...businessArgs, search: v.string() },
  returns: listValidator,
  handler: async (ctx, { businessAccountId, search }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const { lots, isMore } = await findLots(ctx, businessAccountId, search);
    return {
      lots: await stockRows(ctx, lots.slice(0, LOTS_SHOWN)),
      isMore: isMore || lots.length > LOTS_SHOWN,
    };
  },
});

/** Lots of matched lines, each once, in the lines' order. */
async function lotsOf(ctx: QueryCtx, lines: readonly Line[]): Promise<{ lots: Lot[]; isMore: boolean }> {
  const ids = [...new Set(lines.map((line) => line.inventoryItemId))].filter((id) => id !== undefined);
  const lots = await Promise.all(ids.slice(0, LOTS_SHOWN).map((id) => ctx.db.get("inventoryItems", id)));
  return {
    lots: lots.filter((lot) => lot !== null),
    isMore: ids.length > LOTS_SHOWN || lines.length === LINES_SCANNED,
  };
}

/** Lots that open orders wait for, the longest waited for first. */
export const short = query({
  args: businessArgs,
  returns: listValidator,
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const lines = await ctx.db
      .query("bricklinkOrderItems")
      .withIndex("by_business_waiting", (q) =>
        q.eq("businessAccountId", businessAccountId).gt("waitingSince", 0),
      )
      .take(LINES_SCANNED);
    const { lots, isMore } = await lotsOf(ctx, lines);
    return { lots: await stockRows(ctx, lots), isMore };
  },
});

async function driftedLines(ctx: QueryCtx, businessAccountId: Id<"businessAccounts">): Promise<Line[]> {
  return await ctx.db
    .query("bricklinkOrderItems")
    .withIndex("by_shipped_without", (q) =>
      q.eq("businessAccountId", businessAccountId).gt("shippedWithoutStock", 0),
    )
    .order("desc")
    .take(LINES_SCANNED);
}

/** Pieces of a lot that went out without being on hand, since it was last counted. */
async function driftOf(ctx: QueryCtx, lot: Lot, lines: readonly Line[]): Promise<number> {
  let drift = 0;
  for (const line of lines) {
    if (line.inventoryItemId !== lot._id) continue;
    const order = await ctx.db.get("bricklinkOrders", line.orderId);
    const shippedAt = order?.shipping.shippedAt ?? order?.statusChangedAt ?? line._creationTime;
    if (shippedAt > (lot.countedAt ?? 0)) drift += line.shippedWithoutStock;
  }
  return drift;
}

/** Lots that orders took more from than was there: their count is wrong until somebody counts or imports. */
export const drift = query({
  args: businessArgs,
  returns: listValidator,
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const lines = await driftedLines(ctx, businessAccountId);
    const { lots, isMore } = await lotsOf(ctx, lines);
    const rows = await Promise.all(
      lots.map(async (lot) => await stockRow(ctx, lot, await driftOf(ctx, lot, lines))),
    );
    return { lots: rows.filter((row) => row.drift > 0), isMore };
  },
});

/** One lot; null when this store has none of that id. */
export const get = query({
  args: { ...businessArgs, lotId: v.string() },
  returns: v.union(v.null(), stockRowValidator),
  handler: async (ctx, { businessAccountId, lotId }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const id = ctx.db.normalizeId("inventoryItems", lotId);
    const lot = id === null ? null : await ctx.db.get("inventoryItems", id);
    if (lot?.businessAccountId !== businessAccountId) return null;
    const lines = await driftedLines(ctx, businessAccountId);
    return await stockRow(ctx, lot, await driftOf(ctx, lot, lines));
  },
});

/** A page of one lot's ledger in words, newest first. Of another store's lot there is nothing. */
export const ledger = query({
  args: { ...businessArgs, lotId: v.id("inventoryItems"), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(ledgerRowValidator),
  handler: async (ctx, { businessAccountId, lotId, paginationOpts }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const lot = await ctx.db.get("inventoryItems", lotId);
    if (lot?.businessAccountId !== businessAccountId) return { page: [], isDone: true, continueCursor: "" };
    return await ledgerPage(ctx, lotId, paginationOpts);
  },
});
