import { defineTable } from "convex/server";
import { v, type Infer } from "convex/values";
import { omitUndefined } from "../../lib/collections";

/** Longer texts are cut, so that a page of orders with all their messages can be read in one transaction. */
const TEXT_LENGTH_MAX = 8_000;

/** The beginning of a text, without half a character at its end. */
function cut(text: string): string {
  return text.slice(0, TEXT_LENGTH_MAX).replace(/[\uD800-\uDBFF]$/, "");
}

/** A message of the buyer about an order, as a marketplace's adapter hands it over: plain text, without markup or entities. */
export const messageValidator = v.object({
  sentAt: v.number(),
  /** The sender's user name at the marketplace. */
  from: v.optional(v.string()),
  subject: v.optional(v.string()),
  body: v.string(),
  /** The text goes on at the marketplace. */
  isCut: v.optional(v.boolean()),
});
export type Message = Infer<typeof messageValidator>;

/** A message whose texts are cut to what is stored. */
export function boundedMessage({ sentAt, from, subject, body }: Message): Message {
  const isCut = body.length > TEXT_LENGTH_MAX;
  return omitUndefined({
    sentAt,
    from: from === undefined ? undefined : cut(from),
    subject: subject === undefined ? undefined : cut(subject),
    body: cut(body),
    isCut: isCut ? true : undefined,
  });
}

export const ratingValidator = v.union(v.literal("praise"), v.literal("neutral"), v.literal("complaint"));
export type Rating = Infer<typeof ratingValidator>;

/** Feedback on an order. received: the buyer's about the store. given: the store's about the buyer. */
export const feedbackValidator = v.object({
  /** The marketplace's id of it. */
  feedbackId: v.number(),
  direction: v.union(v.literal("received"), v.literal("given")),
  rating: ratingValidator,
  comment: v.string(),
  ratedAt: v.number(),
  /** What the rated side answered. */
  reply: v.optional(v.string()),
});
export type Feedback = Infer<typeof feedbackValidator>;

/** Feedback whose texts are cut to what is stored. */
export function boundedFeedback(feedback: Feedback): Feedback {
  const { comment, reply } = feedback;
  return {
    ...feedback,
    comment: cut(comment),
    ...(reply !== undefined && { reply: cut(reply) }),
  };
}

/**
 * What buyers write, beside the orders and not in them: an order is written whenever its marketplace changes it, and staff read
 * messages meanwhile. All `…At` fields are milliseconds since the epoch, UTC.
 */
export const correspondenceTables = {
  // Written by messages.ts; removed by removal.ts with the order's personal data. At most 100 of each order.
  orderMessages: defineTable({
    businessAccountId: v.id("businessAccounts"),
    orderId: v.id("bricklinkOrders"),
    ...messageValidator.fields,
    isUnread: v.boolean(),
  }).index("by_order", ["orderId", "sentAt"]),

  // One row for each order with unread messages, written by messages.ts with the messages; read by the orders table.
  unreadMessages: defineTable({
    businessAccountId: v.id("businessAccounts"),
    orderId: v.id("bricklinkOrders"),
    orderNumber: v.number(),
    count: v.number(),
  })
    .index("by_order", ["orderId"])
    .index("by_business", ["businessAccountId"]),

  // Written by feedback.ts; removed by removal.ts when the buyer is forgotten. One in each direction of each order.
  orderFeedback: defineTable({
    businessAccountId: v.id("businessAccounts"),
    orderId: v.id("bricklinkOrders"),
    ...feedbackValidator.fields,
  }).index("by_order", ["orderId"]),
};
