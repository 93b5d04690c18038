/** Completed notifications have served after a while: they are removed, a batch at a time. Failed ones stay. */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import { internalMutation } from "../../_generated/server";

const DAY_MS = 24 * 60 * 60_000;
const KEPT_MS = 30 * DAY_MS;

/** Rows removed in one transaction. */
const BATCH = 200;

export const removeOldNotifications = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const old = await ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_status_processed", (q) =>
        q
          .eq("status", "completed")
          .gt("processedAt", 0)
          .lt("processedAt", Date.now() - KEPT_MS),
      )
      .take(BATCH);
    for (const { _id } of old) await ctx.db.delete("bricklinkNotifications", _id);
    if (old.length === BATCH) {
      await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.retention.removeOldNotifications, {});
    }
    return null;
  },
});
