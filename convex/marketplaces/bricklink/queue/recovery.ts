/**
 * What follows a call to BrickLink: the store's circuit breaker, and the work that waited for the call's end or for BrickLink to
 * be back. Once an order is fetched, everything of the store that failed for a store-wide reason becomes due, so that no order waits
 * for a retry that was set during an outage. A poll that succeeds proves less, since BrickLink can answer polls and no orders: it
 * makes one of them due.
 */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../../../_generated/server";
import { isRecent } from "../../../lib/timeGates";
import type { Failure } from "../api/failure";
import { findQueueState, setCircuitBreaker, setQueueFlag, type QueueState } from "../limits/activity";
import { breakerAfterFailure, isStoreWide, type CircuitBreaker } from "../limits/circuitBreaker";
import type { Notification } from "./enqueue";

/** Failed notifications brought forward in one transaction. */
const PAGE_SIZE = 200;

/**
 * An order that has failed is not tried again sooner than this, however many others succeed: one that fails alone costs at most
 * twenty calls an hour until its failure is final.
 */
const SPACING_MS = 3 * 60_000;

/**
 * Attempts that a notification keeps when it is brought forward, since failures of the store's connection say nothing of the order:
 * the next delay of its own is half an hour.
 */
const ATTEMPTS_KEPT = 3;

function broughtForward({ attempts }: Notification, dueAt: number) {
  return { nextAttemptAt: dueAt, attempts: Math.min(attempts, ATTEMPTS_KEPT) };
}

/** Failed notifications read to find one that failed for a store-wide reason. */
const FAILED_READ_MAX = 20;

const { queue, notifications, sync } = internal.marketplaces.bricklink;

/** Claims the due work of a store at a time, milliseconds UTC. */
export async function startWork(ctx: MutationCtx, businessAccountId: Id<"businessAccounts">, at: number) {
  await ctx.scheduler.runAt(at, queue.sweep.claimStoreWork, { businessAccountId });
}

/**
 * Records that a call failed, and returns the circuit breaker. When it opens, the store's due work is scheduled for the time at
 * which it is half open; otherwise work that waited for this call's end starts.
 */
export async function recordFailedCall(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  failure: Failure,
): Promise<CircuitBreaker | undefined> {
  const now = Date.now();
  const state = await findQueueState(ctx, businessAccountId);
  const before = state?.circuitBreaker;
  const circuitBreaker = breakerAfterFailure(before, failure, now);
  if (circuitBreaker !== before) await setCircuitBreaker(ctx, businessAccountId, circuitBreaker);
  const openUntil = circuitBreaker?.openUntil;
  if (openUntil !== undefined && openUntil !== before?.openUntil) {
    await startWork(ctx, businessAccountId, openUntil);
  } else if (state?.hasWaitingWork === true) {
    await startWork(ctx, businessAccountId, now);
  }
  return circuitBreaker;
}

/** Closes the circuit, and starts work that waited for the call's end. Returns the state before. */
async function recordAnswer(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<QueueState | null> {
  const state = await findQueueState(ctx, businessAccountId);
  if (state === null) return null;
  if (state.circuitBreaker !== undefined) {
    await setCircuitBreaker(ctx, businessAccountId, undefined);
    // Callbacks of the outage may be lost.
    if (state.circuitBreaker.openUntil !== undefined) await schedulePoll(ctx, businessAccountId);
  }
  if (state.hasWaitingWork) await startWork(ctx, businessAccountId, Date.now());
  return state;
}

/** Records that an order was fetched: whatever failed for a store-wide reason becomes due. */
export async function recordFetchedOrder(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<void> {
  const state = await recordAnswer(ctx, businessAccountId);
  if (state?.hasStoreWideFailures !== true) return;
  await scheduleBringForward(ctx, businessAccountId, false);
}

/** Records that a poll, a comparison or an import was answered: one order that failed for a store-wide reason becomes due. */
export async function recordSuccessfulUpkeep(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<void> {
  const state = await recordAnswer(ctx, businessAccountId);
  if (state?.hasStoreWideFailures !== true) return;
  await ctx.scheduler.runAfter(0, queue.recovery.tryOneAgain, { businessAccountId });
}

/** Asks BrickLink for what it announced while it could not be asked. */
async function schedulePoll(ctx: MutationCtx, businessAccountId: Id<"businessAccounts">): Promise<void> {
  await ctx.scheduler.runAfter(0, notifications.pollNotificationsForBusiness, { businessAccountId });
}

async function scheduleBringForward(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  includesFinal: boolean,
): Promise<void> {
  await ctx.scheduler.runAfter(0, queue.recovery.bringForward, {
    businessAccountId,
    includesFinal,
    after: Date.now(),
  });
}

/**
 * Ends an outage at the word of a person, who has changed the keys or tested the connection: closes the circuit, and makes due
 * what failed for a store-wide reason, final failures too. A poll and a comparison of the order lists find the rest.
 */
export async function resume(ctx: MutationCtx, businessAccountId: Id<"businessAccounts">): Promise<void> {
  await setCircuitBreaker(ctx, businessAccountId, undefined);
  await scheduleBringForward(ctx, businessAccountId, true);
  await schedulePoll(ctx, businessAccountId);
  await ctx.scheduler.runAfter(0, sync.reconcile.reconcileOrders, { businessAccountId });
}

function failedForStore({ failure }: Notification): boolean {
  return isStoreWide(failure?.code ?? "");
}

/** When a failed notification may be tried again at the earliest: milliseconds UTC. */
function restedAt({ failedAt = 0 }: Notification, now: number): number {
  return isRecent(failedAt, now, SPACING_MS) ? failedAt + SPACING_MS : now;
}

/**
 * Of the notifications that failed for a store-wide reason and wait for their retry, the one that may be tried first, and when; null
 * when there is none. Times in milliseconds UTC.
 */
export async function nextFailedForStore(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<{ notification: Notification; dueAt: number } | null> {
  const failed = await ctx.db
    .query("bricklinkNotifications")
    .withIndex("by_business_due", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("status", "failed").gt("nextAttemptAt", now),
    )
    .take(FAILED_READ_MAX);
  const next = failed
    .filter(failedForStore)
    .map((notification) => ({ notification, dueAt: restedAt(notification, now) }))
    .sort((a, b) => a.dueAt - b.dueAt)[0];
  return next ?? null;
}

/** Makes one failed notification due, to see whether orders can be fetched again. */
export const tryOneAgain = internalMutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    const next = await nextFailedForStore(ctx, businessAccountId, Date.now());
    if (next === null) return null;
    const { notification, dueAt } = next;
    if ((notification.nextAttemptAt ?? 0) <= dueAt) return null;
    await ctx.db.patch("bricklinkNotifications", notification._id, broughtForward(notification, dueAt));
    await startWork(ctx, businessAccountId, dueAt);
    return null;
  },
});

/**
 * Makes a store's notifications due that failed for a store-wide reason and are to be retried later than `after` (milliseconds
 * UTC). One that failed in the last minutes becomes due after those. `includesFinal`: final failures too, and all at once.
 */
export const bringForward = internalMutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    includesFinal: v.boolean(),
    after: v.number(),
    cursor: v.optional(v.string()),
  },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, includesFinal, after, cursor = null }) => {
    const now = Date.now();
    if (cursor === null) await setQueueFlag(ctx, businessAccountId, "hasStoreWideFailures", false);
    const failed = await ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_business_due", (q) => {
        const range = q.eq("businessAccountId", businessAccountId).eq("status", "failed");
        return includesFinal ? range : range.gt("nextAttemptAt", after);
      })
      .paginate({ cursor, numItems: PAGE_SIZE });
    let latestDueAt = now;
    for (const notification of failed.page) {
      if (!failedForStore(notification)) continue;
      const dueAt = includesFinal ? now : restedAt(notification, now);
      if ((notification.nextAttemptAt ?? Number.POSITIVE_INFINITY) <= dueAt) continue;
      await ctx.db.patch("bricklinkNotifications", notification._id, broughtForward(notification, dueAt));
      latestDueAt = Math.max(latestDueAt, dueAt);
    }
    await startWork(ctx, businessAccountId, now);
    if (latestDueAt > now) await startWork(ctx, businessAccountId, latestDueAt);
    if (!failed.isDone) {
      const next = { businessAccountId, includesFinal, after, cursor: failed.continueCursor };
      await ctx.scheduler.runAfter(0, queue.recovery.bringForward, next);
    }
    return null;
  },
});
