/** From BrickLink's notification of a message to the message with its order. */
import { expect, it, vi } from "vitest";
import {
  allOf,
  anEvent,
  anEventOf,
  announce,
  anOrder,
  api,
  aStore,
  envelope,
  internal,
  html503,
  MINUTE,
  messagesOf,
  notFound,
  numbersFrom,
  receiveMessage,
  startScheduled,
  type Store,
  unreadOf,
  useFakeClock,
} from "../../../../support";

useFakeClock();

/** A store with order 100, whose fetch is not among the calls any more. */
async function aStoreWithOrder(): Promise<Store> {
  const store = await aStore();
  await store.receiveOrder(anOrder());
  store.bricklink.calls.splice(0);
  return store;
}

const latestNotification = async (store: Store) => (await store.notifications()).at(-1);

it("a message event fetches the order's messages by one call and shows them as unread", async () => {
  const store = await aStoreWithOrder();
  store.bricklink.sendMessage(100, "Where is my parcel?", "Order #100");
  await announce(store, "Message", 100);
  expect(store.bricklink.calls).toEqual(["/orders/100/messages"]);
  expect(await messagesOf(store)).toMatchObject([
    { from: "Ann O'Brick", subject: "Order #100", body: "Where is my parcel?", isUnread: true },
  ]);
  expect(await unreadOf(store)).toEqual([{ orderNumber: 100, count: 1 }]);
  expect(await latestNotification(store)).toMatchObject({
    status: "completed",
    outcome: "fetched",
    orderNumber: 100,
  });
});

it("entities in a message are decoded once, and its markup is text", async () => {
  const store = await aStoreWithOrder();
  await receiveMessage(store, "Don&#39;t &amp;amp; <b>hurry</b>\r\nAnn");
  expect(await messagesOf(store)).toMatchObject([{ body: "Don't &amp; <b>hurry</b>\nAnn" }]);
});

it("the same answer a second time writes nothing", async () => {
  const store = await aStoreWithOrder();
  await receiveMessage(store, "Hello?");
  const tables = async () => [await allOf(store, "orderMessages"), await allOf(store, "unreadMessages")];
  const before = await tables();
  await announce(store, "Message", 100);
  expect(await tables()).toEqual(before);
  expect(await latestNotification(store)).toMatchObject({ outcome: "fetched" });
});

it("messages that were sent before the store was connected count as read", async () => {
  const store = await aStoreWithOrder();
  const now = Date.now();
  vi.setSystemTime(now - 60 * MINUTE);
  store.bricklink.sendMessage(100, "Long ago");
  vi.setSystemTime(now);
  await receiveMessage(store, "Today");
  expect((await messagesOf(store)).map(({ body, isUnread }) => [body, isUnread])).toEqual([
    ["Long ago", false],
    ["Today", true],
  ]);
  expect(await unreadOf(store)).toEqual([{ orderNumber: 100, count: 1 }]);
});

it("a message whose order is not stored has the order fetched and is stored with it", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  await receiveMessage(store, "Is it there yet?");
  expect(await messagesOf(store)).toMatchObject([{ body: "Is it there yet?" }]);
  expect((await store.notifications()).map(({ outcome }) => outcome)).toEqual(["fetched", "applied"]);
});

it("a message event whose number is no order's is noted after a second attempt, and does not fail", async () => {
  const store = await aStoreWithOrder();
  await announce(store, "Message", 987_654);
  expect(store.bricklink.calls).toEqual(["/orders/987654/messages", "/orders/987654/messages"]);
  const noted = await latestNotification(store);
  expect(noted).toMatchObject({ status: "completed", outcome: "noted", attempts: 2 });
  expect(noted).not.toHaveProperty("orderNumber");
});

it("a number that is no order's costs two calls, however many events announce it", async () => {
  const store = await aStoreWithOrder();
  const now = Date.now();
  for (const first of [0, 8, 16]) {
    await store.postCallback(
      numbersFrom(first, 8).map((before) => anEventOf("Message", 987_654, now - before)),
    );
  }
  vi.advanceTimersByTime(1_000);
  await store.runAllScheduled();
  expect(store.bricklink.calls).toHaveLength(2);
  const outcomes = (await store.notifications()).slice(1).map(({ outcome }) => outcome);
  expect(outcomes.sort()).toEqual([...Array<string>(23).fill("coalesced"), "noted"]);
});

it("messages that can be read are stored where others cannot, and the event is noted", async () => {
  const store = await aStoreWithOrder();
  store.bricklink.answersByPath.set("/orders/100/messages", () =>
    envelope([{ body: "When was this?" }, { body: "Hello", dateSent: new Date().toISOString() }]),
  );
  await announce(store, "Message", 100);
  expect((await messagesOf(store)).map(({ body }) => body)).toEqual(["Hello"]);
  expect(await latestNotification(store)).toMatchObject({ outcome: "noted" });
});

it("a message announced during an outage is fetched once BrickLink answers again", async () => {
  const store = await aStoreWithOrder();
  store.bricklink.outage = html503;
  store.bricklink.sendMessage(100, "Hello?");
  await store.postCallback(anEventOf("Message", 100));
  await store.passMinutes(1);
  expect(await latestNotification(store)).toMatchObject({
    status: "failed",
    failure: { code: "unavailable" },
  });
  store.bricklink.outage = undefined;
  await store.runAllScheduled();
  expect(await messagesOf(store)).toHaveLength(1);
});

it("a message whose run crashed is fetched again once its lease has run out", async () => {
  const store = await aStoreWithOrder();
  store.bricklink.sendMessage(100, "Hello?");
  await store.postCallback(anEventOf("Message", 100));
  const notification = await latestNotification(store);
  if (!notification) throw new Error("The message was not announced.");
  await store.t.run((ctx) =>
    ctx.db.patch("bricklinkNotifications", notification._id, {
      status: "processing",
      attempts: 1,
      leaseExpiresAt: Date.now() - 1,
    }),
  );
  await store.sweep();
  await store.runAllScheduled();
  expect(await messagesOf(store)).toHaveLength(1);
});

it("a message whose runs crash again and again fails for good, for a person to retry", async () => {
  const store = await aStoreWithOrder();
  store.bricklink.sendMessage(100, "Hello?");
  await store.postCallback(anEventOf("Message", 100));
  const notification = await latestNotification(store);
  if (!notification) throw new Error("The message was not announced.");
  await store.t.run((ctx) =>
    ctx.db.patch("bricklinkNotifications", notification._id, {
      status: "processing",
      attempts: 7,
      leaseExpiresAt: Date.now() - 1,
    }),
  );
  await store.sweep();
  await store.runAllScheduled();
  expect(await latestNotification(store)).toMatchObject({ status: "failed", failure: { code: "crashed" } });
  expect(store.bricklink.calls).toEqual([]);
  const { retryOne } = api.marketplaces.bricklink.queue.log;
  await store.mutation(retryOne, { notificationId: notification._id });
  await store.runAllScheduled();
  expect(await messagesOf(store)).toHaveLength(1);
});

it("orders are fetched before however many messages that arrived earlier, and all share the four calls in flight", async () => {
  const store = await aStore();
  const numbers = numbersFrom(100, 12);
  for (const number of numbers) store.bricklink.place(anOrder({ number }));
  const ordered = numbers.slice(0, 6);
  const setActive = (isActive: boolean) =>
    store.mutation(api.marketplaces.bricklink.connection.settings.setActive, { isActive });
  await setActive(false);
  await store.postCallback(numbers.map((number) => anEventOf("Message", number)));
  vi.advanceTimersByTime(1_000);
  await store.postCallback(ordered.map((number) => anEvent(number)));
  // What each callback schedules for itself runs while the store is paused; the sweep then finds all of it due.
  await store.runDue();
  await store.t.run(async (ctx) => {
    const credential = await ctx.db.query("marketplaceCredentials").first();
    if (credential) await ctx.db.patch("marketplaceCredentials", credential._id, { isActive: true });
  });
  const release = store.bricklink.holdAnswers();
  await store.sweep();
  const { running } = await startScheduled(store, 4);
  expect(store.bricklink.calls.sort()).toEqual(numbers.slice(0, 4).map((number) => `/orders/${number}`));
  release();
  await running;
  await store.runAllScheduled();
  expect(new Set((await store.notifications()).map(({ status }) => status))).toEqual(new Set(["completed"]));
});

it("a message does not take a place for which orders wait", async () => {
  const store = await aStoreWithOrder();
  const numbers = numbersFrom(101, 5);
  for (const number of numbers) store.bricklink.place(anOrder({ number }));
  await store.postCallback(numbers.map((number) => anEvent(number)));
  const release = store.bricklink.holdAnswers();
  const { running } = await startScheduled(store, 4);
  // A place is free again, and the end of the call that freed it has not started the next order yet.
  const inFlight = (await store.notifications()).find(({ status }) => status === "processing");
  if (!inFlight) throw new Error("No order is in flight.");
  await store.t.run((ctx) => ctx.db.patch("bricklinkNotifications", inFlight._id, { leaseExpiresAt: 1 }));
  await store.postCallback(anEventOf("Message", 100));
  const message = await latestNotification(store);
  if (!message) throw new Error("The message was not announced.");
  await store.t.mutation(internal.marketplaces.bricklink.notifications.processNotification, {
    notificationId: message._id,
  });
  expect(await latestNotification(store)).toMatchObject({ status: "pending" });
  release();
  await running;
  await store.runAllScheduled();
  expect(await latestNotification(store)).toMatchObject({ outcome: "fetched" });
});

it("messages leave the last tenth of a day's calls to orders, and are fetched when there are calls again", async () => {
  process.env.BRICKLINK_CALLS_PER_DAY = "10";
  try {
    const store = await aStore();
    for (const number of numbersFrom(100, 4)) await store.receiveOrder(anOrder({ number }));
    store.bricklink.sendMessage(100, "Hello?");
    await announce(store, "Message", 100);
    expect(await latestNotification(store)).toMatchObject({ status: "pending", attempts: 0 });
    await store.receiveOrder(anOrder({ number: 104 }));
    expect(await store.orders()).toHaveLength(5);
    vi.advanceTimersByTime(26 * 60 * MINUTE);
    await store.sweep();
    await store.runAllScheduled();
    expect(await messagesOf(store)).toHaveLength(1);
  } finally {
    delete process.env.BRICKLINK_CALLS_PER_DAY;
  }
});

it("events of messages and feedback that were stored with an order are in its history", async () => {
  const store = await aStoreWithOrder();
  await receiveMessage(store, "Hello?");
  store.bricklink.answersByPath.set("/orders/100/feedback", notFound);
  await announce(store, "Feedback", 100);
  const { forOrder } = api.marketplaces.bricklink.queue.log;
  const history = await store.query(forOrder, { orderNumber: 100 });
  expect(history.map(({ eventType }) => eventType)).toEqual(["Message", "Order"]);
});
