/**
 * Comparing BrickLink's whole list of orders with ours, both ways: what finds an order when its callback was never sent
 * and the read of its notification was lost. One call, whatever the store's size. What a pass does is here; what differs
 * is decided in orderDifferences.ts.
 */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalAction, internalMutation, type ActionCtx } from "../../_generated/server";
import { activityFor, outagePatch, permitCalls } from "./activity";
import { chunks } from "./chunks";
import { activeCredential, visitActiveStores, storeClientFor, storePageArgs } from "./credentials";
import { failureValidator, withoutThrowing } from "./failure";
import { ORDERS_PER_MUTATION } from "./orderDifferences";
import { openTabs } from "./orderStatus";
import { sealedValidator } from "./schema";
import type { OrderSummary } from "./snapshot";

export const RECONCILE_INTERVAL_MINUTES = 15;

const LEASE_MS = 5 * 60_000;

/** Takes the pass's lease and counts its call; null when there is nothing to do now. */
export const claimReconcile = internalMutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.union(v.null(), v.object({ sealedKeys: sealedValidator, startedAt: v.number() })),
  handler: async (ctx, { businessAccountId }) => {
    const now = Date.now();
    const credential = await activeCredential(ctx, businessAccountId);
    if (credential === null) return null;
    const activity = await activityFor(ctx, businessAccountId);
    const calls = permitCalls(activity, 1, "upkeep", now);
    if (!calls.ok || (activity.reconcileLeaseExpiresAt ?? 0) > now) return null;
    await ctx.db.patch("storeActivity", activity._id, {
      callHours: calls.callHours,
      reconcileLeaseExpiresAt: now + LEASE_MS,
    });
    return { sealedKeys: credential.sealedKeys, startedAt: now };
  },
});

export const finishReconcile = internalMutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    failure: v.optional(failureValidator),
    unreadable: v.number(),
  },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, failure, unreadable }) => {
    const now = Date.now();
    const activity = await activityFor(ctx, businessAccountId);
    const trouble = failure ?? (unreadable > 0 ? unreadableOrders(unreadable) : undefined);
    await ctx.db.patch("storeActivity", activity._id, {
      reconcileLeaseExpiresAt: undefined,
      reconcileError: trouble && { code: trouble.code, message: trouble.message, at: now },
      ...(failure ? await outagePatch(ctx, activity, failure, now) : { lastReconciledAt: now }),
    });
    return null;
  },
});

function unreadableOrders(count: number) {
  const message = `BrickLink's list has ${count} orders that could not be read. Tell us; their callbacks still bring them in.`;
  return { code: "malformed", message };
}

/** What a list tells and ours does not say, either way round. */
async function recordAll(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  startedAt: number,
  listed: readonly OrderSummary[],
): Promise<void> {
  const { recordDifferences, listOpenOrders, recordMissing } =
    internal.marketplaces.bricklink.orderDifferences;
  for (const part of chunks(listed, ORDERS_PER_MUTATION)) {
    await ctx.runMutation(recordDifferences, { businessAccountId, startedAt, listed: part });
  }
  const numbers = new Set(listed.map(({ orderNumber }) => orderNumber));
  for (const tab of openTabs) {
    let after = 0;
    for (;;) {
      const open = await ctx.runQuery(listOpenOrders, { businessAccountId, startedAt, tab, after });
      const missing = open.orderNumbers.filter((orderNumber) => !numbers.has(orderNumber));
      if (missing.length > 0) {
        await ctx.runMutation(recordMissing, { businessAccountId, startedAt, orderNumbers: missing });
      }
      if (open.next === null) break;
      after = open.next;
    }
  }
}

/** One pass over one store. */
export const reconcileOrders = internalAction({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    const work = await ctx.runMutation(internal.marketplaces.bricklink.reconcile.claimReconcile, {
      businessAccountId,
    });
    if (work === null) return null;
    const pass = await withoutThrowing(async () => {
      const client = await storeClientFor(businessAccountId, work.sealedKeys);
      const listed = await client.getOrders();
      if (listed.ok) await recordAll(ctx, businessAccountId, work.startedAt, listed.value.entries);
      return listed;
    });
    await ctx.runMutation(internal.marketplaces.bricklink.reconcile.finishReconcile, {
      businessAccountId,
      unreadable: pass.ok ? pass.value.unreadable : 0,
      ...(!pass.ok && { failure: pass.failure }),
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
