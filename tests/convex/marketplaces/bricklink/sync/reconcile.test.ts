/** Faults that last, races, and what finds an order that nobody told of. */
import { describe, expect, it, vi } from "vitest";
import { html503, notFound } from "../support/fakeBricklink";
import {
  aLot,
  allOf,
  anEvent,
  api,
  aStore,
  callBack,
  internal,
  lotOf,
  settle,
  type Store,
  useFakeClock,
} from "../support/store";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

useFakeClock();

const { notifications, reconcile, sweep } = internal.marketplaces.bricklink;

async function runDue(store: Store): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    vi.advanceTimersByTime(1);
    await store.t.finishInProgressScheduledFunctions();
  }
}

/** Lets time pass, minute by minute, with the sweep that a cron runs. */
async function pass(store: Store, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    vi.advanceTimersByTime(MINUTE);
    await store.t.mutation(sweep.sweep, {});
    await runDue(store);
  }
}

function compare(store: Store): Promise<null> {
  return store.t.action(reconcile.reconcileOrders, { businessAccountId: store.businessAccountId });
}

describe("BrickLink down for a store", () => {
  it("is tried by one call at a time, uses up no order's attempts, and says so", async () => {
    const store = await aStore();
    const numbers = Array.from({ length: 12 }, (_, index) => 100 + index);
    for (const number of numbers) store.bricklink.place(number, [[{ lotId: 71, quantity: 1 }]]);
    store.bricklink.isDown = true;
    await callBack(
      store,
      numbers.slice(0, 6).map((number) => anEvent(number)),
    );
    await callBack(
      store,
      numbers.slice(6).map((number) => anEvent(number)),
    );
    await runDue(store);
    await pass(store, 60);
    expect(store.bricklink.calls.length).toBeLessThan(20);
    const waiting = await allOf(store, "bricklinkNotifications");
    expect(Math.max(...waiting.map(({ attempts }) => attempts))).toBeLessThanOrEqual(5);
    const { businessAccountId } = store;
    const strip = await store.owner.query(api.marketplaces.bricklink.health.strip, { businessAccountId });
    expect(strip.waitsUntil?.message).toContain("Orders are kept");
    store.bricklink.isDown = false;
    await pass(store, 60);
    expect(await allOf(store, "bricklinkOrders")).toHaveLength(12);
    const after = await store.owner.query(api.marketplaces.bricklink.health.strip, { businessAccountId });
    expect(after).toMatchObject({ waitsUntil: null, lastError: null });
  });

  it("is known to be up again by a poll, and what waited starts at once", async () => {
    const store = await aStore();
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    store.bricklink.faults.push(...Array.from({ length: 6 }, () => html503));
    const poll = () =>
      store.t.action(notifications.pollNotificationsForBusiness, {
        businessAccountId: store.businessAccountId,
      });
    for (let failed = 0; failed < 6; failed += 1) {
      await poll();
      vi.advanceTimersByTime(16 * MINUTE);
    }
    await callBack(store, anEvent(100));
    await poll();
    await runDue(store);
    expect(await allOf(store, "bricklinkOrders")).toHaveLength(1);
  });
});

describe("comparing lists", () => {
  it("finds an open order that BrickLink no longer lists, and asks once a day after a filed one", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 5 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 2 }]]);
    await callBack(store, anEvent(100));
    await settle(store, vi.runAllTimers);
    store.bricklink.file(100);
    vi.advanceTimersByTime(MINUTE);
    await compare(store);
    await settle(store, vi.runAllTimers);
    expect((await allOf(store, "bricklinkOrders"))[0]).toMatchObject({ isFiled: true, status: "PENDING" });
    const calls = store.bricklink.calls.length;
    vi.advanceTimersByTime(MINUTE);
    await compare(store);
    await settle(store, vi.runAllTimers);
    expect(store.bricklink.calls.slice(calls)).toEqual(["/orders"]);
    store.bricklink.setStatus(100, "CANCELLED");
    vi.advanceTimersByTime(25 * HOUR);
    await compare(store);
    await settle(store, vi.runAllTimers);
    expect(await lotOf(store, lot)).toEqual([5, 0]);
  });

  it("tries an order again that failed for good, but not before half a day is over", async () => {
    const store = await aStore();
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]], "PENDING", Date.now() - HOUR);
    store.bricklink.faults.push(notFound, notFound);
    await callBack(store, anEvent(100));
    await settle(store, vi.runAllTimers);
    await compare(store);
    await settle(store, vi.runAllTimers);
    expect(await allOf(store, "bricklinkOrders")).toHaveLength(0);
    vi.advanceTimersByTime(12 * HOUR);
    await compare(store);
    await settle(store, vi.runAllTimers);
    expect(await allOf(store, "bricklinkOrders")).toHaveLength(1);
    expect(await allOf(store, "bricklinkNotifications")).toHaveLength(1);
  });

  it("of a store with a thousand old orders costs one call", async () => {
    const store = await aStore();
    const longAgo = Date.now() - 100 * 24 * HOUR;
    for (let number = 1; number <= 1_000; number += 1) {
      store.bricklink.place(number, [[{ lotId: 71, quantity: 1 }]], "COMPLETED", longAgo);
    }
    store.bricklink.place(2_000, [[{ lotId: 71, quantity: 1 }]], "PAID", longAgo);
    await compare(store);
    await settle(store, vi.runAllTimers);
    expect(store.bricklink.calls).toEqual(["/orders", "/orders/2000", "/orders/2000/items"]);
  });
});

describe("one order told of by all at once", () => {
  it("has one effect, 100 times over", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 500 });
    const { businessAccountId } = store;
    for (let number = 1; number <= 100; number += 1) {
      vi.advanceTimersByTime(MINUTE);
      store.bricklink.place(number, [[{ lotId: 71, quantity: 1 }]]);
      store.bricklink.unread.push(anEvent(number));
      store.bricklink.onCall = async () => {
        for (let turn = Math.floor(Math.random() * 4); turn > 0; turn -= 1) await Promise.resolve();
      };
      await Promise.all([
        callBack(store, anEvent(number)),
        store.t.action(notifications.pollNotificationsForBusiness, { businessAccountId }),
        compare(store),
        callBack(store, anEvent(number, Date.now() - 1)),
        store.t.mutation(sweep.startStore, { businessAccountId }),
      ]);
      await runDue(store);
    }
    await settle(store, vi.runAllTimers);
    expect(await lotOf(store, lot)).toEqual([500, 100]);
    expect(await allOf(store, "bricklinkOrders")).toHaveLength(100);
    const reserves = (await allOf(store, "inventoryLedger")).filter(({ kind }) => kind === "reserve");
    expect(reserves).toHaveLength(100);
  }, 60_000);
});
