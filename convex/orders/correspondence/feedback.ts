/** Feedback on orders: the buyer's about the store, and the store's about the buyer. It is public at the marketplace. */
import { v } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import { query, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { findOrder } from "../apply/applySnapshot";
import { isBuyerForgotten } from "../personalData";
import { FEEDBACK_PER_ORDER_MAX } from "./removal";
import { boundedFeedback, feedbackValidator, type Feedback } from "./schema";

type StoredFeedback = Doc<"orderFeedback">;

async function storedFeedbackOf(ctx: QueryCtx, orderId: Id<"bricklinkOrders">): Promise<StoredFeedback[]> {
  return await ctx.db
    .query("orderFeedback")
    .withIndex("by_order", (q) => q.eq("orderId", orderId))
    .take(FEEDBACK_PER_ORDER_MAX);
}

function sentFeedback(stored: StoredFeedback): Feedback {
  const { feedbackId, direction, rating, comment, ratedAt, reply } = stored;
  return { feedbackId, direction, rating, comment, ratedAt, ...(reply !== undefined && { reply }) };
}

/** The feedback on an order, oldest first. */
export async function feedbackOf(ctx: QueryCtx, orderId: Id<"bricklinkOrders">): Promise<Feedback[]> {
  const stored = await storedFeedbackOf(ctx, orderId);
  return stored.map(sentFeedback).sort((a, b) => a.ratedAt - b.ratedAt);
}

/** Whether the store has left feedback for the order's buyer. */
export async function isFeedbackGiven(ctx: QueryCtx, orderId: Id<"bricklinkOrders">): Promise<boolean> {
  return (await storedFeedbackOf(ctx, orderId)).some(({ direction }) => direction === "given");
}

function isSame(a: Feedback, b: Feedback): boolean {
  return (
    a.direction === b.direction &&
    a.rating === b.rating &&
    a.comment === b.comment &&
    a.ratedAt === b.ratedAt &&
    a.reply === b.reply
  );
}

/**
 * Stores feedback on an order by difference. `isWhole`: it is all that there is, so that what is stored beside it was taken back.
 * Returns whether anything changed. Of a buyer who was forgotten nothing is stored.
 */
export async function storeFeedback(
  ctx: MutationCtx,
  order: Doc<"bricklinkOrders">,
  sent: readonly Feedback[],
  isWhole: boolean,
): Promise<boolean> {
  if (isBuyerForgotten(order)) return false;
  const { _id: orderId, businessAccountId } = order;
  const storedById = new Map((await storedFeedbackOf(ctx, orderId)).map((row) => [row.feedbackId, row]));
  let isChanged = false;
  for (const feedback of sent.slice(0, FEEDBACK_PER_ORDER_MAX).map(boundedFeedback)) {
    const stored = storedById.get(feedback.feedbackId);
    storedById.delete(feedback.feedbackId);
    if (stored && isSame(sentFeedback(stored), feedback)) continue;
    const fields = { businessAccountId, orderId, ...feedback };
    if (stored) await ctx.db.replace("orderFeedback", stored._id, fields);
    else await ctx.db.insert("orderFeedback", fields);
    isChanged = true;
  }
  if (!isWhole) return isChanged;
  for (const { _id } of storedById.values()) await ctx.db.delete("orderFeedback", _id);
  return isChanged || storedById.size > 0;
}

/** The feedback on an order, oldest first. Empty for an order that this store does not have. */
export const forOrder = query({
  args: { businessAccountId: v.id("businessAccounts"), orderNumber: v.number() },
  returns: v.array(feedbackValidator),
  handler: async (ctx, { businessAccountId, orderNumber }) => {
    await requireMember(ctx, businessAccountId, "orders.correspondence.feedback.forOrder");
    const order = await findOrder(ctx, businessAccountId, orderNumber);
    return order === null ? [] : await feedbackOf(ctx, order._id);
  },
});
