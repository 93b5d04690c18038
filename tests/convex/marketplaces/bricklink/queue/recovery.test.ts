import { expect, it, vi } from "vitest";
import {
  anEvent,
  anOrder,
  api,
  aStore,
  html503,
  HOUR,
  MINUTE,
  type Store,
  unauthorizedInside200,
  useFakeClock,
} from "../../../../support";

useFakeClock();

async function strip(store: Store) {
  return await store.query(api.marketplaces.bricklink.limits.health.strip);
}

/** Polls until five failures in a row have opened the circuit. */
async function failPolls(store: Store): Promise<void> {
  for (let poll = 0; poll < 5; poll += 1) await store.poll();
  expect((await strip(store)).pause).toMatchObject({ reason: "circuitOpen" });
}

/** A store whose order 100 is to be retried in more than an hour, because BrickLink failed five times. */
async function anOrderWaitingForItsRetry(): Promise<Store> {
  const store = await aStore();
  store.bricklink.place(anOrder());
  store.bricklink.outage = html503;
  await store.postCallback(anEvent(100));
  await store.runDue();
  await store.t.run(async (ctx) => {
    const [waiting] = await ctx.db.query("bricklinkNotifications").take(1);
    if (!waiting) throw new Error("The notification was not stored.");
    await ctx.db.patch("bricklinkNotifications", waiting._id, {
      attempts: 5,
      nextAttemptAt: Date.now() + 2 * HOUR,
    });
  });
  for (let poll = 0; poll < 4; poll += 1) await store.poll();
  return store;
}

it("an order that waits for a retry is fetched as soon as a comparison of order lists succeeds after an outage", async () => {
  const store = await anOrderWaitingForItsRetry();
  expect((await strip(store)).pause).toMatchObject({ reason: "circuitOpen" });
  // The clock alone: the timer that ends the pause has not fired yet.
  vi.setSystemTime(Date.now() + 4 * MINUTE);
  store.bricklink.outage = undefined;
  await store.reconcile();
  expect(await strip(store)).toMatchObject({ pause: null });
  await store.runDue();
  expect(await store.orders()).toHaveLength(1);
});

it("an outage that lasts two days ends with every order stored, and no failure is final", async () => {
  const store = await aStore();
  for (const number of [100, 101, 102]) store.bricklink.place(anOrder({ number }));
  store.bricklink.outage = html503;
  await store.postCallback([100, 101, 102].map((number) => anEvent(number)));
  for (let hour = 0; hour < 48; hour += 1) {
    vi.advanceTimersByTime(HOUR);
    await store.sweep();
    await store.runDue();
  }
  store.bricklink.outage = undefined;
  for (let minute = 0; minute < 8; minute += 1) {
    await store.sweep();
    await store.passMinutes(1);
  }
  expect(await store.orders()).toHaveLength(3);
});

it("orders that fail while polls succeed are tried now and then, and stored within minutes of the end", async () => {
  const store = await aStore();
  const numbers = [100, 101, 102, 103];
  for (const number of numbers) {
    store.bricklink.place(anOrder({ number }));
    store.bricklink.answersByPath.set(`/orders/${number}`, html503);
  }
  await store.postCallback(numbers.map((number) => anEvent(number)));
  const passMinutes = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await store.sweep();
      if (minute % 3 === 0) await store.poll();
      await store.passMinutes(1);
    }
  };
  await passMinutes(60);
  expect(store.bricklink.calls.length).toBeLessThan(100);
  store.bricklink.answersByPath.clear();
  await passMinutes(10);
  expect(await store.orders()).toHaveLength(4);
});

it("an order that fails alone is not tried more often than each three minutes, although others succeed", async () => {
  const store = await aStore();
  store.bricklink.answersByPath.set("/orders/100", html503);
  await store.postCallback(anEvent(100));
  for (let number = 200; number < 260; number += 1) {
    store.bricklink.place(anOrder({ number }));
    await store.postCallback(anEvent(number));
    vi.advanceTimersByTime(MINUTE);
    await store.runDue();
  }
  const fetches = store.bricklink.calls.filter((path) => path === "/orders/100");
  expect(fetches.length).toBeGreaterThan(10);
  expect(fetches.length).toBeLessThan(25);
});

it.each([
  [
    "new keys",
    async (store: Store) => {
      const keys = { consumerKey: "a", consumerSecret: "b", tokenValue: "c", tokenSecret: "d" };
      await store.action(api.marketplaces.bricklink.connection.settings.connect, { keys });
    },
  ],
  [
    "a successful test of the connection",
    async (store: Store) => {
      await store.action(api.marketplaces.bricklink.connection.settings.testConnection);
    },
  ],
])(
  "the pause that refused keys caused ends with %s, and waiting orders are fetched at once",
  async (_, end) => {
    const store = await aStore();
    store.bricklink.place(anOrder());
    store.bricklink.outage = unauthorizedInside200;
    await store.postCallback(anEvent(100));
    await store.runDue();
    await failPolls(store);
    store.bricklink.outage = undefined;
    await end(store);
    await store.runDue();
    expect(await store.orders()).toHaveLength(1);
    expect(await strip(store)).toMatchObject({ pause: null, lastError: null });
  },
);

it("a test of the connection that fails leaves the store paused", async () => {
  const store = await aStore();
  store.bricklink.outage = html503;
  await failPolls(store);
  await store.action(api.marketplaces.bricklink.connection.settings.testConnection);
  expect((await strip(store)).pause).toMatchObject({ reason: "circuitOpen" });
});

it("an outage is seen to end although no order waits: a poll is made when the circuit breaker is half-open", async () => {
  const store = await aStore();
  store.bricklink.outage = html503;
  await failPolls(store);
  store.bricklink.outage = undefined;
  vi.advanceTimersByTime(MINUTE);
  await store.runDue();
  expect((await strip(store)).pause).toBeNull();
});

it("a comparison that fails after a lost answer is made again with the next poll, until one succeeds", async () => {
  const store = await aStore();
  store.bricklink.nextAnswers.push(html503);
  await store.poll();
  store.bricklink.place(anOrder());
  vi.advanceTimersByTime(MINUTE);
  store.bricklink.answersByPath.set("/orders", html503);
  await store.poll();
  await store.runDue();
  store.bricklink.answersByPath.clear();
  vi.advanceTimersByTime(MINUTE);
  await store.poll();
  await store.runDue();
  expect(await store.orders()).toHaveLength(1);
  const comparisons = () => store.bricklink.calls.filter((path) => path === "/orders").length;
  expect(comparisons()).toBe(2);
  await store.poll();
  await store.runDue();
  expect(comparisons()).toBe(2);
});

it("a poll after one that failed starts a comparison, since the answer that was lost is forgotten by BrickLink", async () => {
  const store = await aStore();
  store.bricklink.nextAnswers.push(html503);
  await store.poll();
  store.bricklink.place(anOrder());
  vi.advanceTimersByTime(MINUTE);
  await store.poll();
  await store.runDue();
  expect(await store.orders()).toHaveLength(1);
});
