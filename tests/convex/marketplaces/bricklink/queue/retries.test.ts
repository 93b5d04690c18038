import { describe, expect, it, vi } from "vitest";
import { writesOf } from "../../convex/marketplaces/bricklink/poll";
import { html503, networkDown, notFound, unauthorizedInside200 } from "../support/fakeBricklink";
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

const { notifications, sweep } = internal.marketplaces.bricklink;

/** Runs what is due now, without moving the clock to what is due later. */
async function runDue(store: Store): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    vi.advanceTimersByTime(1);
    await store.t.finishInProgressScheduledFunctions();
  }
}

async function only(store: Store) {
  const [notification, ...others] = await allOf(store, "bricklinkNotifications");
  if (!notification || others.length > 0)
    throw new Error(`expected one notification, found ${others.length + 1}`);
  return notification;
}

describe("a failed fetch", () => {
  it("is tried again on the schedule, and its reason kept, until the order is in", async () => {
    const store = await aStore();
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    store.bricklink.faults.push(html503, unauthorizedInside200, networkDown);
    await callBack(store, anEvent(100));
    await runDue(store);
    const first = await only(store);
    expect(first).toMatchObject({ status: "failed", attempts: 1, failure: { code: "unavailable" } });
    expect((first.nextAttemptAt ?? 0) - Date.now()).toBeGreaterThan(25_000);
    expect((first.nextAttemptAt ?? 0) - Date.now()).toBeLessThan(40_000);
    await settle(store, vi.runAllTimers);
    expect(await only(store)).toMatchObject({ status: "completed", attempts: 4, outcome: "applied" });
    expect(await allOf(store, "bricklinkOrders")).toHaveLength(1);
  });

  it("is not tried before it is due, however often a run is started", async () => {
    const store = await aStore();
    store.bricklink.faults.push(html503);
    await callBack(store, anEvent(100));
    await runDue(store);
    const { _id: notificationId } = await only(store);
    await store.t.mutation(notifications.processNotification, { notificationId });
    await store.t.mutation(sweep.sweep, {});
    await runDue(store);
    expect(store.bricklink.calls).toEqual(["/orders/100"]);
    expect(await only(store)).toMatchObject({ status: "failed", attempts: 1 });
  });

  it("never shows the consumer key that BrickLink repeats in its refusal", async () => {
    const store = await aStore();
    store.bricklink.faults.push(unauthorizedInside200);
    await callBack(store, anEvent(100));
    await runDue(store);
    const { failure } = await only(store);
    expect(failure?.message).toContain("0.0.0.0");
    expect(failure?.message).not.toContain("7A1B");
  });

  it("of an order that BrickLink does not have is final after two attempts, shown, and can be retried", async () => {
    const store = await aStore();
    store.bricklink.faults.push(notFound, notFound);
    await callBack(store, anEvent(100));
    await settle(store, vi.runAllTimers);
    const failed = await only(store);
    expect(failed).toMatchObject({ status: "failed", attempts: 2, failure: { code: "notFound" } });
    expect(failed.nextAttemptAt).toBeUndefined();
    const { businessAccountId } = store;
    const strip = await store.owner.query(api.marketplaces.bricklink.health.strip, { businessAccountId });
    expect(strip.failed).toMatchObject({ count: 1, reason: failed.failure?.message });

    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    expect(
      await store.owner.mutation(api.marketplaces.bricklink.deliveries.retryFailed, { businessAccountId }),
    ).toBe(1);
    await settle(store, vi.runAllTimers);
    expect(await only(store)).toMatchObject({ status: "completed", attempts: 1 });
  });

  it("is final after seven attempts in some nine hours", async () => {
    const store = await aStore();
    const began = Date.now();
    store.bricklink.faults.push(...Array.from({ length: 20 }, () => html503));
    await callBack(store, anEvent(100));
    await settle(store, vi.runAllTimers);
    expect(await only(store)).toMatchObject({ status: "failed", attempts: 7 });
    expect((await only(store)).nextAttemptAt).toBeUndefined();
    expect(store.bricklink.calls).toHaveLength(7);
    expect(Date.now() - began).toBeGreaterThan(8 * HOUR);
  });

  it.each([
    ["items that are missing", () => ({ meta: { code: 200, message: "OK", description: "OK" }, data: [] })],
    ["half a body", () => "{"],
  ])("by %s stores nothing of the order", async (_, body) => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 5 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    store.bricklink.onCall = (path) => {
      if (path.endsWith("/items"))
        store.bricklink.faults.push(() => new Response(JSON.stringify(body()).slice(0, -1) + "}"));
    };
    await callBack(store, anEvent(100));
    await runDue(store);
    expect(await only(store)).toMatchObject({ status: "failed", failure: { code: "malformed" } });
    expect(await allOf(store, "bricklinkOrders")).toEqual([]);
    expect(await lotOf(store, lot)).toEqual([5, 0]);
  });
});

describe("a claim", () => {
  it("is held by one run: the second stops, and its call is not made", async () => {
    const store = await aStore();
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    await callBack(store, anEvent(100));
    const { _id: notificationId } = await only(store);
    await store.t.mutation(notifications.processNotification, { notificationId });
    await store.t.mutation(notifications.processNotification, { notificationId });
    await settle(store, vi.runAllTimers);
    expect(store.bricklink.calls).toEqual(["/orders/100", "/orders/100/items"]);
    expect((await only(store)).attempts).toBe(1);
  });

  it("whose run died is found by its lease and taken again by the sweep", async () => {
    const store = await aStore();
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    await callBack(store, anEvent(100));
    const { _id: notificationId } = await only(store);
    // As a crash leaves it: claimed, its action never run.
    await store.t.run((ctx) =>
      ctx.db.patch("bricklinkNotifications", notificationId, {
        status: "processing",
        attempts: 1,
        leaseExpiresAt: Date.now() + 3 * MINUTE,
      }),
    );
    await store.t.mutation(sweep.sweep, {});
    await runDue(store);
    expect((await only(store)).attempts).toBe(1);
    vi.advanceTimersByTime(4 * MINUTE);
    await store.t.mutation(sweep.sweep, {});
    await settle(store, vi.runAllTimers);
    expect(await only(store)).toMatchObject({ status: "completed", attempts: 2 });
  });

  it("whose run has ended without settling it is known dead before its lease is up", async () => {
    const store = await aStore();
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    await callBack(store, anEvent(100));
    const { _id: notificationId } = await only(store);
    await store.t.mutation(notifications.processNotification, { notificationId });
    const { jobId } = await only(store);
    if (!jobId) throw new Error("no run was scheduled");
    // As a restart leaves it: Convex has failed the action that the crash cut off.
    await store.t.run((ctx) => ctx.scheduler.cancel(jobId));
    await store.t.mutation(sweep.sweep, {});
    await settle(store, vi.runAllTimers);
    expect(await only(store)).toMatchObject({ status: "completed", attempts: 2 });
  });

  it("that lost its lease writes nothing", async () => {
    const store = await aStore();
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    await callBack(store, anEvent(100));
    const { _id: notificationId } = await only(store);
    store.bricklink.onCall = async (path) => {
      if (!path.endsWith("/items")) return;
      await store.t.run((ctx) =>
        ctx.db.patch("bricklinkNotifications", notificationId, {
          attempts: 2,
          leaseExpiresAt: Date.now() + HOUR,
        }),
      );
    };
    await runDue(store);
    expect(await allOf(store, "bricklinkOrders")).toEqual([]);
    expect(await only(store)).toMatchObject({ status: "processing", attempts: 2 });
  });

  it("counts its calls before they are made, and waits when the day's are used up", async () => {
    const store = await aStore();
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    await callBack(store, anEvent(100));
    await store.t.run(async (ctx) => {
      const activity = await ctx.db.query("storeActivity").first();
      if (activity)
        await ctx.db.patch("storeActivity", activity._id, {
          callHours: [{ startedAt: Date.now(), count: 4_999 }],
        });
    });
    await runDue(store);
    expect(store.bricklink.calls).toEqual([]);
    expect(await only(store)).toMatchObject({ status: "pending", attempts: 0 });
    const { businessAccountId } = store;
    const strip = await store.owner.query(api.marketplaces.bricklink.health.strip, { businessAccountId });
    expect(strip.waitsUntil?.at).toBe(Math.floor(Date.now() / HOUR) * HOUR + 25 * HOUR);
    vi.advanceTimersByTime(25 * HOUR);
    await store.t.mutation(sweep.sweep, {});
    await settle(store, vi.runAllTimers);
    expect(await only(store)).toMatchObject({ status: "completed" });
  });
});

describe("a store", () => {
  it("has at most four orders in flight, and starts the next as one finishes", async () => {
    const store = await aStore();
    let running = 0;
    let most = 0;
    store.bricklink.onCall = async (path) => {
      if (path.endsWith("/items")) return;
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    };
    const numbers = Array.from({ length: 10 }, (_, index) => 100 + index);
    for (const number of numbers) store.bricklink.place(number, [[{ lotId: 71, quantity: 1 }]]);
    for (const half of [numbers.slice(0, 5), numbers.slice(5)])
      await callBack(
        store,
        half.map((number) => anEvent(number)),
      );
    vi.advanceTimersByTime(1);
    await store.t.finishInProgressScheduledFunctions();
    const processing = (await allOf(store, "bricklinkNotifications")).filter(
      ({ status }) => status === "processing",
    );
    expect(processing.length).toBeLessThanOrEqual(4);
    await settle(store, vi.runAllTimers);
    expect(await allOf(store, "bricklinkOrders")).toHaveLength(10);
    expect(most).toBeLessThanOrEqual(4);
  });

  it("fetches an order once for several events that wait together", async () => {
    const store = await aStore();
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    const now = Date.now();
    await callBack(store, [anEvent(100, now - 3), anEvent(100, now - 2), anEvent(100, now - 1)]);
    vi.setSystemTime(now + 5);
    await settle(store, vi.runAllTimers);
    expect(store.bricklink.calls).toEqual(["/orders/100", "/orders/100/items"]);
    const outcomes = (await allOf(store, "bricklinkNotifications")).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(["applied", "coalesced", "coalesced"]);
  });

  it("that is paused keeps its events and works them off when it resumes", async () => {
    const store = await aStore();
    const { businessAccountId } = store;
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    const setActive = (isActive: boolean) =>
      store.owner.mutation(api.marketplaces.bricklink.connection.setActive, { businessAccountId, isActive });
    await setActive(false);
    await callBack(store, anEvent(100));
    await settle(store, vi.runAllTimers);
    expect(store.bricklink.calls).toEqual([]);
    await setActive(true);
    await settle(store, vi.runAllTimers);
    expect(await allOf(store, "bricklinkOrders")).toHaveLength(1);
  });

  it("notes messages and feedback without asking BrickLink", async () => {
    const store = await aStore();
    const at = new Date().toISOString();
    await callBack(store, [
      { event_type: "Message", resource_id: 5, timestamp: at },
      { event_type: "Feedback", resource_id: 6, timestamp: at },
    ]);
    await settle(store, vi.runAllTimers);
    expect(store.bricklink.calls).toEqual([]);
    for (const notification of await allOf(store, "bricklinkNotifications")) {
      expect(notification).toMatchObject({ status: "completed", outcome: "noted" });
    }
  });
});

describe("a poll", () => {
  const poll = (store: Store) =>
    store.t.action(notifications.pollNotificationsForBusiness, {
      businessAccountId: store.businessAccountId,
    });

  it("stores everything it reads, however old, one bad entry aside", async () => {
    const store = await aStore();
    store.bricklink.unread.push(anEvent(100, Date.now() - 48 * HOUR), { event_type: "?" }, anEvent(101));
    await poll(store);
    expect(await allOf(store, "bricklinkNotifications")).toHaveLength(2);
    const activity = await store.t.run((ctx) => ctx.db.query("storeActivity").first());
    expect(activity).toMatchObject({ lastPolledAt: Date.now(), pollError: { code: "malformed" } });
  });

  it("stores its whole answer by one write, which nothing can come between", () => {
    const events = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        eventType: "Order" as const,
        resourceId: index + 1,
        occurredAt: 0,
      }));
    expect(writesOf(events(0), 1)).toEqual([{ events: [], skipped: 1 }]);
    expect(writesOf(events(1_500), 0)).toEqual([{ events: events(1_500), skipped: 0 }]);
    expect(writesOf(events(1_501), 2).map((write) => ({ ...write, events: write.events.length }))).toEqual([
      { events: 1_500, isMoreToCome: true },
      { events: 1, skipped: 2 },
    ]);
  });

  it("runs once at a time: a second asks for another when the first is done", async () => {
    const store = await aStore();
    let second: Promise<unknown> | undefined;
    store.bricklink.onCall = async () => {
      second ??= poll(store);
      await second;
    };
    await poll(store);
    await second;
    expect(store.bricklink.calls).toEqual(["/notifications"]);
    await settle(store, vi.runAllTimers);
    expect(store.bricklink.calls).toEqual(["/notifications", "/notifications"]);
  });

  it("that fails frees its lease and says why", async () => {
    const store = await aStore();
    store.bricklink.faults.push(html503);
    await poll(store);
    const activity = await store.t.run((ctx) => ctx.db.query("storeActivity").first());
    expect(activity?.pollError).toMatchObject({ code: "unavailable" });
    expect(activity?.pollLeaseExpiresAt).toBeUndefined();
    await poll(store);
    const after = await store.t.run((ctx) => ctx.db.query("storeActivity").first());
    expect(after?.pollError).toBeUndefined();
  });

  it("is planned for every active store, and for no paused one", async () => {
    const first = await aStore();
    const second = await aStore(first.t);
    const { businessAccountId } = second;
    await second.owner.mutation(api.marketplaces.bricklink.connection.setActive, {
      businessAccountId,
      isActive: false,
    });
    await first.t.mutation(internal.marketplaces.bricklink.poll.pollAllStores, {});
    await settle(first, vi.runAllTimers);
    const polled = await first.t.run((ctx) => ctx.db.query("storeActivity").take(5));
    expect(polled.map((activity) => activity.businessAccountId)).toEqual([first.businessAccountId]);
  });
});
