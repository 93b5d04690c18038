/** Events per hour, for a chart. Clients read it once in a while, not live: every event would run it again. */
import { v, type Infer } from "convex/values";
import type { Doc } from "../../../_generated/dataModel";
import { query } from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { bucketIndexOf, requireBuckets } from "../../../lib/timeBuckets";
import type { Source } from "../../../orders/schema";

/** Newest events counted. `isCut` tells a store with more that its oldest bars are incomplete. */
const EVENTS_MAX = 2_000;

/** How events of one way arrived. `delayMs`: the mean from the event at BrickLink to its arrival; null where none can be told. */
const arrivalValidator = v.object({ count: v.number(), delayMs: v.union(v.number(), v.null()) });

const eventBucketValidator = v.object({
  startsAt: v.number(),
  webhook: v.number(),
  poll: v.number(),
  reconcile: v.number(),
  done: v.number(),
  waiting: v.number(),
  failed: v.number(),
});

type Arrival = "webhook" | "poll" | "reconcile";

/** Whether an event came from BrickLink. The others people caused here. */
function isArrival(source: Source): source is Arrival {
  return source === "webhook" || source === "poll" || source === "reconcile";
}

/** A comparison finds differences and not events, so that it does not know since when they are there. */
function arrivalOf(
  found: readonly Doc<"bricklinkNotifications">[],
  way: Arrival,
): Infer<typeof arrivalValidator> {
  const delays = found.flatMap(({ source, occurredAt, receivedAt }) =>
    source === way ? [Math.max(0, receivedAt - occurredAt)] : [],
  );
  const isKnown = way !== "reconcile" && delays.length > 0;
  const sum = delays.reduce((total, delay) => total + delay, 0);
  return { count: delays.length, delayMs: isKnown ? Math.round(sum / delays.length) : null };
}

/**
 * Events per hour in which they were received, by the way in which they came and by their present state, and how long each way took. `hours`: when each hour starts, milliseconds UTC,
 * ascending. Throws ConvexError `bucketsInvalid`.
 */
export const byHour = query({
  args: { businessAccountId: v.id("businessAccounts"), hours: v.array(v.number()) },
  returns: v.object({
    buckets: v.array(eventBucketValidator),
    arrivals: v.object({ webhook: arrivalValidator, poll: arrivalValidator, reconcile: arrivalValidator }),
    isCut: v.boolean(),
  }),
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
      webhook: 0,
      poll: 0,
      reconcile: 0,
      done: 0,
      waiting: 0,
      failed: 0,
    }));
    for (const { receivedAt, status, nextAttemptAt, source } of found) {
      const bucket = buckets[bucketIndexOf(hours, receivedAt)];
      if (!bucket) continue;
      if (isArrival(source)) bucket[source] += 1;
      if (status === "completed") bucket.done += 1;
      else if (status === "failed" && nextAttemptAt === undefined) bucket.failed += 1;
      else bucket.waiting += 1;
    }
    const arrivals = {
      webhook: arrivalOf(found, "webhook"),
      poll: arrivalOf(found, "poll"),
      reconcile: arrivalOf(found, "reconcile"),
    };
    return { buckets, arrivals, isCut: found.length === EVENTS_MAX };
  },
});
