import { expect, it, vi } from "vitest";
import { bucketOf } from "../../convex/marketplaces/bricklink/trends";
import { aMember, anEvent, api, aStore, callBack, settle, useFakeClock } from "../support/store";

useFakeClock();

const { trends } = api.marketplaces.bricklink;
const DAY_MS = 86_400_000;

it("puts a moment into the bucket that began last before it", () => {
  expect([9, 10, 15, 20, 99].map((at) => bucketOf([10, 20], at))).toEqual([-1, 0, 0, 1, 1]);
});

it("counts orders by day and events by hour, with how they stand", async () => {
  const store = await aStore();
  const { businessAccountId, owner } = store;
  const now = Date.now();
  store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]], "PAID", now - DAY_MS);
  store.bricklink.place(101, [[{ lotId: 71, quantity: 1 }]], "NPB", now);
  await callBack(store, [anEvent(100), anEvent(101), anEvent(404)]);
  await settle(store, vi.runAllTimers);
  const days = [now - 2 * DAY_MS, now - DAY_MS, now];
  const orders = await owner.query(trends.orders, { businessAccountId, days });
  expect(orders.buckets.map(({ toPack, problem }) => [toPack, problem])).toEqual([
    [0, 0],
    [1, 0],
    [0, 1],
  ]);
  const events = await owner.query(trends.events, { businessAccountId, hours: [now - 1_000] });
  expect(events).toMatchObject({ buckets: [{ done: 2, waiting: 0, failed: 1 }], isCut: false });
});

it("counts for members only, and no more buckets than fit", async () => {
  const store = await aStore();
  const { businessAccountId, owner } = store;
  const stranger = await aMember(store.t, (await aStore(store.t)).businessAccountId);
  await expect(stranger.query(trends.orders, { businessAccountId, days: [1] })).rejects.toMatchObject({
    data: { code: "notAMember" },
  });
  for (const days of [[], [2, 1], Array.from({ length: 49 }, (_, day) => day + 1)]) {
    await expect(owner.query(trends.orders, { businessAccountId, days })).rejects.toMatchObject({
      data: { code: "bucketsInvalid" },
    });
  }
});
