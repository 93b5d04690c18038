/**
 * Notifications at work: claimed under a lease, settled or failed, the next one started. The states and the retry
 * schedule are in notificationState.ts.
 */
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../_generated/server";
import { activityFor, takeCalls } from "./activity";
import { activeCredential } from "./credentials";
import { retryabilityOf, type Failure } from "./failure";
import { ATTEMPTS_MAX, isClaimable, LEASE_MS, nextAttemptDelayMs, type Outcome } from "./notificationState";
import type { Notification } from "./notificationStore";

/** Fetches of one store under way at once. BrickLink answers bursts with 503; about five in parallel are safe. */
const IN_FLIGHT_MAX = 4;

/** An order and its items. */
const CALLS_PER_ORDER = 2;

/** How far to look for work whose order is not being fetched already. */
const DUE_SCANNED = 50;

/** Claims looked at: those in flight, and what crashes may have left beside them. */
const CLAIMED_SCANNED = 3 * IN_FLIGHT_MAX;

/** Waiting repeats of one order completed along with it; more than this are fetched again, which harms nothing. */
const COALESCED_MAX = 200;

/** Whether the run that holds this notification may still settle it. */
async function isRunAlive(
  ctx: MutationCtx,
  { leaseExpiresAt, jobId }: Notification,
  now: number,
): Promise<boolean> {
  if (leaseExpiresAt === undefined || leaseExpiresAt <= now) return false;
  const job = jobId === undefined ? null : await ctx.db.system.get("_scheduled_functions", jobId);
  // Convex fails an action that a crash cut off, so a run that has ended without settling is known before its lease is up.
  return job === null || job.state.kind === "pending" || job.state.kind === "inProgress";
}

/** A store's notifications that a run has claimed: those being fetched, and those whose run died. */
async function claimed(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<{ inFlight: Notification[]; abandoned: Notification[] }> {
  const processing = await ctx.db
    .query("bricklinkNotifications")
    .withIndex("by_business_due", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("status", "processing"),
    )
    .take(CLAIMED_SCANNED);
  const alive = await Promise.all(processing.map((notification) => isRunAlive(ctx, notification, now)));
  return {
    inFlight: processing.filter((_, index) => alive[index]),
    abandoned: processing.filter((_, index) => !alive[index]),
  };
}

/** Due work of a store, longest waiting first: waiting, or to be tried again. */
async function dueNotifications(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
  limit = DUE_SCANNED,
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

/** Whether a store has work that a run could take now: due, or left behind by a run that died. A handful of reads. */
export async function hasDueWork(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<boolean> {
  if ((await dueNotifications(ctx, businessAccountId, now, 1)).length > 0) return true;
  return (await claimed(ctx, businessAccountId, now)).abandoned.length > 0;
}

/** The notification with neither lease nor due time. */
function released(notification: Notification) {
  const { nextAttemptAt: _due, leaseExpiresAt: _lease, jobId: _job, ...kept } = notification;
  return kept;
}

/** Completes one notification. `at`: milliseconds UTC. */
export async function complete(
  ctx: MutationCtx,
  notification: Notification,
  outcome: Outcome,
  at: number,
): Promise<void> {
  const { failure: _failure, ...kept } = released(notification);
  await ctx.db.replace("bricklinkNotifications", notification._id, {
    ...kept,
    status: "completed",
    outcome,
    processedAt: at,
  });
}

async function failForGood(
  ctx: MutationCtx,
  notification: Notification,
  failure: { code: string; message: string },
): Promise<void> {
  const kept = released(notification);
  await ctx.db.replace("bricklinkNotifications", notification._id, { ...kept, status: "failed", failure });
}

/** Puts a due notification off without using up an attempt. */
async function postpone(
  ctx: MutationCtx,
  notification: Notification,
  until: number,
  message: string,
): Promise<void> {
  await ctx.db.replace("bricklinkNotifications", notification._id, {
    ...released(notification),
    status: "pending",
    nextAttemptAt: until,
    failure: { code: "callsUsedUp", message },
  });
}

/** Takes one notification: a lease, one more attempt, its calls counted, its fetch scheduled. One transaction. */
async function claim(ctx: MutationCtx, notification: Notification, now: number): Promise<void> {
  const attempt = notification.attempts + 1;
  if (attempt > ATTEMPTS_MAX) {
    await failForGood(ctx, notification, {
      code: "crashed",
      message: `The work stopped without an answer ${notification.attempts} times. Retry, and tell us if it lasts.`,
    });
    return;
  }
  const activity = await activityFor(ctx, notification.businessAccountId);
  const calls = takeCalls(activity, CALLS_PER_ORDER, now);
  if (!calls.ok) {
    await postpone(
      ctx,
      notification,
      calls.freeAt,
      "Today's BrickLink calls are used up; this waits for new ones.",
    );
    return;
  }
  await ctx.db.patch("storeActivity", activity._id, { callDay: calls.window });
  const kept = released(notification);
  const leaseExpiresAt = now + LEASE_MS;
  const jobId = await ctx.scheduler.runAfter(
    0,
    internal.marketplaces.bricklink.notifications.processOrderNotification,
    { notificationId: notification._id, leaseExpiresAt },
  );
  await ctx.db.replace("bricklinkNotifications", notification._id, {
    ...kept,
    status: "processing",
    attempts: attempt,
    leaseExpiresAt,
    jobId,
  });
}

/**
 * Starts as many of the candidates, in their order, as may run beside what is `running`. An order that is being
 * fetched already is left waiting: that fetch, or the one after it, serves.
 */
async function startAmong(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  candidates: readonly Notification[],
  running: readonly Notification[],
  now: number,
): Promise<void> {
  if ((await activeCredential(ctx, businessAccountId)) === null) return;
  const busyOrders = new Set(running.map(({ resourceId }) => resourceId));
  let free = IN_FLIGHT_MAX - running.length;
  for (const notification of candidates) {
    if (notification.eventType !== "Order") {
      await complete(ctx, notification, "noted", now);
    } else if (free > 0 && !busyOrders.has(notification.resourceId)) {
      await claim(ctx, notification, now);
      busyOrders.add(notification.resourceId);
      free -= 1;
    }
  }
}

/** Starts a store's due work, longest waiting first, up to four fetches at once. */
export async function startDueWork(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<void> {
  const now = Date.now();
  const { inFlight, abandoned } = await claimed(ctx, businessAccountId, now);
  const due = await dueNotifications(ctx, businessAccountId, now);
  await startAmong(ctx, businessAccountId, [...abandoned, ...due], inFlight, now);
}

/** Starts one notification if it is due and the store has room; otherwise whoever finishes next starts it. */
export async function startNotification(
  ctx: MutationCtx,
  notificationId: Id<"bricklinkNotifications">,
): Promise<void> {
  const now = Date.now();
  const notification = await ctx.db.get("bricklinkNotifications", notificationId);
  if (notification === null || !isClaimable(notification, now)) return;
  const { inFlight } = await claimed(ctx, notification.businessAccountId, now);
  await startAmong(ctx, notification.businessAccountId, [notification], inFlight, now);
}

/** The notification if the run with this lease still holds it; null when another run took it since. */
export async function heldUnder(
  ctx: QueryCtx,
  notificationId: Id<"bricklinkNotifications">,
  leaseExpiresAt: number,
): Promise<Notification | null> {
  const notification = await ctx.db.get("bricklinkNotifications", notificationId);
  const isHeld = notification?.status === "processing" && notification.leaseExpiresAt === leaseExpiresAt;
  return isHeld ? notification : null;
}

/**
 * Completes a notification, and with it every one of the same order that was waiting before the fetch began: the
 * fetch saw what they told of. Then starts what waits.
 */
export async function settle(
  ctx: MutationCtx,
  notification: Notification,
  outcome: Outcome,
  fetchStartedAt: number,
): Promise<void> {
  const now = Date.now();
  await complete(ctx, notification, outcome, now);
  for (const status of ["pending", "failed"] as const) {
    const waiting = await ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_resource", (q) =>
        q
          .eq("businessAccountId", notification.businessAccountId)
          .eq("eventType", notification.eventType)
          .eq("resourceId", notification.resourceId)
          .eq("status", status),
      )
      .take(COALESCED_MAX);
    for (const other of waiting) {
      if (other.receivedAt < fetchStartedAt) await complete(ctx, other, "coalesced", now);
    }
  }
  await startDueWork(ctx, notification.businessAccountId);
}

/** Records a failed attempt and schedules the next, or none when it was the last. Then starts what waits. */
export async function fail(ctx: MutationCtx, notification: Notification, failure: Failure): Promise<void> {
  const now = Date.now();
  const { code, message, retryAfterMs } = failure;
  const delay = nextAttemptDelayMs(notification.attempts, retryabilityOf(code), Math.random(), retryAfterMs);
  await failForGood(ctx, notification, { code, message });
  if (delay !== undefined) {
    const nextAttemptAt = now + delay;
    await ctx.db.patch("bricklinkNotifications", notification._id, { nextAttemptAt });
    await ctx.scheduler.runAt(
      nextAttemptAt,
      internal.marketplaces.bricklink.notifications.processNotification,
      { notificationId: notification._id },
    );
  }
  await startDueWork(ctx, notification.businessAccountId);
}
