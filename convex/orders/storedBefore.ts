/** Fields that orders stored by an earlier version lack. A cron fills them after the update; it then finds nothing to do. */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import { internalMutation } from "../_generated/server";
import { linesOf } from "./apply/applySnapshot";
import { patchOrder } from "./patchOrder";
import { pickCountsOf } from "./picking/pickQuantities";
import { storeSearchText } from "./search";

/** Orders filled in one transaction. Each may have thousands of lines to read, of the 32,000 documents that Convex allows. */
const BATCH_SIZE = 4;

/** Fills what follows from an order and its lines, of orders that have no stage, a few at a time, until all have one. */
export const fill = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const orders = await ctx.db
      .query("bricklinkOrders")
      .withIndex("by_stage", (q) => q.eq("stage", undefined))
      .take(BATCH_SIZE);
    for (const order of orders) {
      const lines = await linesOf(ctx, order._id);
      await patchOrder(ctx, order, pickCountsOf(lines));
      await storeSearchText(ctx, order._id, order, lines);
    }
    if (orders.length > 0) await ctx.scheduler.runAfter(0, internal.orders.storedBefore.fill, {});
    return null;
  },
});
