/**
 * Starts due work that nothing else started. Convex runs an action at most once, so a crashed fetch is found by its
 * lease. Each store is started in a transaction of its own, so none waits for another.
 */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import { internalMutation } from "../../../_generated/server";
import { storePageArgs, visitActiveStores } from "../connection/credentials";
import { closeCircuit } from "../limits/storeActivity";
import { claimDueWork, hasDueWork } from "./claim";

/** Schedules `claimStoreWork` for every active store that has due work. */
export const sweep = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const now = Date.now();
    const { sweep: next, claimStoreWork: start } = internal.marketplaces.bricklink.queue.sweep;
    await visitActiveStores(ctx, cursor, next, async (businessAccountId) => {
      if (await hasDueWork(ctx, businessAccountId, now)) {
        await ctx.scheduler.runAfter(0, start, { businessAccountId });
      }
    });
    return null;
  },
});

/** Claims one store's due work. `hasBricklinkAnswered`: BrickLink has just answered the store, which closes its circuit. */
export const claimStoreWork = internalMutation({
  args: { businessAccountId: v.id("businessAccounts"), hasBricklinkAnswered: v.optional(v.boolean()) },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, hasBricklinkAnswered = false }) => {
    if (hasBricklinkAnswered) await closeCircuit(ctx, businessAccountId);
    await claimDueWork(ctx, businessAccountId);
    return null;
  },
});
