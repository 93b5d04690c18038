/**
 * Comparing BrickLink's whole list of orders with ours: what finds an order when its callback was never sent and
 * the read of its notification was lost. One call, whatever the store's size.
 */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalAction, internalMutation, type MutationCtx } from "../../_generated/server";
import { activityFor, CALLS_KEPT_FOR_ORDERS, takeCalls } from "./activity";
import { activeCredential, visitActiveStores, storeClientFor, storePageArgs } from "./credentials";
import { failureValidator } from "./failure";
import { storeNotifications } from "./notificationStore";
import { findOrder } from "./orderStore";
import { phaseOf } from "./orderStatus";
import { sealedValidator } from "./schema";
import { orderSummaryValidator, type OrderSummary } from "./snapshot";

export const RECONCILE_INTERVAL_MINUTES = 15;

const LEASE_MS = 5 * 60_000;

/** Orders compared in one transaction: up to four index reads each, of 4,096 allowed. */
export const ORDERS_PER_MUTATION = 500;

type StoredOrder = { status: string; statusChangedAt?: number };

/** Whether the list knows something newer or other than what we have. */
export function differs(listed: OrderSummary, stored: StoredOrder | null): boolean {
  if (stored === null) return true;
  return (
    stored.status !== listed.status ||
    (listed.statusChangedAt !== undefined && listed.statusChangedAt !== stored.statusChangedAt)
  );
}

/** Orders that were over before the store was connected are its past, not its work. */
export function isHistory(listed: OrderSummary, connectedAt: number): boolean {
  return phaseOf(listed.status) !== "open" && listed.orderedAt < connectedAt;
}

/** Whether a notification of this order is on its way, or failed for good with nothing newer to try. */
async function isBeingSeenTo(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  listed: OrderSummary,
): Promise<boolean> {
  for (const status of ["pending", "processing", "failed"] as const) {
    const latest = await ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_resource", (q) =>
        q
          .eq("businessAccountId", businessAccountId)
          .eq("eventType", "Order")
          .eq("resourceId", listed.orderNumber)
          .eq("status", status),
      )
      .order("desc")
      .first();
    if (latest === null) continue;
    const isFinal = status === "failed" && latest.nextAttemptAt === undefined;
    if (!isFinal || latest.receivedAt >= (listed.statusChangedAt ?? 0)) return true;
  }
  return false;
}

/**
 * Makes a notification of every listed order that ours does not equal. Its time is the pass's own start: the
 * order's change time could collide with a notification completed from a stale answer, and hide the difference for
 * ever.
 */
export const recordDifferences = internalMutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    startedAt: v.number(),
    listed: v.array(orderSummaryValidator),
  },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, startedAt, listed }) => {
    const credential = await activeCredential(ctx, businessAccountId);
    if (credential === null) return null;
    const unseen: number[] = [];
    for (const summary of listed) {
      const stored = await findOrder(ctx, businessAccountId, summary.orderNumber);
      if (!differs(summary, stored)) continue;
      if (stored === null && isHistory(summary, credential.connectedAt)) continue;
      if (!(await isBeingSeenTo(ctx, businessAccountId, summary))) unseen.push(summary.orderNumber);
    }
    const events = unseen.map((resourceId) => ({
      eventType: "Order" as const,
      resourceId,
      occurredAt: startedAt,
    }));
    await storeNotifications(ctx, businessAccountId, "reconcile", events);
    return null;
  },
});

/** Takes the pass's lease and counts its call; null when there is nothing to do now. */
export const claimReconcile = internalMutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.union(v.null(), v.object({ sealedKeys: sealedValidator, startedAt: v.number() })),
  handler: async (ctx, { businessAccountId }) => {
    const now = Date.now();
    const credential = await activeCredential(ctx, businessAccountId);
    if (credential === null) return null;
    const activity = await activityFor(ctx, businessAccountId);
    const calls = takeCalls(activity, 1, now, CALLS_KEPT_FOR_ORDERS);
    if (!calls.ok || (activity.reconcileLeaseExpiresAt ?? 0) > now) return null;
    await ctx.db.patch("storeActivity", activity._id, {
      callDay: calls.window,
      reconcileLeaseExpiresAt: now + LEASE_MS,
    });
    return { sealedKeys: credential.sealedKeys, startedAt: now };
  },
});

export const finishReconcile = internalMutation({
  args: { businessAccountId: v.id("businessAccounts"), failure: v.optional(failureValidator) },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, failure }) => {
    const now = Date.now();
    const activity = await activityFor(ctx, businessAccountId);
    const { _id, _creationTime, reconcileLeaseExpiresAt: _lease, lastError: _error, ...kept } = activity;
    await ctx.db.replace("storeActivity", _id, {
      ...kept,
      ...(failure
        ? { lastError: { code: failure.code, message: failure.message, at: now } }
        : { lastReconciledAt: now }),
    });
    return null;
  },
});

/** One pass over one store. */
export const reconcileOrders = internalAction({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    const work = await ctx.runMutation(internal.marketplaces.bricklink.reconcile.claimReconcile, {
      businessAccountId,
    });
    if (work === null) return null;
    const client = await storeClientFor(businessAccountId, work.sealedKeys);
    const listed = await client.getOrders();
    for (let from = 0; listed.ok && from < listed.value.entries.length; from += ORDERS_PER_MUTATION) {
      await ctx.runMutation(internal.marketplaces.bricklink.reconcile.recordDifferences, {
        businessAccountId,
        startedAt: work.startedAt,
        listed: listed.value.entries.slice(from, from + ORDERS_PER_MUTATION),
      });
    }
    await ctx.runMutation(internal.marketplaces.bricklink.reconcile.finishReconcile, {
      businessAccountId,
      ...(!listed.ok && { failure: listed.failure }),
    });
    return null;
  },
});

/** Schedules a pass of every active store, spread over the interval. */
export const reconcileAllStores = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { reconcileAllStores: next } = internal.marketplaces.bricklink.reconcile;
    await visitActiveStores(ctx, cursor, next, (businessAccountId, share) =>
      ctx.scheduler.runAfter(
        Math.floor(share * RECONCILE_INTERVAL_MINUTES * 60_000),
        internal.marketplaces.bricklink.reconcile.reconcileOrders,
        { businessAccountId },
      ),
    );
    return null;
  },
});
