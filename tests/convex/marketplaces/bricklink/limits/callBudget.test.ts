import { expect, it, vi } from "vitest";
import { callActivityFor } from "../../../../../convex/marketplaces/bricklink/limits/activity";
import { anEvent, anOrder, api, aStore, HOUR, useFakeClock } from "../../../../support";

useFakeClock();

it("a notification that the day's call budget does not cover stays pending until calls are free again", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  await store.postCallback(anEvent(100));
  await store.t.run(async (ctx) => {
    const { _id } = await callActivityFor(ctx, store.businessAccountId);
    await ctx.db.patch("callActivity", _id, { callHours: [{ startedAt: Date.now(), count: 4_999 }] });
  });
  await store.runDue();
  expect(store.bricklink.calls).toEqual([]);
  expect(await store.onlyNotification()).toMatchObject({ status: "pending", attempts: 0 });
  const strip = await store.query(api.marketplaces.bricklink.limits.health.strip);
  expect(strip.pause).toEqual({
    reason: "outOfCalls",
    until: Math.floor(Date.now() / HOUR) * HOUR + 25 * HOUR,
  });
  vi.advanceTimersByTime(25 * HOUR);
  await store.sweep();
  await store.runAllScheduled();
  expect(await store.onlyNotification()).toMatchObject({ status: "completed" });
});
