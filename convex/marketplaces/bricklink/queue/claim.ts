/** Which notifications are processed now: each is claimed under a lease, with at most four fetches of a store in flight. */
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import type { MutationCtx } from "../../../_generated/server";
import { activeCredential } from "../connection/credentials";
import { stateOf } from "../limits/circuitBreaker";
import { activityFor, permitCalls } from "../limits/storeActivity";
import { complete, recordFailure, withoutLease } from "./complete";
import type { Notification } from "./enqueue";
import { ATTEMPTS_MAX } from "./retryPolicy";
import { isClaimable, LEASE_MS, statusAfter } from "./states";

/** Fetches of one store in flight. BrickLink answers bursts with 503; about five in parallel are safe. */
const IN_FLIGHT_MAX = 4;

/** An order and its items. */
const CALLS_PER_ORDER = 2;

/** Due notifications read, to find some whose order is not being fetched already. */
const DUE_READ_MAX = 50;

/** Claimed notifications read: those in flight, and those that crashed runs may have left. */
const CLAIMED_READ_MAX = 3 * IN_FLIGHT_MAX;

/** Whether the run that holds this notification may still complete it. */
async function isRunAlive(
  ctx: MutationCtx,
  { leaseExpiresAt, jobId }: Notification,
  now: number,
): Promise<boolean> {
  if (leaseExpiresAt === undefined || leaseExpiresAt <= now) return false;
  const job = jobId === undefined ? null : await ctx.db.system.get("_scheduled_functions", jobId);
  // Convex marks an action that a crash interrupted as failed, so it is found before its lease expires.
  return job === null || job.state.kind === "pending" || job.state.kind === "inProgress";
}

/** A store's claimed notifications: those being fetched, and those whose run crashed. */
async function claimedNotifications(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<{ inFlight: Notification[]; abandoned: Notification[] }> {
  const processing = await ctx.db
    .query("bricklinkNotifications")
    .withIndex("by_business_due", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("status", "processing"),
    )
    .take(CLAIMED_READ_MAX);
  const alive = await Promise.all(processing.map((notification) => isRunAlive(ctx, notification, now)));
  return {
    inFlight: processing.filter((_, index) => alive[index]),
    abandoned: processing.filter((_, index) => !alive[index]),
  };
}

/** A store's due notifications, pending and failed ones, the longest due first. */
async function dueNotifications(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
  limit = DUE_READ_MAX,
): Promise<Notification[]> {
  const due = await Promise.all(
    (["pending", "failed"] as const).map((status) =>
      ctx.db
        .query("bricklinkNotifications")
        .withIndex("by_business_due", (q) =>
          q
            .eq("businessAccountId", businessAccountId)
            .eq("status", status)
            .gt("nextAttemptAt", 0)
            .lte("nextAttemptAt", now),
        )
        .take(limit),
    ),
  );
  return due.flat().sort((a, b) => (a.nextAttemptAt ?? 0) - (b.nextAttemptAt ?? 0));
}

/** Whether a store has work that could be claimed now. It reads a handful of documents. `now`: milliseconds UTC. */
export async function hasDueWork(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<boolean> {
  if ((await dueNotifications(ctx, businessAccountId, now, 1)).length > 0) return true;
  return (await claimedNotifications(ctx, businessAccountId, now)).abandoned.length > 0;
}

/** Claims one notification: a lease, one more attempt, and its fetch scheduled. The caller counts its calls. */
async function claim(ctx: MutationCtx, notification: Notification, now: number): Promise<void> {
  const leaseExpiresAt = now + LEASE_MS;
  const jobId = await ctx.scheduler.runAfter(
    0,
    internal.marketplaces.bricklink.notifications.processOrderNotification,
    { notificationId: notification._id, leaseExpiresAt },
  );
  await ctx.db.replace("bricklinkNotifications", notification._id, {
    ...withoutLease(notification),
    status: statusAfter(notification.status, "claim"),
    attempts: notification.attempts + 1,
    leaseExpiresAt,
    jobId,
  });
}

/** Completes notifications that need no fetch, and fails those that crashed too often. Returns the others. */
async function completeWithoutFetch(
  ctx: MutationCtx,
  candidates: readonly Notification[],
  now: number,
): Promise<Notification[]> {
  const left: Notification[] = [];
  for (const notification of candidates) {
    const { attempts } = notification;
    if (notification.eventType !== "Order") {
      await complete(ctx, notification, "noted", now);
    } else if (attempts >= ATTEMPTS_MAX) {
      await recordFailure(ctx, notification, "giveUp", { code: "crashed", count: attempts }, now);
    } else {
      left.push(notification);
    }
  }
  return left;
}

/** The first notification of each order that is not in flight already, at most `count`. */
function oneForEachOrder(
  candidates: readonly Notification[],
  inFlight: readonly Notification[],
  count: number,
): Notification[] {
  const taken = new Set(inFlight.map(({ resourceId }) => resourceId));
  const free = candidates.filter(({ resourceId }) => {
    if (taken.has(resourceId)) return false;
    taken.add(resourceId);
    return true;
  });
  return free.slice(0, Math.max(0, count));
}

/**
 * Claims as many of the candidates, in their order, as may be fetched beside those in flight. A notification whose order is in
 * flight stays due: that fetch, or the one after it, serves it. While the circuit is open or no calls are left, all of them
 * stay due and no attempt is counted; they are started when that is over.
 */
async function claimAmong(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  candidates: readonly Notification[],
  inFlight: readonly Notification[],
  now: number,
): Promise<void> {
  if ((await activeCredential(ctx, businessAccountId)) === null) return;
  const toFetch = await completeWithoutFetch(ctx, candidates, now);
  if (toFetch.length === 0) return;
  const activity = await activityFor(ctx, businessAccountId);
  const inFlightMax = stateOf(activity.circuitBreaker, now) === "halfOpen" ? 1 : IN_FLIGHT_MAX;
  let { callHours, outOfCallsUntil } = activity;
  for (const notification of oneForEachOrder(toFetch, inFlight, inFlightMax - inFlight.length)) {
    const calls = permitCalls({ ...activity, callHours }, CALLS_PER_ORDER, "orders", now);
    if (!calls.ok) {
      if (calls.isOutOfCalls) outOfCallsUntil = calls.until;
      break;
    }
    callHours = calls.callHours;
    await claim(ctx, notification, now);
  }
  if (callHours === activity.callHours && outOfCallsUntil === activity.outOfCallsUntil) return;
  await ctx.db.patch("storeActivity", activity._id, {
    callHours,
    ...(outOfCallsUntil !== undefined && { outOfCallsUntil }),
  });
}

/** Claims a store's due work, the longest due first. */
export async function claimDueWork(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<void> {
  const now = Date.now();
  const { inFlight, abandoned } = await claimedNotifications(ctx, businessAccountId, now);
  const due = await dueNotifications(ctx, businessAccountId, now);
  await claimAmong(ctx, businessAccountId, [...abandoned, ...due], inFlight, now);
}

/** Claims one notification if it is due and the store may fetch one more; otherwise the next one to finish starts it. */
export async function claimNotification(
  ctx: MutationCtx,
  notificationId: Id<"bricklinkNotifications">,
): Promise<void> {
  const now = Date.now();
  const notification = await ctx.db.get("bricklinkNotifications", notificationId);
  if (notification === null || !isClaimable(notification, now)) return;
  const { inFlight } = await claimedNotifications(ctx, notification.businessAccountId, now);
  await claimAmong(ctx, notification.businessAccountId, [notification], inFlight, now);
}
