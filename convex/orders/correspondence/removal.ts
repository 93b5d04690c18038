/** Removes what was written about an order: what a buyer writes is their personal data and goes with the rest of it. */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalMutation, type MutationCtx } from "../../_generated/server";
import { MESSAGES_PER_ORDER_MAX } from "./merge";

/** Of each order there is one in each direction; more would be a marketplace's mistake. */
export const FEEDBACK_PER_ORDER_MAX = 20;

/**
 * Schedules the removal of an order's messages, and of its feedback where its buyer is forgotten: feedback is public and has no end
 * of its own. Each order has a transaction of its own, because its messages can be long.
 */
export async function scheduleRemoval(
  ctx: MutationCtx,
  orderId: Id<"bricklinkOrders">,
  includesFeedback: boolean,
): Promise<void> {
  const message = await ctx.db
    .query("orderMessages")
    .withIndex("by_order", (q) => q.eq("orderId", orderId))
    .first();
  if (message === null && !includesFeedback) return;
  await ctx.scheduler.runAfter(0, internal.orders.correspondence.removal.remove, {
    orderId,
    includesFeedback,
  });
}

/** Removes an order's messages with their mark, and its feedback where that is asked for. */
export const remove = internalMutation({
  args: { orderId: v.id("bricklinkOrders"), includesFeedback: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { orderId, includesFeedback }) => {
    const messages = await ctx.db
      .query("orderMessages")
      .withIndex("by_order", (q) => q.eq("orderId", orderId))
      .take(MESSAGES_PER_ORDER_MAX);
    for (const { _id } of messages) await ctx.db.delete("orderMessages", _id);
    const unread = await ctx.db
      .query("unreadMessages")
      .withIndex("by_order", (q) => q.eq("orderId", orderId))
      .unique();
    if (unread) await ctx.db.delete("unreadMessages", unread._id);
    if (!includesFeedback) return null;
    const feedback = await ctx.db
      .query("orderFeedback")
      .withIndex("by_order", (q) => q.eq("orderId", orderId))
      .take(FEEDBACK_PER_ORDER_MAX);
    for (const { _id } of feedback) await ctx.db.delete("orderFeedback", _id);
    return null;
  },
});
