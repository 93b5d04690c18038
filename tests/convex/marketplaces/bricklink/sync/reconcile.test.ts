import { expect, it, vi } from "vitest";
import {
  aLine,
  anEvent,
  anOrder,
  api,
  aStore,
  DAY,
  errorCodeOf,
  HOUR,
  html503,
  importLots,
  MINUTE,
  notFound,
  type Store,
  useFakeClock,
} from "../../../../support";

useFakeClock();

/** Reconciles the store with BrickLink, and fetches every order that differs. */
async function reconcileAndFetch(store: Store): Promise<void> {
  await store.reconcile();
  await store.runAllScheduled();
}

it("a reconciliation fetches an open order that BrickLink has filed, and asks for it again once a day", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 5 });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 2 })] }));
  store.bricklink.file(100);
  vi.advanceTimersByTime(MINUTE);
  await reconcileAndFetch(store);
  expect((await store.orders())[0]).toMatchObject({ isFiled: true, status: "PENDING" });
  const callsBefore = store.bricklink.calls.length;
  vi.advanceTimersByTime(MINUTE);
  await reconcileAndFetch(store);
  expect(store.bricklink.calls.slice(callsBefore)).toEqual(["/orders"]);
  store.bricklink.setStatus(100, "CANCELLED");
  vi.advanceTimersByTime(25 * HOUR);
  await reconcileAndFetch(store);
  expect(await store.stockOf(lot)).toEqual([5, 0]);
});

it("a reconciliation retries an order whose notification failed for good, but not within twelve hours", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder({ changedAt: Date.now() - HOUR }));
  store.bricklink.nextAnswers.push(notFound, notFound);
  await store.postCallback(anEvent(100));
  await store.runAllScheduled();
  await reconcileAndFetch(store);
  expect(await store.orders()).toHaveLength(0);
  vi.advanceTimersByTime(12 * HOUR);
  await reconcileAndFetch(store);
  expect(await store.orders()).toHaveLength(1);
  expect(await store.notifications()).toHaveLength(1);
});

it("a reconciliation of a thousand old orders lists them in one call, and fetches only the open one", async () => {
  const store = await aStore();
  const changedAt = Date.now() - 100 * DAY;
  for (let number = 1; number <= 1_000; number += 1) {
    store.bricklink.place(anOrder({ number, status: "COMPLETED", changedAt }));
  }
  store.bricklink.place(anOrder({ number: 2_000, status: "PAID", changedAt }));
  await reconcileAndFetch(store);
  expect(store.bricklink.calls).toEqual(["/orders", "/orders/2000", "/orders/2000/items"]);
});

it("an order that list and detail go on dating differently is fetched twice within a day for each state of the list", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  store.bricklink.listedChangedAt.set(100, Date.now() + MINUTE);
  const fetchesIn = async (minutes: number) => {
    store.bricklink.calls.length = 0;
    for (let passed = 0; passed < minutes; passed += 15) {
      vi.advanceTimersByTime(15 * MINUTE);
      await reconcileAndFetch(store);
    }
    return store.bricklink.calls.filter((path) => path === "/orders/100").length;
  };
  expect(await fetchesIn(30)).toBe(1);
  expect(await fetchesIn(12 * 60)).toBe(1);
  store.bricklink.listedChangedAt.set(100, Date.now());
  expect(await fetchesIn(12 * 60)).toBe(2);
  expect(await fetchesIn(24 * 60)).toBe(1);
  store.bricklink.inventory = [aLine({ quantity: 5 })];
  const imported = await importLots(store);
  expect(imported?.progress.step).toBe("imported");
});

it("staff can ask for a comparison, which is refused while one runs, BrickLink fails or the store is paused", async () => {
  const store = await aStore();
  const compare = () => errorCodeOf(store.mutation(api.marketplaces.bricklink.sync.reconcile.compareNow));
  store.bricklink.place(anOrder());
  let whileRunning: unknown;
  store.bricklink.beforeAnswer = async (path) => {
    if (path === "/orders") whileRunning = await compare();
  };
  expect(await compare()).toBe("allowed");
  await store.runAllScheduled();
  expect(whileRunning).toBe("alreadyRunning");
  expect(await store.orders()).toHaveLength(1);
  store.bricklink.outage = html503;
  for (let poll = 0; poll < 5; poll += 1) await store.poll();
  expect(await compare()).toBe("circuitOpen");
  await store.mutation(api.marketplaces.bricklink.connection.settings.setActive, { isActive: false });
  expect(await compare()).toBe("notConnected");
});

it("a reconciliation finds orders that no callback announced, and skips those closed before the store was connected", async () => {
  const store = await aStore();
  const yesterday = Date.now() - DAY;
  store.bricklink.place(anOrder({ number: 100 }));
  store.bricklink.place(anOrder({ number: 101, status: "PAID", changedAt: yesterday }));
  store.bricklink.place(anOrder({ number: 102, status: "COMPLETED", changedAt: yesterday }));
  const reconcileAfterInterval = async () => {
    vi.advanceTimersByTime(15 * MINUTE);
    await reconcileAndFetch(store);
  };
  await reconcileAfterInterval();
  const numbers = async () => (await store.orders()).map(({ orderNumber }) => orderNumber).sort();
  expect(await numbers()).toEqual([100, 101]);
  store.bricklink.calls.length = 0;
  await reconcileAfterInterval();
  expect(store.bricklink.calls).toEqual(["/orders"]);
  store.bricklink.setStatus(101, "SHIPPED");
  await reconcileAfterInterval();
  expect((await store.orders()).find(({ orderNumber }) => orderNumber === 101)).toMatchObject({
    status: "SHIPPED",
  });
});
