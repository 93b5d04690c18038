/**
 * Removes completed notifications and closed writes after 30 days, in batches. Failed notifications stay until they are retried, by staff
 * or by the comparison. What was written stays in the order itself, and who did it in the audit log.
 */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import { internalMutation } from "../../../_generated/server";

const DAY_MS = 24 * 60 * 60_000;

/** Chosen so that staff can still look up last month's orders. */
const RETAINED_FOR_MS = 30 * DAY_MS;

/** Rows removed in one transaction. */
const BATCH_SIZE = 200;

/** Removes one batch and schedules the next until none is left. */
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
          .lt("processedAt", Date.now() - RETAINED_FOR_MS),
      )
      .take(BATCH_SIZE);
    for (const { _id } of old) await ctx.db.delete("bricklinkNotifications", _id);
    if (old.length === BATCH_SIZE) {
      await ctx.scheduler.runAfter(
        0,
        internal.marketplaces.bricklink.queue.retention.removeOldNotifications,
        {},
      );
    }
    return null;
  },
});

/** Removes one batch of writes that were sent, refused, withdrawn or replaced, and schedules the next until none is left. */
export const removeOldWrites = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const old = await ctx.db
      .query("bricklinkWrites")
      .withIndex("by_closed", (q) => q.gt("closedAt", 0).lt("closedAt", Date.now() - RETAINED_FOR_MS))
      .take(BATCH_SIZE);
    for (const { _id } of old) await ctx.db.delete("bricklinkWrites", _id);
    if (old.length === BATCH_SIZE) {
      await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.queue.retention.removeOldWrites, {});
    }
    return null;
  },
});
