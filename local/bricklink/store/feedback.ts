/** Feedback of buyer and seller about each other: at most one of each about an order (API manual, "Post Feedback"). */
import type { Order } from "./model";

/** As long as the ids in the API manual are. */
const FIRST_FEEDBACK_ID = 6_628_516;

export type Feedback = {
  id: number;
  /** Whom it rates; the other of the two wrote it. */
  about: "seller" | "buyer";
  /** 0 praise, 1 neutral, 2 complaint. */
  rating: number;
  comment: string;
  /** By whom it rates. */
  reply: string | null;
  /** Milliseconds since the epoch, UTC. */
  ratedAt: number;
};

export function feedbackAbout(order: Order, about: Feedback["about"]): Feedback | undefined {
  return order.feedback.find((feedback) => feedback.about === about);
}

/** The id of the next feedback of a store. Feedback is never deleted, so its number gives the id. */
export function nextFeedbackId(orders: Iterable<Order>): number {
  let count = 0;
  for (const { feedback } of orders) count += feedback.length;
  return FIRST_FEEDBACK_ID + count;
}

export function withFeedback(order: Order, feedback: Omit<Feedback, "reply">): Order {
  return { ...order, feedback: [...order.feedback, { ...feedback, reply: null }] };
}

export function withReply(order: Order, feedbackId: number, reply: string): Order {
  const feedback = order.feedback.map((each) => (each.id === feedbackId ? { ...each, reply } : each));
  return { ...order, feedback };
}
