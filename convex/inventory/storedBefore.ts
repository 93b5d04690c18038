/** Search texts that lots stored by an earlier version lack. A cron fills them after the update; it then finds nothing to do. */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import { internalMutation } from "../_generated/server";
import { replaceLotSearchText } from "./search";

/** Lots filled in one transaction: some 600 reads and writes of the 16,000 that Convex allows. */
const BATCH_SIZE = 200;

/** Fills the search texts of lots that have none, some at a time, until all have one. */
export const fill = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const lots = await ctx.db
      .query("inventoryItems")
      .withIndex("by_search_text", (q) => q.eq("hasSearchText", undefined))
      .take(BATCH_SIZE);
    for (const lot of lots) {
      await replaceLotSearchText(ctx, lot._id, lot);
      await ctx.db.patch("inventoryItems", lot._id, { hasSearchText: true });
    }
    if (lots.length > 0) await ctx.scheduler.runAfter(0, internal.inventory.storedBefore.fill, {});
    return null;
  },
});
