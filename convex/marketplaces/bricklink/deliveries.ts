/** What staff do about notifications that failed. */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import { mutation } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { restart } from "./notificationStore";

/** Failures started over in one go; the button says how many remain. */
const RETRIED_AT_ONCE = 100;

/** Starts every delivery that failed for good over again. Returns how many; at most 100 at a time. */
export const retryFailed = mutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.number(),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "staff");
    const now = Date.now();
    const failed = await ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_business_due", (q) =>
        q.eq("businessAccountId", businessAccountId).eq("status", "failed").eq("nextAttemptAt", undefined),
      )
      .take(RETRIED_AT_ONCE);
    for (const notification of failed) await restart(ctx, notification, now);
    await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.sweep.startStore, { businessAccountId });
    return failed.length;
  },
});
