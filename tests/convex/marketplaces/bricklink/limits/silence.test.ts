import { expect, it, vi } from "vitest";
import {
  anEvent,
  anOrder,
  api,
  aStore,
  html503,
  internal,
  MINUTE,
  numbersFrom,
  type Store,
  useFakeClock,
} from "../../../../support";

useFakeClock();

async function silenceOf(store: Store) {
  return await store.query(api.marketplaces.bricklink.limits.silence.get);
}

/** Orders of these numbers are placed, and BrickLink's unread notifications say so. */
function placeUnread(store: Store, numbers: number[]): void {
  for (const number of numbers) {
    store.bricklink.place(anOrder({ number }));
    store.bricklink.unreadNotifications.push(anEvent(number));
  }
}

/** Orders of these numbers are placed, and no callback says so. */
async function findByPoll(store: Store, numbers: number[]): Promise<void> {
  placeUnread(store, numbers);
  await store.poll();
  await store.runDue();
}

async function postEmptyCallback(store: Store): Promise<void> {
  expect((await store.postCallback("")).status).toBe(200);
}

async function sourcesOf(store: Store): Promise<string[]> {
  return (await store.notifications()).map(({ source }) => source);
}

it("three orders in a row that a poll found and no callback announced are told, with since when", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder());
  await findByPoll(store, [101, 102]);
  expect(await silenceOf(store)).toBeNull();
  const before = Date.now();
  await findByPoll(store, [103]);
  expect(await silenceOf(store)).toMatchObject({ unannounced: 3, isMore: false });
  expect((await silenceOf(store))?.since).toBeLessThanOrEqual(before);
});

it("a callback ends it", async () => {
  const store = await aStore();
  await findByPoll(store, [101, 102, 103]);
  expect(await silenceOf(store)).not.toBeNull();
  await store.receiveOrder(anOrder());
  expect(await silenceOf(store)).toBeNull();
});

it("orders that were placed before the store was connected, and what people asked for, are no sign of it", async () => {
  const store = await aStore();
  const { connectedAt } = await store.t.run(async (ctx) => {
    const [credential] = await ctx.db.query("marketplaceCredentials").take(1);
    if (!credential) throw new Error("The store is not connected.");
    return credential;
  });
  for (const number of [101, 102, 103, 104]) {
    store.bricklink.place(anOrder({ number, changedAt: connectedAt - 1 }));
  }
  await store.reconcile();
  await store.runDue();
  expect(await store.orders()).toHaveLength(4);
  for (const orderNumber of [101, 102, 103]) {
    await store.mutation(api.marketplaces.bricklink.queue.log.fetchOrder, { orderNumber });
  }
  expect(await silenceOf(store)).toBeNull();
});

it("events that polls brought because empty callbacks asked for them count as announced, with their share and delay", async () => {
  const store = await aStore();
  const startsAt = Date.now();
  for (const number of [101, 102, 103, 104]) {
    placeUnread(store, [number]);
    vi.advanceTimersByTime(2_000);
    await postEmptyCallback(store);
    await store.runDue();
    vi.advanceTimersByTime(MINUTE);
  }
  expect(await store.orders()).toHaveLength(4);
  expect(await silenceOf(store)).toBeNull();
  const { arrivals } = await store.query(api.marketplaces.bricklink.queue.trends.byHour, {
    hours: [startsAt],
  });
  expect(arrivals).toMatchObject({ webhook: { count: 4 }, poll: { count: 0 } });
  expect(arrivals.webhook.delayMs).toBeGreaterThanOrEqual(2_000);
  expect(arrivals.webhook.delayMs).toBeLessThan(3_000);
});

it("a callback whose body cannot be read announces what its poll brings", async () => {
  const store = await aStore();
  placeUnread(store, [101]);
  expect((await store.postCallback("{")).status).toBe(400);
  await store.runDue();
  expect(await sourcesOf(store)).toEqual(["webhook"]);
});

it("a routine poll that comes before the one an empty callback asked for brings what that announced", async () => {
  const store = await aStore();
  placeUnread(store, [101]);
  await postEmptyCallback(store);
  await store.poll();
  await store.runDue();
  expect(await sourcesOf(store)).toEqual(["webhook"]);
});

it("an empty callback during a poll announces what this poll and the one after it bring", async () => {
  const store = await aStore();
  placeUnread(store, [101]);
  let isPosted = false;
  store.bricklink.beforeAnswer = async () => {
    if (isPosted) return;
    isPosted = true;
    vi.advanceTimersByTime(1);
    await postEmptyCallback(store);
  };
  await store.poll();
  placeUnread(store, [102]);
  await store.runDue();
  expect(await sourcesOf(store)).toEqual(["webhook", "webhook"]);
});

it("a poll that fails leaves what an empty callback announced to the next one", async () => {
  const store = await aStore();
  placeUnread(store, [101]);
  store.bricklink.nextAnswers.push(html503);
  await postEmptyCallback(store);
  await store.runDue();
  expect(await sourcesOf(store)).toEqual([]);
  await store.poll();
  expect(await sourcesOf(store)).toEqual(["webhook"]);
});

it("routine polls soon after an answered empty callback, a callback that names its event, or a replay bring events that none announced", async () => {
  const store = await aStore();
  await postEmptyCallback(store);
  await store.runDue();
  vi.advanceTimersByTime(1_000);
  await findByPoll(store, [101]);
  store.bricklink.place(anOrder({ number: 102 }));
  await store.postCallback(anEvent(102));
  await findByPoll(store, [103]);
  await store.postCallback(anEvent(104, Date.now() - 61 * MINUTE));
  await findByPoll(store, [105]);
  expect(await sourcesOf(store)).toEqual(["poll", "webhook", "poll", "poll"]);
});

it("an empty callback by a clock that was ahead announces nothing once the clock is right", async () => {
  const store = await aStore();
  const now = Date.now();
  vi.setSystemTime(now + 60 * MINUTE);
  await postEmptyCallback(store);
  vi.setSystemTime(now);
  await findByPoll(store, [101]);
  expect(await sourcesOf(store)).toEqual(["poll"]);
});

it("fetches after the store's own changes, and what people asked for, hide no silence", async () => {
  const store = await aStore();
  await findByPoll(store, [101, 102, 103]);
  const { businessAccountId } = store;
  const enqueue = internal.marketplaces.bricklink.notifications.upsertNotification;
  for (const source of ["write", "manual"] as const) {
    const events = numbersFrom(200, 120).map((resourceId) => ({
      eventType: "Order" as const,
      resourceId,
      occurredAt: Date.now() + (source === "write" ? 0 : 1),
    }));
    await store.t.mutation(enqueue, { businessAccountId, source, events });
  }
  expect(await silenceOf(store)).toMatchObject({ unannounced: 3, isMore: false });
});

it("events without a callback are counted up to a hundred, and beyond that told as more", async () => {
  const store = await aStore();
  store.bricklink.unreadNotifications.push(...numbersFrom(200, 120).map((number) => anEvent(number)));
  await store.poll();
  expect(await silenceOf(store)).toMatchObject({ unannounced: 100, isMore: true });
});
