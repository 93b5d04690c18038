/** How many orders of each status a store has, updated by the transaction that changes an order. */
import { v, type Infer } from "convex/values";
import type { Id } from "../_generated/dataModel";
import { query, type MutationCtx, type QueryCtx } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { tabValidator, type Tab } from "./tabs";

type StatusAndTab = { status: string; tab: Tab };
type StatusCount = StatusAndTab & { count: number };

/**
 * Rows over which a store's orders are counted, by their number. Two orders that change at one moment write the same row, and
 * Convex retries one of them, in a sixteenth of the cases; of four, none needs more than three retries.
 */
const SHARDS = 16;

/** The counts after one order changed its status. `from` undefined: the order is new. Zero counts are dropped. */
function countsAfter(
  byStatus: readonly StatusCount[],
  from: string | undefined,
  { status, tab }: StatusAndTab,
): StatusCount[] {
  const counts = new Map(byStatus.map((entry) => [entry.status, entry]));
  const leaving = from === undefined ? undefined : counts.get(from);
  if (leaving) counts.set(leaving.status, { ...leaving, count: leaving.count - 1 });
  counts.set(status, { status, tab, count: (counts.get(status)?.count ?? 0) + 1 });
  return [...counts.values()].filter(({ count }) => count > 0);
}

/** Counts one order's change of status. Call it in the transaction that changes the order. */
export async function countOrder(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
  from: string | undefined,
  to: StatusAndTab,
): Promise<void> {
  if (from === to.status) return;
  const shard = orderNumber % SHARDS;
  const stored = await ctx.db
    .query("orderCounts")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId).eq("shard", shard))
    .unique();
  const byStatus = countsAfter(stored?.byStatus ?? [], from, to);
  if (stored) await ctx.db.patch("orderCounts", stored._id, { byStatus });
  else await ctx.db.insert("orderCounts", { businessAccountId, shard, byStatus });
}

/** The counts of all rows of a store, added up per status. */
async function countsOf(ctx: QueryCtx, businessAccountId: Id<"businessAccounts">): Promise<StatusCount[]> {
  const rows = await ctx.db
    .query("orderCounts")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .take(SHARDS);
  const counts = new Map<string, StatusCount>();
  for (const entry of rows.flatMap(({ byStatus }) => byStatus)) {
    const count = (counts.get(entry.status)?.count ?? 0) + entry.count;
    counts.set(entry.status, { ...entry, count });
  }
  return [...counts.values()];
}

const countsValidator = v.object({
  toPack: v.number(),
  problem: v.number(),
  shipped: v.number(),
  cancelled: v.number(),
  all: v.number(),
  byStatus: v.array(v.object({ status: v.string(), tab: tabValidator, count: v.number() })),
});

/** How many orders each tab and each status has. */
export const get = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: countsValidator,
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "orders.counts.get");
    const byStatus = await countsOf(ctx, businessAccountId);
    const counts: Infer<typeof countsValidator> = {
      toPack: 0,
      problem: 0,
      shipped: 0,
      cancelled: 0,
      all: 0,
      byStatus,
    };
    for (const { tab, count } of byStatus) {
      counts[tab] += count;
      counts.all += count;
    }
    return counts;
  },
});
