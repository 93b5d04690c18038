/** Messages and feedback as BrickLink sends them (API manual, "Order message" and "Feedback"), read once. */
import { z } from "zod";
import { omitUndefined } from "../../../lib/collections";
import type { Feedback, Message, Rating } from "../../../orders/correspondence/schema";
import { identifier, instant, integer, lenient, text } from "./fields";

/** Plain text with one kind of line break. */
const paragraph = text.transform((decoded) => decoded.replace(/\r\n?/g, "\n"));

/** A message that the buyer of an order sent to the store. BrickLink gives it no id, and its subject may be null. */
export const orderMessage = z
  .object({
    subject: lenient(text),
    body: lenient(paragraph),
    from: lenient(text),
    // In camel case, unlike every other field of BrickLink's.
    dateSent: instant,
  })
  .transform(({ dateSent, body = "", from, subject }): Message =>
    omitUndefined({ sentAt: dateSent, from, subject, body }),
  );

/** BrickLink's numbers for ratings. */
export const ratingNumbers: Record<Rating, number> = { praise: 0, neutral: 1, complaint: 2 };

const rating = integer.transform((sent, context): Rating => {
  const found = (Object.keys(ratingNumbers) as Rating[]).find((name) => ratingNumbers[name] === sent);
  if (found === undefined) context.addIssue({ code: "custom", message: "not a rating" });
  return found ?? z.NEVER;
});

/** Feedback and the number of its order. */
export type OrderFeedback = Feedback & { orderNumber: number };

/**
 * Feedback on an order that was placed with the store. Whom it is about says `rating_of_bs`, the seller or the buyer; the names of
 * who wrote it do not (BL-Picklist).
 */
export const orderFeedback = z
  .object({
    feedback_id: identifier,
    order_id: identifier,
    rating,
    rating_of_bs: z.enum(["S", "B"]),
    comment: lenient(paragraph),
    reply: lenient(paragraph),
    date_rated: instant,
  })
  .transform((sent): OrderFeedback =>
    omitUndefined({
      feedbackId: sent.feedback_id,
      orderNumber: sent.order_id,
      direction: sent.rating_of_bs === "S" ? ("received" as const) : ("given" as const),
      rating: sent.rating,
      comment: sent.comment ?? "",
      ratedAt: sent.date_rated,
      reply: sent.reply === "" ? undefined : sent.reply,
    }),
  );
