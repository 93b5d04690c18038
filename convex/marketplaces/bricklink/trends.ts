/** Orders by day and events by hour, for the charts. Read once in a while, not live: every order would run it anew. */
import { ConvexError, v, type Infer } from "convex/values";
import { query } from "../../_generated/server";
import { requireMember } from "../../accounts/access";

/** Newest orders and events counted; a store with more sees that its oldest bars are not whole. */
const ORDERS_MAX = 1_000;
const EVENTS_MAX = 2_000;

/** A month of days or two days of hours. */
const BUCKETS_MAX = 48;

const orderBucketValidator = v.object({
  startsAt: v.number(),
  toPack: v.number(),
  problem: v.number(),
  shipped: v.number(),
  cancelled: v.number(),
});
const eventBucketValidator = v.object({
  startsAt: v.number(),
  done: v.number(),
  waiting: v.number(),
  failed: v.number(),
});

/** The place of the last bucket that starts at or before `at`; -1 when it lies before all. `starts` ascend. */
export function bucketOf(starts: readonly number[], at: number): number {
  return starts.findLastIndex((startsAt) => startsAt <= at);
}

function requireBuckets(starts: readonly number[]): void {
  const isAscending = starts.every((start, index) => index === 0 || start > (starts[index - 1] ?? start));
  if (starts.length === 0 || starts.length > BUCKETS_MAX || !isAscending) {
    throw new ConvexError({
      code: "bucketsInvalid",
      message: `Ask for 1 to ${BUCKETS_MAX} ascending times.`,
    });
  }
}

/** Orders by the day they were placed, and how they stand now. `days`: when each begins, in the viewer's zone. */
export const orders = query({
  args: { businessAccountId: v.id("businessAccounts"), days: v.array(v.number()) },
  returns: v.object({ buckets: v.array(orderBucketValidator), isCut: v.boolean() }),
  handler: async (ctx, { businessAccountId, days }) => {
    await requireMember(ctx, businessAccountId, "viewer");
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
      const bucket = buckets[bucketOf(days, orderedAt)];
      if (bucket) bucket[tab] += 1;
    }
    return { buckets, isCut: found.length === ORDERS_MAX };
  },
});

/** Events by the hour they arrived, and how they stand now. `hours`: when each begins. */
export const events = query({
  args: { businessAccountId: v.id("businessAccounts"), hours: v.array(v.number()) },
  returns: v.object({ buckets: v.array(eventBucketValidator), isCut: v.boolean() }),
  handler: async (ctx, { businessAccountId, hours }) => {
    await requireMember(ctx, businessAccountId, "viewer");
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
      const bucket = buckets[bucketOf(hours, receivedAt)];
      if (!bucket) continue;
      if (status === "completed") bucket.done += 1;
      else if (status === "failed" && nextAttemptAt === undefined) bucket.failed += 1;
      else bucket.waiting += 1;
    }
    return { buckets, isCut: found.length === EVENTS_MAX };
  },
});
