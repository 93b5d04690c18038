/**
 * The safety net. Convex runs an action at most once, so a fetch that died is found by its lease. Whatever is due and
 * was not started is started here, store by store, so that no store waits for another.
 */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import { internalMutation } from "../../_generated/server";
import { pageOfActiveStores, storePageArgs } from "./credentials";
import { hasDueWork, startDueWork } from "./notificationStore";

export const sweep = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { stores, nextCursor } = await pageOfActiveStores(ctx, cursor);
    for (const businessAccountId of stores) {
      if (await hasDueWork(ctx, businessAccountId, Date.now())) {
        await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.sweep.startStore, {
          businessAccountId,
        });
      }
    }
    if (nextCursor !== null) {
      await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.sweep.sweep, { cursor: nextCursor });
    }
    return null;
  },
});

/** Starts one store's due work. */
export const startStore = internalMutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    await startDueWork(ctx, businessAccountId);
    return null;
  },
});
