/**
 * The safety net. Convex runs an action at most once, so a fetch that died is found by its lease. Whatever is due and
 * was not started is started here, store by store, so that no store waits for another.
 */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../../_generated/server";
import { findActivity } from "./activity";
import { visitActiveStores, storePageArgs } from "./credentials";
import { hasDueWork, startDueWork } from "./notificationWork";

export const sweep = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const now = Date.now();
    const { sweep: next, startStore: start } = internal.marketplaces.bricklink.sweep;
    await visitActiveStores(ctx, cursor, next, async (businessAccountId) => {
      if (await hasDueWork(ctx, businessAccountId, now)) {
        await ctx.scheduler.runAfter(0, start, { businessAccountId });
      }
    });
    return null;
  },
});

/** Starts one store's due work. `isReached`: BrickLink has just answered it, so that no outage lasts. */
export const startStore = internalMutation({
  args: { businessAccountId: v.id("businessAccounts"), isReached: v.optional(v.boolean()) },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, isReached = false }) => {
    if (isReached) await endOutage(ctx, businessAccountId);
    await startDueWork(ctx, businessAccountId);
    return null;
  },
});

async function endOutage(ctx: MutationCtx, businessAccountId: Id<"businessAccounts">): Promise<void> {
  const activity = await findActivity(ctx, businessAccountId);
  if (activity?.outage !== undefined) {
    await ctx.db.patch("storeActivity", activity._id, { outage: undefined });
  }
}
