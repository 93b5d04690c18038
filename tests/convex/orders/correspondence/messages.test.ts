/** Reading messages, and how long they are kept. */
import { expect, it, vi } from "vitest";
import {
  allOf,
  aMember,
  announce,
  anOrder,
  api,
  aStore,
  DAY,
  errorCodeOf,
  feedbackOf,
  internal,
  markRead,
  messagesOf,
  receiveMessage,
  type Store,
  unreadOf,
  useFakeClock,
} from "../../../support";

useFakeClock();

const { messages } = api.orders.correspondence;

/** A store with order 100 and one unread message. */
async function aStoreWithMessage(): Promise<Store> {
  const store = await aStore();
  await store.receiveOrder(anOrder());
  await receiveMessage(store, "Where is it?");
  return store;
}

async function removeOld(store: Store): Promise<void> {
  await store.t.mutation(internal.orders.personalData.removeOld, {});
  await store.runAllScheduled();
}

it("messages that are marked as read stay read when they are fetched again, and the next one is unread", async () => {
  const store = await aStoreWithMessage();
  await markRead(store);
  expect(await unreadOf(store)).toEqual([]);
  await receiveMessage(store, "And now?");
  expect((await messagesOf(store)).map(({ isUnread }) => isUnread)).toEqual([false, true]);
  expect(await unreadOf(store)).toEqual([{ orderNumber: 100, count: 1 }]);
});

it("a message that arrives while others are marked as read stays unread", async () => {
  const store = await aStoreWithMessage();
  const seen = (await messagesOf(store)).map(({ messageId }) => messageId);
  await receiveMessage(store, "And now?");
  await store.mutation(messages.markRead, { messageIds: seen });
  expect(await unreadOf(store)).toEqual([{ orderNumber: 100, count: 1 }]);
});

it("unread messages are listed by order, and those of another store are not among them", async () => {
  const store = await aStoreWithMessage();
  await store.receiveOrder(anOrder({ number: 101 }));
  await receiveMessage(store, "One", 101);
  await receiveMessage(store, "Two", 101);
  expect(await unreadOf(store)).toEqual([
    { orderNumber: 101, count: 2 },
    { orderNumber: 100, count: 1 },
  ]);
  expect(await unreadOf(await aStore(store.t))).toEqual([]);
});

it("a viewer can neither read messages nor see how many are unread", async () => {
  const { t, businessAccountId } = await aStoreWithMessage();
  const viewer = await aMember(t, businessAccountId, "viewer");
  const codes = [
    await errorCodeOf(viewer.query(messages.forOrder, { businessAccountId, orderNumber: 100 })),
    await errorCodeOf(viewer.query(messages.unread, { businessAccountId })),
  ];
  expect(codes).toEqual(["roleTooLow", "roleTooLow"]);
});

it("messages of two orders cannot be marked as read together", async () => {
  const store = await aStoreWithMessage();
  await store.receiveOrder(anOrder({ number: 101 }));
  await receiveMessage(store, "One", 101);
  const both = [...(await messagesOf(store, 100)), ...(await messagesOf(store, 101))];
  const messageIds = both.map(({ messageId }) => messageId);
  expect(await errorCodeOf(store.mutation(messages.markRead, { messageIds }))).toBe("notFound");
  expect(await unreadOf(store)).toHaveLength(2);
});

it("a buyer's messages are removed with their address, 180 days after the order was closed, and not stored again", async () => {
  const store = await aStoreWithMessage();
  await store.receiveOrder(anOrder({ number: 101 }));
  await receiveMessage(store, "Mine is open", 101);
  await store.receiveStatus(100, "COMPLETED");
  vi.advanceTimersByTime(179 * DAY);
  await removeOld(store);
  expect(await messagesOf(store)).toHaveLength(1);
  vi.advanceTimersByTime(2 * DAY);
  await removeOld(store);
  await announce(store, "Message", 100);
  expect((await allOf(store, "orderMessages")).map(({ body }) => body)).toEqual(["Mine is open"]);
  expect(await unreadOf(store)).toEqual([{ orderNumber: 101, count: 1 }]);
  expect((await store.notifications()).at(-1)).toMatchObject({ outcome: "noted" });
});

const ann = { buyerName: "ann o'brick", cursor: null };

it("messages and feedback go when their buyer is forgotten, and are not stored again", async () => {
  const store = await aStoreWithMessage();
  await store.receiveStatus(100, "COMPLETED");
  store.bricklink.leaveFeedback(100, 0, "Thanks");
  await announce(store, "Feedback", 100);
  await store.mutation(api.orders.buyerData.erase, ann);
  await store.runAllScheduled();
  for (let time = 0; time < 2; time += 1) {
    expect(await messagesOf(store)).toEqual([]);
    expect(await feedbackOf(store)).toEqual([]);
    expect(await unreadOf(store)).toEqual([]);
    await announce(store, "Message", 100);
    await announce(store, "Feedback", 100);
  }
});

it("messages of an open order stay when its buyer is forgotten", async () => {
  const store = await aStoreWithMessage();
  await store.mutation(api.orders.buyerData.erase, ann);
  await store.runAllScheduled();
  expect(await messagesOf(store)).toHaveLength(1);
});

it("what an owner exports of a buyer has their messages and feedback", async () => {
  const store = await aStoreWithMessage();
  store.bricklink.leaveFeedback(100, 1, "So so");
  await announce(store, "Feedback", 100);
  const { orders } = await store.action(api.orders.buyerData.exportPage, ann);
  expect(orders).toMatchObject([
    {
      messages: [{ from: "Ann O'Brick", body: "Where is it?" }],
      feedback: [{ direction: "received", rating: "neutral", comment: "So so" }],
    },
  ]);
});
