/** Orders per day, for a chart. Clients read it once in a while, not live: every order would run it again. */
import { v, type Infer } from "convex/values";
import { query } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { bucketIndexOf, requireBuckets } from "../lib/timeBuckets";

/** Newest orders counted. `isCut` tells a store with more that its oldest bars are incomplete. */
const ORDERS_MAX = 1_000;

const orderBucketValidator = v.object({
  startsAt: v.number(),
  toPack: v.number(),
  problem: v.number(),
  shipped: v.number(),
  cancelled: v.number(),
});

/**
 * Orders per day on which they were placed, by their present tab. `days`: when each day starts in the viewer's time zone,
 * milliseconds UTC, ascending. Throws ConvexError `bucketsInvalid`.
 */
export const byDay = query({
  args: { businessAccountId: v.id("businessAccounts"), days: v.array(v.number()) },
  returns: v.object({ buckets: v.array(orderBucketValidator), isCut: v.boolean() }),
  handler: async (ctx, { businessAccountId, days }) => {
    await requireMember(ctx, businessAccountId, "orders.trends.byDay");
    requireBuckets(days);
    const found = await ctx.db
      .query("bricklinkOrders")
      .withIndex("by_ordered", (q) =>
        q.eq("businessAccountId", businessAccountId).gte("orderedAt", days[0] ?? 0),
      )
      .order("desc")
      .take(ORDERS_MAX);
    const buckets: Infer<typeof orderBucketValidator>[] = days.map((startsAt) => ({
      startsAt,
      toPack: 0,
      problem: 0,
      shipped: 0,
      cancelled: 0,
    }));
    for (const { orderedAt, tab } of found) {
      const bucket = buckets[bucketIndexOf(days, orderedAt)];
      if (bucket) bucket[tab] += 1;
    }
    return { buckets, isCut: found.length === ORDERS_MAX };
  },
});
