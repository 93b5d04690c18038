/** Which notifications are processed now: each is claimed under a lease, as far as the store may call BrickLink. */
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import type { MutationCtx } from "../../../_generated/server";
import { activeCredential } from "../connection/credentials";
import type { EncryptedKeys } from "../connection/encryption";
import { callActivityFor, findQueueState, setQueueFlag } from "../limits/activity";
import { stateOf } from "../limits/circuitBreaker";
import {
  claimedNotifications,
  claimedWrites,
  IN_FLIGHT_MAX,
  ordersInFlightMax,
  permitCorrespondence,
  permitOrder,
} from "../limits/permission";
import { claimDueWrites } from "../outbox/claim";
import { recordFailure, withoutLease } from "./complete";
import type { Notification } from "./enqueue";
import { nextFailedForStore } from "./recovery";
import { ATTEMPTS_MAX } from "./retryPolicy";
import { isClaimable, LEASE_MS, NEXT_ATTEMPT_MAX_MS, statusAfter } from "./states";

/** Due notifications read of each status: as many as can be fetched at once, and some that are being fetched already. */
const DUE_READ_FEW = 2 * IN_FLIGHT_MAX;

/** Due notifications read where there are not enough orders among the few. */
const DUE_READ_MAX = 50;

/** Due notifications, the longest due first. `isFull`: there may be more of them. */
type Due = { due: Notification[]; isFull: boolean };

/** A store's due notifications, pending and failed ones, at most `count` of each. */
async function dueNotifications(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
  count: number,
): Promise<Due> {
  const withStatus = (status: "pending" | "failed", after: number, until: number) =>
    ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_business_due", (q) =>
        q
          .eq("businessAccountId", businessAccountId)
          .eq("status", status)
          .gt("nextAttemptAt", after)
          .lte("nextAttemptAt", until),
      )
      .take(count);
  const due = await Promise.all([
    withStatus("pending", 0, Number.POSITIVE_INFINITY),
    withStatus("failed", 0, now),
    // Set by a clock that was ahead.
    withStatus("failed", now + NEXT_ATTEMPT_MAX_MS, Number.POSITIVE_INFINITY),
  ]);
  return {
    due: due.flat().sort((a, b) => (a.nextAttemptAt ?? 0) - (b.nextAttemptAt ?? 0)),
    isFull: due.some((page) => page.length === count),
  };
}

/** Due notifications among which are enough orders to fetch beside those in flight, as far as there are. */
async function dueBeside(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  inFlight: readonly Notification[],
  now: number,
): Promise<Due> {
  const few = await dueNotifications(ctx, businessAccountId, now, DUE_READ_FEW);
  const orders = oneForEachSubject(few.due.filter(isOrder), inFlight, IN_FLIGHT_MAX);
  if (!few.isFull || orders.length === IN_FLIGHT_MAX) return few;
  return await dueNotifications(ctx, businessAccountId, now, DUE_READ_MAX);
}

/** Schedules the fetch of what a notification announces, under its lease. */
async function scheduleFetch(
  ctx: MutationCtx,
  { _id: notificationId, businessAccountId, eventType, resourceId }: Notification,
  encryptedKeys: EncryptedKeys,
  leaseExpiresAt: number,
): Promise<Id<"_scheduled_functions">> {
  const { notifications, correspondence } = internal.marketplaces.bricklink;
  const work = { notificationId, leaseExpiresAt, businessAccountId, encryptedKeys };
  return eventType === "Order"
    ? await ctx.scheduler.runAfter(0, notifications.processOrderNotification, {
        ...work,
        orderNumber: resourceId,
      })
    : await ctx.scheduler.runAfter(0, correspondence.process.processCorrespondence, {
        ...work,
        eventType,
        resourceId,
      });
}

/** Claims one notification: a lease, one more attempt, and its fetch scheduled. The caller counts its calls. */
async function claim(
  ctx: MutationCtx,
  notification: Notification,
  encryptedKeys: EncryptedKeys,
  now: number,
): Promise<void> {
  const leaseExpiresAt = now + LEASE_MS;
  const jobId = await scheduleFetch(ctx, notification, encryptedKeys, leaseExpiresAt);
  await ctx.db.replace("bricklinkNotifications", notification._id, {
    ...withoutLease(notification),
    status: statusAfter(notification.status, "claim"),
    attempts: notification.attempts + 1,
    leaseExpiresAt,
    jobId,
  });
}

/** Fails notifications that crashed too often. Returns the others. */
async function giveUpCrashed(
  ctx: MutationCtx,
  candidates: readonly Notification[],
  now: number,
): Promise<Notification[]> {
  const left: Notification[] = [];
  for (const notification of candidates) {
    const { attempts } = notification;
    if (notification.status === "processing" && attempts >= ATTEMPTS_MAX) {
      await recordFailure(ctx, notification, "giveUp", { code: "crashed", count: attempts }, now);
    } else {
      left.push(notification);
    }
  }
  return left;
}

function isOrder({ eventType }: Notification): boolean {
  return eventType === "Order";
}

/** What two notifications have in common that one fetch serves: the same kind of event about the same number. */
function subjectOf({ eventType, resourceId }: Notification): string {
  return `${eventType} ${resourceId}`;
}

/** The first notification of each subject that is not in flight already, orders before messages and feedback, at most `count`. */
function oneForEachSubject(
  candidates: readonly Notification[],
  inFlight: readonly Notification[],
  count: number,
): Notification[] {
  const taken = new Set(inFlight.map(subjectOf));
  const free = candidates.filter((notification) => {
    const subject = subjectOf(notification);
    if (taken.has(subject)) return false;
    taken.add(subject);
    return true;
  });
  const ordersFirst = [...free.filter(isOrder), ...free.filter((notification) => !isOrder(notification))];
  return ordersFirst.slice(0, Math.max(0, count));
}

/**
 * Claims as many of the candidates, orders first, as may be fetched beside those in flight. A notification whose subject is in
 * flight stays due: that fetch, or the one after it, serves it. While the circuit is open or no calls are left, all of them
 * stay due and no attempt is counted; they are started when that is over. Returns whether some were left, and how many were
 * given up.
 */
async function claimAmong(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  candidates: readonly Notification[],
  inFlight: readonly Notification[],
  now: number,
): Promise<{ areSomeLeft: boolean; givenUp: number }> {
  const credential = await activeCredential(ctx, businessAccountId);
  if (credential === null) return { areSomeLeft: candidates.length > 0, givenUp: 0 };
  const toFetch = await giveUpCrashed(ctx, candidates, now);
  const givenUp = candidates.length - toFetch.length;
  if (toFetch.length === 0) return { areSomeLeft: false, givenUp };
  const activity = await callActivityFor(ctx, businessAccountId);
  const { circuitBreaker } = (await findQueueState(ctx, businessAccountId)) ?? {};
  const writes = await claimedWrites(ctx, businessAccountId, now);
  const places = ordersInFlightMax(activity, circuitBreaker, now) - inFlight.length - writes.inFlight.length;
  let { callHours, outOfCallsUntil } = activity;
  let claimed = 0;
  for (const notification of oneForEachSubject(toFetch, inFlight, places)) {
    const permit = isOrder(notification) ? permitOrder : permitCorrespondence;
    const permission = permit(callHours, circuitBreaker, now);
    if (!permission.ok) {
      // Messages and feedback leave the last calls of a day to orders, which then do not wait.
      if (permission.reason === "outOfCalls" && isOrder(notification)) outOfCallsUntil = permission.until;
      break;
    }
    callHours = permission.callHours;
    outOfCallsUntil = undefined;
    await claim(ctx, notification, credential.encryptedKeys, now);
    claimed += 1;
  }
  if (callHours !== activity.callHours || outOfCallsUntil !== activity.outOfCallsUntil) {
    await ctx.db.patch("callActivity", activity._id, { callHours, outOfCallsUntil });
  }
  return { areSomeLeft: claimed < toFetch.length, givenUp };
}

/**
 * Claims a store's due work: writes, then notifications, the longest due first. While the circuit is half open, one call finds out whether BrickLink is back: in
 * turn an order and a poll, so that orders which fail alone do not keep the store from polls, and an order that waits for its retry
 * where none is due.
 */
export async function claimDueWork(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<void> {
  const now = Date.now();
  const areWritesLeft = await claimDueWrites(ctx, businessAccountId);
  const { inFlight, abandoned } = await claimedNotifications(ctx, businessAccountId, now);
  const { due, isFull } = await dueBeside(ctx, businessAccountId, inFlight, now);
  const candidates = [...abandoned, ...due];
  const { circuitBreaker } = (await findQueueState(ctx, businessAccountId)) ?? {};
  if (stateOf(circuitBreaker, now) === "halfOpen" && inFlight.length === 0) {
    const isPollNext = (circuitBreaker?.failures ?? 0) % 2 === 0;
    const waiting = candidates.length > 0 ? null : await nextFailedForStore(ctx, businessAccountId, now);
    if (waiting && waiting.dueAt <= now) {
      const { notification } = waiting;
      await ctx.db.patch("bricklinkNotifications", notification._id, { nextAttemptAt: now });
      candidates.push({ ...notification, nextAttemptAt: now });
    }
    if (isPollNext || candidates.length === 0) {
      await ctx.scheduler.runAfter(
        0,
        internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness,
        { businessAccountId, cause: "probe" },
      );
      if (candidates.length > 0 || areWritesLeft) {
        await setQueueFlag(ctx, businessAccountId, "hasWaitingWork", true);
      }
      return;
    }
  }
  const { areSomeLeft, givenUp } = await claimAmong(ctx, businessAccountId, candidates, inFlight, now);
  await setQueueFlag(ctx, businessAccountId, "hasWaitingWork", areSomeLeft || isFull || areWritesLeft);
  // What is given up ends without a call, whose end would start the rest.
  if (isFull && givenUp > 0) {
    await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.queue.sweep.claimStoreWork, {
      businessAccountId,
    });
  }
}

/**
 * Claims one notification if it is due and the store may fetch one more; otherwise the next call to end starts it. A message or
 * feedback does not take a place for which others wait, because they may be orders.
 */
export async function claimNotification(
  ctx: MutationCtx,
  notificationId: Id<"bricklinkNotifications">,
): Promise<void> {
  const now = Date.now();
  const notification = await ctx.db.get("bricklinkNotifications", notificationId);
  if (notification === null || !isClaimable(notification, now)) return;
  const { businessAccountId } = notification;
  if (!isOrder(notification)) {
    const state = await findQueueState(ctx, businessAccountId);
    if (state?.hasWaitingWork === true) return;
  }
  const { inFlight } = await claimedNotifications(ctx, businessAccountId, now);
  const { areSomeLeft } = await claimAmong(ctx, businessAccountId, [notification], inFlight, now);
  if (areSomeLeft) await setQueueFlag(ctx, businessAccountId, "hasWaitingWork", true);
}
