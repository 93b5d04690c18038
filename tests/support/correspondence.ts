/** Shared by the tests of messages and feedback. */
import type { FunctionReturnType } from "convex/server";
import { vi } from "vitest";
import { anEventOf } from "./builders";
import { api, type Store } from "./store";

const { messages } = api.orders.correspondence;

type Messages = FunctionReturnType<typeof messages.forOrder>;

/** Posts a callback about a message or feedback a second later, and runs everything that it schedules. */
export async function announce(store: Store, eventType: "Message" | "Feedback", resourceId: number) {
  vi.advanceTimersByTime(1_000);
  await store.postCallback(anEventOf(eventType, resourceId));
  await store.runAllScheduled();
}

/** The buyer of an order, number 100 unless it is named, writes to the store, and BrickLink announces it. */
export async function receiveMessage(store: Store, body: string, orderNumber = 100): Promise<void> {
  store.bricklink.sendMessage(orderNumber, body);
  await announce(store, "Message", orderNumber);
}

export async function messagesOf(store: Store, orderNumber = 100): Promise<Messages> {
  return await store.query(messages.forOrder, { orderNumber });
}

export async function unreadOf(store: Store) {
  return await store.query(messages.unread);
}

/** Marks the messages of order 100 as read that are there now. */
export async function markRead(store: Store): Promise<void> {
  const messageIds = (await messagesOf(store)).map(({ messageId }) => messageId);
  await store.mutation(messages.markRead, { messageIds });
}

export async function feedbackOf(store: Store, orderNumber = 100) {
  return await store.query(api.orders.correspondence.feedback.forOrder, { orderNumber });
}
