/**
 * Starts due work that nothing else started. Convex runs an action at most once, so a crashed fetch is found by its
 * lease. Each store is started in a transaction of its own, so none waits for another or conflicts with it.
 */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import { internalMutation } from "../../../_generated/server";
import { storePageArgs, visitActiveStores } from "../connection/credentials";
import { claimDueWork } from "./claim";

/** Schedules `claimStoreWork` for every active store. */
export const sweep = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { sweep: next, claimStoreWork: start } = internal.marketplaces.bricklink.queue.sweep;
    await visitActiveStores(ctx, cursor, next, (businessAccountId) =>
      ctx.scheduler.runAfter(0, start, { businessAccountId }),
    );
    return null;
  },
});

/** Claims one store's due work. */
export const claimStoreWork = internalMutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    await claimDueWork(ctx, businessAccountId);
    return null;
  },
});
