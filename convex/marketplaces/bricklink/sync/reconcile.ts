/**
 * Compares BrickLink's whole list of orders with the stored ones, in both directions. It finds orders whose callback was never
 * sent and whose notification was lost after it was read. One call per store, whatever its size. How a pass runs is here;
 * what counts as a difference is in orderDifferences.ts.
 */
import { ConvexError, v } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { internalAction, internalMutation, mutation, type ActionCtx } from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { recordDeed } from "../../../accounts/deeds";
import { chunks } from "../../../lib/collections";
import { isLeaseHeld } from "../../../lib/timeGates";
import { openTabs } from "../../../orders/tabs";
import { failureValidator, toResult, type Failure } from "../api/failure";
import type { OrderSummary } from "../api/orderStatus";
import { storeClientFor } from "../connection/client";
import {
  activeCredential,
  requireActiveCredential,
  storePageArgs,
  visitActiveStores,
} from "../connection/credentials";
import { encryptedKeysValidator } from "../connection/encryption";
import { callActivityFor, findCallActivity } from "../limits/activity";
import { BUSY_RETRY_MS, leasesWithout, permitUpkeep, upkeepRefusal } from "../limits/permission";
import { recordFailedCall, recordSuccessfulUpkeep } from "../queue/recovery";
import type { Problem } from "../schema";
import { ORDERS_PER_MUTATION } from "./orderDifferences";

/** How often the cron compares: 96 of a day's 5,000 calls. */
export const RECONCILE_INTERVAL_MINUTES = 15;

/** One call of at most 45 s and a mutation per 500 orders, with room to spare. */
const LEASE_MS = 5 * 60_000;

/**
 * Takes the store's lease and counts the call; null when another run holds it, the store is paused or calls are short. Where four
 * calls are in flight, the pass is scheduled again.
 */
export const claimReconcile = internalMutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.union(v.null(), v.object({ encryptedKeys: encryptedKeysValidator, startedAt: v.number() })),
  handler: async (ctx, { businessAccountId }) => {
    const now = Date.now();
    const credential = await activeCredential(ctx, businessAccountId);
    if (credential === null) return null;
    const { leases } = await callActivityFor(ctx, businessAccountId);
    if (isLeaseHeld(leases.reconcile, now)) return null;
    const upkeep = { kind: "reconcile" as const, count: 1, leaseMs: LEASE_MS };
    const permission = await permitUpkeep(ctx, businessAccountId, upkeep, now);
    if (permission.ok) return { encryptedKeys: credential.encryptedKeys, startedAt: now };
    if (permission.reason === "busy") {
      await ctx.scheduler.runAfter(
        BUSY_RETRY_MS,
        internal.marketplaces.bricklink.sync.reconcile.reconcileOrders,
        {
          businessAccountId,
        },
      );
    }
    return null;
  },
});

/** Ends a pass, with the failure that ended it early or the number of list entries that could not be read. */
export const finishReconcile = internalMutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    /** Milliseconds UTC. */
    startedAt: v.number(),
    failure: v.optional(failureValidator),
    unreadable: v.number(),
  },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, startedAt, failure, unreadable }) => {
    const now = Date.now();
    const activity = await callActivityFor(ctx, businessAccountId);
    await ctx.db.patch("callActivity", activity._id, {
      leases: leasesWithout(activity, "reconcile"),
      reconcileError: reconcileErrorOf(failure, unreadable, now),
      ...(failure === undefined && { lastReconciledAt: now }),
      ...(failure === undefined &&
        (activity.comparisonDueSince ?? 0) < startedAt && { comparisonDueSince: undefined }),
    });
    if (failure) await recordFailedCall(ctx, businessAccountId, failure);
    else await recordSuccessfulUpkeep(ctx, businessAccountId);
    return null;
  },
});

const refusals = {
  circuitOpen:
    "BrickLink has failed too often to be asked now. It is asked again by itself within minutes, and the orders are compared then.",
  outOfCalls: "The day's calls to BrickLink are nearly used up. What is left is kept for new orders.",
};

/**
 * Compares the orders of a store now, because a person asks. Throws ConvexError `notConnected`, `alreadyRunning` while a comparison
 * runs, and `circuitOpen` or `outOfCalls` while BrickLink is not to be called.
 */
export const compareNow = mutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.sync.reconcile.compareNow",
    );
    await requireActiveCredential(ctx, businessAccountId);
    const activity = await findCallActivity(ctx, businessAccountId);
    if (isLeaseHeld(activity?.leases.reconcile, Date.now())) {
      throw new ConvexError({
        code: "alreadyRunning",
        message: "The order lists are being compared already.",
      });
    }
    const code = await upkeepRefusal(ctx, businessAccountId, Date.now());
    if (code !== null) throw new ConvexError({ code, message: refusals[code] });
    await recordDeed(ctx, member, { action: "listsCompared", subject: { kind: "run" } });
    await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.sync.reconcile.reconcileOrders, {
      businessAccountId,
    });
    return null;
  },
});

function reconcileErrorOf(
  failure: Failure | undefined,
  unreadable: number,
  at: number,
): (Problem & { at: number }) | undefined {
  if (failure !== undefined) {
    const { retryAfterMs: _retryAfterMs, ...problem } = failure;
    return { ...problem, at };
  }
  return unreadable > 0 ? { code: "unreadableOrders", count: unreadable, at } : undefined;
}

/** Enqueues what the list has and the store has not, and open orders that the list no longer has. */
async function enqueueAllDifferences(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  startedAt: number,
  listed: readonly OrderSummary[],
): Promise<void> {
  const { enqueueDifferences, listOpenOrders, enqueueUnlisted } =
    internal.marketplaces.bricklink.sync.orderDifferences;
  for (const part of chunks(listed, ORDERS_PER_MUTATION)) {
    await ctx.runMutation(enqueueDifferences, { businessAccountId, startedAt, listed: part });
  }
  const numbers = new Set(listed.map(({ orderNumber }) => orderNumber));
  for (const tab of openTabs) {
    let after = 0;
    for (;;) {
      const open = await ctx.runQuery(listOpenOrders, { businessAccountId, startedAt, tab, after });
      const missing = open.orderNumbers.filter((orderNumber) => !numbers.has(orderNumber));
      if (missing.length > 0) {
        await ctx.runMutation(enqueueUnlisted, { businessAccountId, startedAt, orderNumbers: missing });
      }
      if (open.next === null) break;
      after = open.next;
    }
  }
}

/** Compares the orders of one store. */
export const reconcileOrders = internalAction({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    const work = await ctx.runMutation(internal.marketplaces.bricklink.sync.reconcile.claimReconcile, {
      businessAccountId,
    });
    if (work === null) return null;
    const pass = await toResult(async () => {
      const client = await storeClientFor(businessAccountId, work.encryptedKeys);
      const listed = await client.getOrders();
      if (listed.ok)
        await enqueueAllDifferences(ctx, businessAccountId, work.startedAt, listed.value.entries);
      return listed;
    });
    await ctx.runMutation(internal.marketplaces.bricklink.sync.reconcile.finishReconcile, {
      businessAccountId,
      startedAt: work.startedAt,
      unreadable: pass.ok ? pass.value.unreadable : 0,
      ...(!pass.ok && { failure: pass.failure }),
    });
    return null;
  },
});

/** Schedules a comparison for every active store, spread over the interval. */
export const reconcileAllStores = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { reconcileAllStores: next } = internal.marketplaces.bricklink.sync.reconcile;
    await visitActiveStores(ctx, cursor, next, (businessAccountId, share) =>
      ctx.scheduler.runAfter(
        Math.floor(share * RECONCILE_INTERVAL_MINUTES * 60_000),
        internal.marketplaces.bricklink.sync.reconcile.reconcileOrders,
        { businessAccountId },
      ),
    );
    return null;
  },
});
