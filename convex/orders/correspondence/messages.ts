/**
 * What buyers wrote about their orders. Reading is here, answering is at the marketplace. All staff of a store share what is read: a
 * person says so with a press, because whoever opens an order to pick it has not thereby dealt with its buyer's question.
 */
import { ConvexError, v } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import { mutation, query, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { recordDeed } from "../../accounts/deeds";
import { findOrder } from "../apply/applySnapshot";
import { mayKeepPersonalData } from "../personalData";
import { mergeMessages, MESSAGES_PER_ORDER_MAX } from "./merge";
import { boundedMessage, messageValidator, type Message } from "./schema";

/** Orders with unread messages that the table marks; a store that has more has long stopped reading. */
const UNREAD_ORDERS_MAX = 500;

type StoredMessage = Doc<"orderMessages">;

/** The messages of an order, oldest first. */
export async function messagesOf(ctx: QueryCtx, orderId: Id<"bricklinkOrders">): Promise<StoredMessage[]> {
  return await ctx.db
    .query("orderMessages")
    .withIndex("by_order", (q) => q.eq("orderId", orderId))
    .take(MESSAGES_PER_ORDER_MAX);
}

/** A stored message as its marketplace sent it. */
export function sentMessage({ sentAt, from, subject, body, isCut }: StoredMessage): Message {
  return {
    sentAt,
    body,
    ...(from !== undefined && { from }),
    ...(subject !== undefined && { subject }),
    ...(isCut !== undefined && { isCut }),
  };
}

async function setUnreadCount(
  ctx: MutationCtx,
  { _id: orderId, businessAccountId, orderNumber }: Doc<"bricklinkOrders">,
  count: number,
): Promise<void> {
  const stored = await ctx.db
    .query("unreadMessages")
    .withIndex("by_order", (q) => q.eq("orderId", orderId))
    .unique();
  if ((stored?.count ?? 0) === count) return;
  if (stored === null) {
    await ctx.db.insert("unreadMessages", { businessAccountId, orderId, orderNumber, count });
  } else if (count === 0) {
    await ctx.db.delete("unreadMessages", stored._id);
  } else {
    await ctx.db.patch("unreadMessages", stored._id, { count });
  }
}

/**
 * Stores the messages of an order that are not stored yet. Those sent before `unreadSince` (milliseconds UTC) count as read: they
 * were read at the marketplace. Returns false, having stored nothing, when the order's personal data need not be kept any more.
 */
export async function storeMessages(
  ctx: MutationCtx,
  order: Doc<"bricklinkOrders">,
  sent: readonly Message[],
  unreadSince: number,
): Promise<boolean> {
  if (!mayKeepPersonalData(order, Date.now())) return false;
  const { _id: orderId, businessAccountId } = order;
  const stored = await messagesOf(ctx, orderId);
  const { added, dropped } = mergeMessages(stored, sent.map(boundedMessage));
  const isUnread = ({ sentAt }: Message) => sentAt >= unreadSince;
  for (const message of added) {
    await ctx.db.insert("orderMessages", {
      businessAccountId,
      orderId,
      ...message,
      isUnread: isUnread(message),
    });
  }
  for (const { _id } of dropped) await ctx.db.delete("orderMessages", _id);
  const kept = stored.filter((message) => !dropped.includes(message));
  const unread = kept.filter((message) => message.isUnread).length + added.filter(isUnread).length;
  await setUnreadCount(ctx, order, unread);
  return true;
}

/** The messages of an order, oldest first. Empty for an order that this store does not have. */
export const forOrder = query({
  args: { businessAccountId: v.id("businessAccounts"), orderNumber: v.number() },
  returns: v.array(
    v.object({ messageId: v.id("orderMessages"), ...messageValidator.fields, isUnread: v.boolean() }),
  ),
  handler: async (ctx, { businessAccountId, orderNumber }) => {
    await requireMember(ctx, businessAccountId, "orders.correspondence.messages.forOrder");
    const order = await findOrder(ctx, businessAccountId, orderNumber);
    if (order === null) return [];
    const messages = await messagesOf(ctx, order._id);
    return messages.map((message) => ({
      messageId: message._id,
      ...sentMessage(message),
      isUnread: message.isUnread,
    }));
  },
});

/** How many unread messages each order has; orders without any are left out. */
export const unread = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.array(v.object({ orderNumber: v.number(), count: v.number() })),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "orders.correspondence.messages.unread");
    const rows = await ctx.db
      .query("unreadMessages")
      .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
      .order("desc")
      .take(UNREAD_ORDERS_MAX);
    return rows.map(({ orderNumber, count }) => ({ orderNumber, count }));
  },
});

/**
 * Marks messages of one order as read, those that the person has seen: one that arrives meanwhile stays unread. Throws ConvexError
 * `notFound`, or `tooMany` for more messages than an order has.
 */
export const markRead = mutation({
  args: { businessAccountId: v.id("businessAccounts"), messageIds: v.array(v.id("orderMessages")) },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, messageIds }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.correspondence.messages.markRead");
    if (messageIds.length > MESSAGES_PER_ORDER_MAX) {
      throw new ConvexError({ code: "tooMany", message: "Mark the messages of one order at a time." });
    }
    let order: Doc<"bricklinkOrders"> | null = null;
    let marked = 0;
    for (const messageId of new Set(messageIds)) {
      const message = await ctx.db.get("orderMessages", messageId);
      if (
        message?.businessAccountId !== businessAccountId ||
        (order !== null && order._id !== message.orderId)
      ) {
        throw new ConvexError({ code: "notFound", message: "There is no such message of this order." });
      }
      order ??= await ctx.db.get("bricklinkOrders", message.orderId);
      if (!message.isUnread) continue;
      await ctx.db.patch("orderMessages", messageId, { isUnread: false });
      marked += 1;
    }
    if (order === null || marked === 0) return null;
    const left = (await messagesOf(ctx, order._id)).filter(({ isUnread }) => isUnread).length;
    await setUnreadCount(ctx, order, left);
    await recordDeed(ctx, member, {
      action: "messagesRead",
      subject: { kind: "order", orderNumber: order.orderNumber },
      quantity: marked,
    });
    return null;
  },
});
