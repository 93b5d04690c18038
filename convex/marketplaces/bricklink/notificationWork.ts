/**
 * Notifications at work: claimed under a lease, settled or failed, the next one started. The states and the retry
 * schedule are in notificationState.ts.
 */
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../_generated/server";
import { activityFor, outagePatch, permitCalls } from "./activity";
import { isProbing } from "./circuit";
import { activeCredential } from "./credentials";
import { retryabilityOf, type Failure } from "./failure";
import {
  ATTEMPTS_MAX,
  isClaimable,
  LEASE_MS,
  nextAttemptDelayMs,
  statusAfter,
  type NotificationStep,
  type Outcome,
} from "./notificationState";
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

const stepTo: Record<Outcome, NotificationStep> = {
  applied: "settle",
  superseded: "settle",
  coalesced: "coalesce",
  noted: "note",
};

/** Completes one notification. What failed before stays with it, for its story. `at`: milliseconds UTC. */
export async function complete(
  ctx: MutationCtx,
  notification: Notification,
  outcome: Outcome,
  at: number,
): Promise<void> {
  await ctx.db.replace("bricklinkNotifications", notification._id, {
    ...released(notification),
    status: statusAfter(notification.status, stepTo[outcome]),
    outcome,
    processedAt: at,
  });
}

async function failForGood(
  ctx: MutationCtx,
  notification: Notification,
  step: "fail" | "giveUp",
  failure: { code: string; message: string },
  now: number,
): Promise<void> {
  await ctx.db.replace("bricklinkNotifications", notification._id, {
    ...released(notification),
    status: statusAfter(notification.status, step),
    failure,
    failedAt: now,
  });
}

/** Takes one notification: a lease, one more attempt, its fetch scheduled. Its calls are counted by the caller. */
async function claim(ctx: MutationCtx, notification: Notification, now: number): Promise<void> {
  const leaseExpiresAt = now + LEASE_MS;
  const jobId = await ctx.scheduler.runAfter(
    0,
    internal.marketplaces.bricklink.notifications.processOrderNotification,
    { notificationId: notification._id, leaseExpiresAt },
  );
  await ctx.db.replace("bricklinkNotifications", notification._id, {
    ...released(notification),
    status: statusAfter(notification.status, "claim"),
    attempts: notification.attempts + 1,
    leaseExpiresAt,
    jobId,
  });
}

/** Completes what needs no fetch and gives up what died too often; returns what is left to fetch. */
async function toFetch(
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
      const message = `The work stopped without an answer ${attempts} times. Retry, and tell us if it lasts.`;
      await failForGood(ctx, notification, "giveUp", { code: "crashed", message }, now);
    } else {
      left.push(notification);
    }
  }
  return left;
}

/** The first notifications of as many different orders as may be fetched, none of an order that is being fetched. */
function chosen(candidates: readonly Notification[], running: readonly Notification[], count: number) {
  const busyOrders = new Set(running.map(({ resourceId }) => resourceId));
  const free = candidates.filter(({ resourceId }) => {
    if (busyOrders.has(resourceId)) return false;
    busyOrders.add(resourceId);
    return true;
  });
  return free.slice(0, Math.max(0, count));
}

/**
 * Starts as many of the candidates, in their order, as may run beside what is `running`. An order that is being
 * fetched already is left waiting: that fetch, or the one after it, serves. So is everything while the store has no
 * calls left or is held back: it stays due, uses up no attempt, and is started when that is over.
 */
async function startAmong(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  candidates: readonly Notification[],
  running: readonly Notification[],
  now: number,
): Promise<void> {
  if ((await activeCredential(ctx, businessAccountId)) === null) return;
  const waiting = await toFetch(ctx, candidates, now);
  if (waiting.length === 0) return;
  const activity = await activityFor(ctx, businessAccountId);
  const atOnce = isProbing(activity.outage, now) ? 1 : IN_FLIGHT_MAX;
  let { callHours, outOfCallsUntil } = activity;
  for (const notification of chosen(waiting, running, atOnce - running.length)) {
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
  await startNext(ctx, notification.businessAccountId, true);
}

/**
 * Has what waits started in a transaction of its own: looking for it here would make every event that arrives meanwhile a
 * conflict with the whole of what this transaction does.
 */
async function startNext(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  isReached: boolean,
): Promise<void> {
  await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.sweep.startStore, {
    businessAccountId,
    isReached,
  });
}

/** Records a failed attempt and schedules the next, or none when it was the last. Then starts what waits. */
export async function fail(ctx: MutationCtx, notification: Notification, failure: Failure): Promise<void> {
  const now = Date.now();
  const { code, message, retryAfterMs } = failure;
  const { businessAccountId, attempts } = notification;
  const delay = nextAttemptDelayMs(attempts, retryabilityOf(code), Math.random(), retryAfterMs);
  await failForGood(ctx, notification, "fail", { code, message }, now);
  if (delay !== undefined) {
    const nextAttemptAt = now + delay;
    await ctx.db.patch("bricklinkNotifications", notification._id, { nextAttemptAt });
    await ctx.scheduler.runAt(
      nextAttemptAt,
      internal.marketplaces.bricklink.notifications.processNotification,
      { notificationId: notification._id },
    );
  }
  const activity = await activityFor(ctx, businessAccountId);
  const trouble = await outagePatch(ctx, activity, failure, now);
  if (trouble.outage !== activity.outage) await ctx.db.patch("storeActivity", activity._id, trouble);
  await startNext(ctx, businessAccountId, false);
}
