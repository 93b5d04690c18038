/** Messages about an order that its buyer sends to the seller. The API lists no others, and sends none (API manual). */
import type { Order } from "./model";

/** `subject` can be null on the live API (BricklinkSharp, release 0.6.1). `sentAt`: milliseconds since the epoch, UTC. */
export type Message = { subject: string | null; body: string; sentAt: number };

export function withMessage(order: Order, message: Message): Order {
  return { ...order, messages: [...order.messages, message] };
}
