/** Events per hour, for a chart. Clients read it once in a while, not live: every event would run it again. */
import { v, type Infer } from "convex/values";
import { query } from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { bucketIndexOf, requireBuckets } from "../../../lib/timeBuckets";

/** Newest events counted. `isCut` tells a store with more that its oldest bars are incomplete. */
const EVENTS_MAX = 2_000;

const eventBucketValidator = v.object({
  startsAt: v.number(),
  done: v.number(),
  waiting: v.number(),
  failed: v.number(),
});

/**
 * Events per hour in which they were received, by their present state. `hours`: when each hour starts, milliseconds UTC,
 * ascending. Throws ConvexError `bucketsInvalid`.
 */
export const byHour = query({
  args: { businessAccountId: v.id("businessAccounts"), hours: v.array(v.number()) },
  returns: v.object({ buckets: v.array(eventBucketValidator), isCut: v.boolean() }),
  handler: async (ctx, { businessAccountId, hours }) => {
    await requireMember(ctx, businessAccountId, "marketplaces.bricklink.queue.trends.byHour");
    requireBuckets(hours);
    const found = await ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_received", (q) =>
        q.eq("businessAccountId", businessAccountId).gte("receivedAt", hours[0] ?? 0),
      )
      .order("desc")
      .take(EVENTS_MAX);
    const buckets: Infer<typeof eventBucketValidator>[] = hours.map((startsAt) => ({
      startsAt,
      done: 0,
      waiting: 0,
      failed: 0,
    }));
    for (const { receivedAt, status, nextAttemptAt } of found) {
      const bucket = buckets[bucketIndexOf(hours, receivedAt)];
      if (!bucket) continue;
      if (status === "completed") bucket.done += 1;
      else if (status === "failed" && nextAttemptAt === undefined) bucket.failed += 1;
      else bucket.waiting += 1;
    }
    return { buckets, isCut: found.length === EVENTS_MAX };
  },
});
