import { expect, it, vi } from "vitest";
import { bucketIndexOf } from "../../../convex/lib/timeBuckets";
import {
  aLine,
  aMember,
  anEvent,
  anOrder,
  api,
  aStore,
  DAY,
  HOUR,
  numbersFrom,
  useFakeClock,
} from "../../support";

useFakeClock();

it("a moment belongs to the last bucket that began before it, and to none before the first", () => {
  expect([9, 10, 15, 20, 99].map((at) => bucketIndexOf([10, 20], at))).toEqual([-1, 0, 0, 1, 1]);
});

it("trends count orders per day by tab, and notifications per hour by outcome", async () => {
  const store = await aStore();
  const now = Date.now();
  store.bricklink.place(anOrder({ number: 100, lines: [aLine()], status: "PAID", changedAt: now - DAY }));
  store.bricklink.place(anOrder({ number: 101, lines: [aLine()], status: "NPB", changedAt: now }));
  await store.postCallback([anEvent(100), anEvent(101), anEvent(404)]);
  await store.runAllScheduled();
  const days = [now - 2 * DAY, now - DAY, now];
  const orders = await store.query(api.orders.trends.byDay, { days });
  expect(orders.buckets.map(({ toPack, problem }) => [toPack, problem])).toEqual([
    [0, 0],
    [1, 0],
    [0, 1],
  ]);
  const events = await store.query(api.marketplaces.bricklink.queue.trends.byHour, { hours: [now - 1_000] });
  expect(events).toMatchObject({ buckets: [{ done: 2, waiting: 0, failed: 1 }], isCut: false });
});

it("the delay of each way by which events came is told for each hour, and none where no event came that way", async () => {
  const store = await aStore();
  const now = Date.now();
  for (const number of [100, 101, 102, 103]) store.bricklink.place(anOrder({ number, lines: [aLine()] }));
  await store.postCallback([anEvent(100, now - 1_000), anEvent(101, now - 3_000)]);
  await store.runDue();
  vi.advanceTimersByTime(HOUR);
  const later = Date.now();
  await store.postCallback([anEvent(102, later - 500)]);
  store.bricklink.unreadNotifications.push(anEvent(103, later - 90_000));
  await store.poll();
  const { buckets, arrivals } = await store.query(api.marketplaces.bricklink.queue.trends.byHour, {
    hours: [now - HOUR, now, later],
  });
  expect(buckets.map(({ delayMs }) => delayMs)).toEqual([
    { webhook: null, poll: null },
    { webhook: 2_000, poll: null },
    { webhook: 500, poll: 90_000 },
  ]);
  expect(arrivals).toEqual({
    webhook: { count: 3, delayMs: 1_500 },
    poll: { count: 1, delayMs: 90_000 },
    reconcile: { count: 0, delayMs: null },
  });
});

it("trends are refused to members of another store, and for no, unsorted or more than 48 buckets", async () => {
  const store = await aStore();
  const { businessAccountId } = store;
  const stranger = await aMember(store.t, (await aStore(store.t)).businessAccountId);
  await expect(
    stranger.query(api.orders.trends.byDay, { businessAccountId, days: [1] }),
  ).rejects.toMatchObject({ data: { code: "notAMember" } });
  for (const days of [[], [2, 1], numbersFrom(1, 49)]) {
    await expect(store.query(api.orders.trends.byDay, { days })).rejects.toMatchObject({
      data: { code: "bucketsInvalid" },
    });
  }
});
