/**
 * Which lots an import cannot count, because an order that requires them changed after the import listed them: the listing had
 * deducted what the order required before.
 */
import type { Id } from "../../_generated/dataModel";
import type { QueryCtx } from "../../_generated/server";

/** Changed orders, and lines of them, that are read in one transaction. An import's round takes a minute or so. */
const ORDERS_MAX = 100;
const LINES_MAX = 2_000;

/** A list is written within minutes. A change later than this was stored while the clock was ahead. */
export const WRITTEN_WITHIN_MS = 60 * 60_000;

/**
 * The marketplace's ids of the lots of which orders require other quantities than at `since` (milliseconds UTC); "all" when it
 * is not known which, because an order lost lines or too many changed. An order that was first stored since then changes
 * nothing: its lines are not counted.
 */
export async function lotsWithChangedDemand(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  since: number,
): Promise<ReadonlySet<number> | "all"> {
  const orders = await ctx.db
    .query("bricklinkOrders")
    .withIndex("by_demand_changed", (q) =>
      q
        .eq("businessAccountId", businessAccountId)
        .gte("demandChangedAt", since)
        .lte("demandChangedAt", since + WRITTEN_WITHIN_MS),
    )
    .take(ORDERS_MAX);
  if (orders.length === ORDERS_MAX) return "all";
  const lotIds = new Set<number>();
  let linesLeft = LINES_MAX;
  for (const { _id, firstSeenAt, linesRemovedAt = 0 } of orders) {
    if (firstSeenAt >= since) continue;
    if (linesRemovedAt >= since) return "all";
    const lines = await ctx.db
      .query("bricklinkOrderItems")
      .withIndex("by_order", (q) => q.eq("orderId", _id))
      .take(linesLeft);
    linesLeft -= lines.length;
    if (linesLeft === 0) return "all";
    for (const { lotId } of lines) lotIds.add(lotId);
  }
  return lotIds;
}
