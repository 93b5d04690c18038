/** How a notification's processing ends: completed, failed until the next attempt, or failed for good. */
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../../_generated/server";
import type { Failure, FailureCode } from "../api/failure";
import type { Problem } from "../schema";
import type { Notification } from "./enqueue";
import { setQueueFlag } from "../limits/activity";
import { isStoreWide } from "../limits/circuitBreaker";
import { recordFailedCall, recordFetchedOrder } from "./recovery";
import { nextAttemptDelayMs, retryabilityOf } from "./retryPolicy";
import { LEASE_MS, statusAfter, type NotificationStep, type Outcome } from "./states";

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
  fetched: "complete",
  coalesced: "coalesce",
  noted: "note",
};

/**
 * Failures that say that what was asked for is not there, or not for us. For an order, which BrickLink announced by its number, they
 * are failures. For messages and feedback they are an answer to what their undocumented number stands for.
 */
const notHere: readonly FailureCode[] = ["notFound", "forbidden", "rejected", "orderMissing"];

export function isAboutWhatIsNotHere(code: FailureCode): boolean {
  return notHere.includes(code);
}

/**
 * Completes one notification. The failure of an earlier attempt stays with it. `at`: milliseconds UTC. `orderNumber`: of the order
 * with which fetched messages or feedback are stored.
 */
export async function complete(
  ctx: MutationCtx,
  notification: Notification,
  outcome: Outcome,
  at: number,
  orderNumber?: number,
): Promise<void> {
  await ctx.db.replace("bricklinkNotifications", notification._id, {
    ...withoutLease(notification),
    status: statusAfter(notification.status, stepFor[outcome]),
    outcome,
    processedAt: at,
    ...(orderNumber !== undefined && { orderNumber }),
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
 * Completes a fetched notification together with every one of the same event and order that was received before the fetch began,
 * since the fetch saw what they announced. `fetchStartedAt`: milliseconds UTC. `orderNumber`: as for `complete`.
 */
export async function completeFetched(
  ctx: MutationCtx,
  notification: Notification,
  outcome: "applied" | "superseded" | "fetched" | "noted",
  fetchStartedAt: number,
  orderNumber?: number,
): Promise<void> {
  const now = Date.now();
  await complete(ctx, notification, outcome, now, orderNumber);
  const outcomeOfOthers = outcome === "noted" ? outcome : "coalesced";
  await completeOthers(ctx, notification, outcomeOfOthers, fetchStartedAt, orderNumber);
  await recordFetchedOrder(ctx, notification.businessAccountId);
}

/** Completes the waiting notifications of the same event and number that were received before a time, milliseconds UTC. */
async function completeOthers(
  ctx: MutationCtx,
  notification: Notification,
  outcome: "coalesced" | "noted",
  receivedBefore: number,
  orderNumber?: number,
): Promise<void> {
  const now = Date.now();
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
      if (other._id === notification._id || other.receivedAt >= receivedBefore) continue;
      await complete(ctx, other, outcome, now, orderNumber);
    }
  }
}

/**
 * Records a failed attempt and schedules the next one, or none when it was the last. Messages and feedback that are not to be had are
 * noted then: a person reads them at BrickLink, and nobody can mend anything.
 */
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
  if (notification.eventType !== "Order" && isAboutWhatIsNotHere(failure.code)) {
    // However often a number is announced that stands for nothing here, it is asked for twice.
    const { leaseExpiresAt = now } = notification;
    await completeOthers(ctx, notification, "coalesced", leaseExpiresAt - LEASE_MS);
    if (delay === undefined) {
      await complete(ctx, notification, "noted", now);
      return;
    }
  }
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
