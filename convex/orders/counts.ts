/** How many orders of each status a store has, kept in step by whoever changes an order. */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";

export type StatusCount = { status: string; count: number };

export async function findCounts(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<Doc<"orderCounts"> | null> {
  return await ctx.db
    .query("orderCounts")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .unique();
}

/** The counts after one order went from a status (undefined: it is new) to another. Empty ones are left out. */
export function countsAfter(
  byStatus: readonly StatusCount[],
  from: string | undefined,
  to: string,
): StatusCount[] {
  const counts = new Map(byStatus.map(({ status, count }) => [status, count]));
  if (from !== undefined) counts.set(from, (counts.get(from) ?? 0) - 1);
  counts.set(to, (counts.get(to) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 0).map(([status, count]) => ({ status, count }));
}

/** Counts one order's change of status. Call it in the transaction that changes the order. */
export async function countOrder(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  from: string | undefined,
  to: string,
): Promise<void> {
  if (from === to) return;
  const stored = await findCounts(ctx, businessAccountId);
  if (stored) {
    await ctx.db.patch("orderCounts", stored._id, { byStatus: countsAfter(stored.byStatus, from, to) });
  } else {
    await ctx.db.insert("orderCounts", { businessAccountId, byStatus: countsAfter([], from, to) });
  }
}
