/**
 * What follows a call to BrickLink: the store's circuit breaker, and the work that waited for the call's end or for BrickLink to
 * be back. When calls work again, everything of the store that failed for a store-wide reason becomes due at once, so that no
 * order waits for a retry that was set during the outage.
 */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../../../_generated/server";
import type { Failure } from "../api/failure";
import { findQueueState, setCircuitBreaker } from "../limits/activity";
import { breakerAfterFailure, isStoreWide } from "../limits/circuitBreaker";
import { ATTEMPTS_MAX } from "./retryPolicy";

/** Failed notifications brought forward in one transaction. */
const PAGE_SIZE = 200;

/** After a single failure, which is none of the store's connection, the one order keeps its retry. */
const FAILURES_OF_OUTAGE_MIN = 2;

const { sweep, recovery } = internal.marketplaces.bricklink.queue;

/**
 * Records that a call failed. When the circuit opens, the store's due work is scheduled for the time at which it is half open;
 * otherwise work that waited for this call's end starts.
 */
export async function recordFailedCall(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  failure: Failure,
): Promise<void> {
  const state = await findQueueState(ctx, businessAccountId);
  const before = state?.circuitBreaker;
  const circuitBreaker = breakerAfterFailure(before, failure, Date.now());
  if (circuitBreaker !== before) await setCircuitBreaker(ctx, businessAccountId, circuitBreaker);
  const openUntil = circuitBreaker?.openUntil;
  if (openUntil !== undefined && openUntil !== before?.openUntil) {
    await ctx.scheduler.runAt(openUntil, sweep.claimStoreWork, { businessAccountId });
  } else if (state?.hasWaitingWork === true) {
    await ctx.scheduler.runAfter(0, sweep.claimStoreWork, { businessAccountId });
  }
}

/** Records that BrickLink answered a call as documented: closes the circuit, and starts what waited for that. */
export async function recordSuccessfulCall(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<void> {
  const state = await findQueueState(ctx, businessAccountId);
  if (state === null) return;
  const { circuitBreaker, hasWaitingWork } = state;
  if (circuitBreaker !== undefined) {
    await setCircuitBreaker(ctx, businessAccountId, undefined);
    if (circuitBreaker.failures >= FAILURES_OF_OUTAGE_MIN) {
      const wasOpen = circuitBreaker.openUntil !== undefined;
      await ctx.scheduler.runAfter(0, recovery.bringForward, { businessAccountId, includesFinal: wasOpen });
      if (wasOpen) await schedulePoll(ctx, businessAccountId);
    }
  }
  if (hasWaitingWork) await ctx.scheduler.runAfter(0, sweep.claimStoreWork, { businessAccountId });
}

/** Asks BrickLink for what it announced while it could not be asked. */
async function schedulePoll(ctx: MutationCtx, businessAccountId: Id<"businessAccounts">): Promise<void> {
  await ctx.scheduler.runAfter(
    0,
    internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness,
    { businessAccountId },
  );
}

/**
 * Ends an outage at the word of a person, who has changed the keys or tested the connection: closes the circuit, and makes due
 * what failed for a store-wide reason, final failures too. A poll and a comparison of the order lists find the rest.
 */
export async function resume(ctx: MutationCtx, businessAccountId: Id<"businessAccounts">): Promise<void> {
  await setCircuitBreaker(ctx, businessAccountId, undefined);
  await ctx.scheduler.runAfter(0, recovery.bringForward, { businessAccountId, includesFinal: true });
  await schedulePoll(ctx, businessAccountId);
  await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.sync.reconcile.reconcileOrders, {
    businessAccountId,
  });
}

/**
 * Makes a store's notifications due that failed for a store-wide reason. `includesFinal`: those whose failure is final too, which
 * get one more attempt. The attempts of the others stay: an order that fails while others succeed must come to an end.
 */
export const bringForward = internalMutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    includesFinal: v.boolean(),
    cursor: v.optional(v.string()),
  },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, includesFinal, cursor = null }) => {
    const now = Date.now();
    const failed = await ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_business_due", (q) =>
        q.eq("businessAccountId", businessAccountId).eq("status", "failed"),
      )
      .paginate({ cursor, numItems: PAGE_SIZE });
    for (const notification of failed.page) {
      const { _id, failure, nextAttemptAt, attempts } = notification;
      const isFinal = nextAttemptAt === undefined;
      if (!isStoreWide(failure?.code ?? "") || (isFinal && !includesFinal)) continue;
      if (!isFinal && nextAttemptAt <= now) continue;
      await ctx.db.patch("bricklinkNotifications", _id, {
        nextAttemptAt: now,
        attempts: Math.min(attempts, ATTEMPTS_MAX - 1),
      });
    }
    await ctx.scheduler.runAfter(0, sweep.claimStoreWork, { businessAccountId });
    if (!failed.isDone) {
      await ctx.scheduler.runAfter(0, recovery.bringForward, {
        businessAccountId,
        includesFinal,
        cursor: failed.continueCursor,
      });
    }
    return null;
  },
});
