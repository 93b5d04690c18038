/** Events per hour, for a chart. Clients read it once in a while, not live: every event would run it again. */
import { v, type Infer } from "convex/values";
import type { Doc } from "../../../_generated/dataModel";
import { query } from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { bucketIndexOf, requireBuckets } from "../../../lib/timeBuckets";

/** Newest events counted. `isCut` tells a store with more that its oldest bars are incomplete. */
const EVENTS_MAX = 2_000;

/** A mean from events at BrickLink to their arrival, in milliseconds; null where none can be told. */
const delayValidator = v.union(v.number(), v.null());

/** How events of one way arrived. */
const arrivalValidator = v.object({ count: v.number(), delayMs: delayValidator });

const eventBucketValidator = v.object({
  startsAt: v.number(),
  webhook: v.number(),
  poll: v.number(),
  reconcile: v.number(),
  delayMs: v.object({ webhook: delayValidator, poll: delayValidator }),
  done: v.number(),
  waiting: v.number(),
  failed: v.number(),
});

type Notification = Doc<"bricklinkNotifications">;
type Way = "webhook" | "poll" | "reconcile";
type State = "done" | "waiting" | "failed";

/** Events that came one way. Those with another source were caused by people here. */
function cameBy(events: readonly Notification[], way: Way): Notification[] {
  return events.filter(({ source }) => source === way);
}

function meanDelayMs(events: readonly Notification[]): number | null {
  if (events.length === 0) return null;
  const delays = events.map(({ occurredAt, receivedAt }) => Math.max(0, receivedAt - occurredAt));
  return Math.round(delays.reduce((sum, delay) => sum + delay, 0) / delays.length);
}

function stateOf({ status, nextAttemptAt }: Notification): State {
  if (status === "completed") return "done";
  return status === "failed" && nextAttemptAt === undefined ? "failed" : "waiting";
}

function bucketOf(startsAt: number, events: readonly Notification[]): Infer<typeof eventBucketValidator> {
  const byCallback = cameBy(events, "webhook");
  const byPoll = cameBy(events, "poll");
  const countIn = (state: State) => events.filter((event) => stateOf(event) === state).length;
  return {
    startsAt,
    webhook: byCallback.length,
    poll: byPoll.length,
    reconcile: cameBy(events, "reconcile").length,
    delayMs: { webhook: meanDelayMs(byCallback), poll: meanDelayMs(byPoll) },
    done: countIn("done"),
    waiting: countIn("waiting"),
    failed: countIn("failed"),
  };
}

/** A comparison finds differences and not events, so that it does not know since when they are there. */
function arrivalOf(events: readonly Notification[], way: Way): Infer<typeof arrivalValidator> {
  const came = cameBy(events, way);
  return { count: came.length, delayMs: way === "reconcile" ? null : meanDelayMs(came) };
}

/**
 * Events per hour in which they were received, by the way in which they came and by their present state, and how long each way took,
 * in each hour and on the whole. `hours`: when each hour starts, milliseconds UTC, ascending. Throws ConvexError `bucketsInvalid`.
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
    const byBucket = hours.map((): Notification[] => []);
    for (const event of found) byBucket[bucketIndexOf(hours, event.receivedAt)]?.push(event);
    return {
      buckets: hours.map((startsAt, index) => bucketOf(startsAt, byBucket[index] ?? [])),
      arrivals: {
        webhook: arrivalOf(found, "webhook"),
        poll: arrivalOf(found, "poll"),
        reconcile: arrivalOf(found, "reconcile"),
      },
      isCut: found.length === EVENTS_MAX,
    };
  },
});
