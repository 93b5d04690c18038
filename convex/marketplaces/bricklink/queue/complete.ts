/** How a notification's processing ends: completed, failed until the next attempt, or failed for good. */
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../../_generated/server";
import type { Failure } from "../api/failure";
import type { Problem } from "../schema";
import type { Notification } from "./enqueue";
import { setQueueFlag } from "../limits/activity";
import { isStoreWide } from "../limits/circuitBreaker";
import { recordFailedCall, recordFetchedOrder } from "./recovery";
import { nextAttemptDelayMs, retryabilityOf } from "./retryPolicy";
import { statusAfter, type NotificationStep, type Outcome } from "./states";

/** Pending repeats of one order that are completed together. Further ones are fetched again, which changes nothing. */
const COALESCED_MAX = 200;

/** The notification without lease and due time. */
export function withoutLease(notification: Notification) {
  const { nextAttemptAt: _due, leaseExpiresAt: _lease, jobId: _job, ...rest } = notification;
  return rest;
}

const stepFor: Record<Outcome, NotificationStep> = {
  applied: "complete",
  superseded: "complete",
  coalesced: "coalesce",
  noted: "note",
};

/** Completes one notification. The failure of an earlier attempt stays with it. `at`: milliseconds UTC. */
export async function complete(
  ctx: MutationCtx,
  notification: Notification,
  outcome: Outcome,
  at: number,
): Promise<void> {
  await ctx.db.replace("bricklinkNotifications", notification._id, {
    ...withoutLease(notification),
    status: statusAfter(notification.status, stepFor[outcome]),
    outcome,
    processedAt: at,
  });
}

/**
 * Records a failure. fail: an attempt failed. giveUp: the notification was claimed as often as it may be without an answer.
 * Without `nextAttemptAt` the failure is final. Times in milliseconds UTC.
 */
export async function recordFailure(
  ctx: MutationCtx,
  notification: Notification,
  step: "fail" | "giveUp",
  failure: Problem,
  now: number,
  nextAttemptAt?: number,
): Promise<void> {
  await ctx.db.replace("bricklinkNotifications", notification._id, {
    ...withoutLease(notification),
    status: statusAfter(notification.status, step),
    failure,
    failedAt: now,
    ...(nextAttemptAt !== undefined && { nextAttemptAt }),
  });
}

/** The notification if the run with this lease still holds it; null when another run has claimed it since. */
export async function findUnderLease(
  ctx: QueryCtx,
  notificationId: Id<"bricklinkNotifications">,
  leaseExpiresAt: number,
): Promise<Notification | null> {
  const notification = await ctx.db.get("bricklinkNotifications", notificationId);
  const isHeld = notification?.status === "processing" && notification.leaseExpiresAt === leaseExpiresAt;
  return isHeld ? notification : null;
}

/**
 * Completes a fetched notification together with every one of the same order that was received before the fetch began, since
 * the fetch saw what they announced. `fetchStartedAt`: milliseconds UTC.
 */
export async function completeFetched(
  ctx: MutationCtx,
  notification: Notification,
  outcome: "applied" | "superseded",
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
  await recordFetchedOrder(ctx, notification.businessAccountId);
}

/** Records a failed attempt and schedules the next one, or none when it was the last. */
export async function fail(ctx: MutationCtx, notification: Notification, failure: Failure): Promise<void> {
  const now = Date.now();
  const { retryAfterMs, ...problem } = failure;
  const { _id: notificationId, businessAccountId, attempts } = notification;
  const { failingSince = now } = notification;
  const circuitBreaker = await recordFailedCall(ctx, businessAccountId, failure);
  const failed = {
    attempt: attempts,
    retryable: retryabilityOf(failure.code),
    failingForMs: now - failingSince,
    isOutage: circuitBreaker?.openUntil !== undefined,
    retryAfterMs,
  };
  const delay = nextAttemptDelayMs(failed, Math.random());
  const nextAttemptAt = delay === undefined ? undefined : now + delay;
  await recordFailure(ctx, { ...notification, failingSince }, "fail", problem, now, nextAttemptAt);
  if (nextAttemptAt !== undefined) {
    await ctx.scheduler.runAt(
      nextAttemptAt,
      internal.marketplaces.bricklink.notifications.processNotification,
      { notificationId },
    );
    if (isStoreWide(failure.code)) await setQueueFlag(ctx, businessAccountId, "hasStoreWideFailures", true);
  }
}
