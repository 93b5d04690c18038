import { expect, it } from "vitest";
import { splitIntoMutations } from "../../../../../convex/marketplaces/bricklink/sync/poll";
import { anEvent, api, aStore, HOUR, html503, internal, useFakeClock } from "../../../../support";

useFakeClock();

it("a poll stores every event it reads, however old, and records an unreadable entry as its error", async () => {
  const store = await aStore();
  store.bricklink.unreadNotifications.push(
    anEvent(100, Date.now() - 48 * HOUR),
    { event_type: "?" },
    anEvent(101),
  );
  await store.poll();
  expect(await store.notifications()).toHaveLength(2);
  expect(await store.callActivity()).toMatchObject({
    lastPolledAt: Date.now(),
    pollError: { code: "unreadableNotifications", count: 1 },
  });
});

it("a poll stores a notification whose resource_id is text", async () => {
  const store = await aStore();
  store.bricklink.unreadNotifications.push({ ...anEvent(100), resource_id: "100" });
  await store.poll();
  expect(await store.notifications()).toMatchObject([{ resourceId: 100 }]);
});

it("a poll's answer is stored in one transaction up to 1,500 events, and in as few as possible above", () => {
  const events = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      eventType: "Order" as const,
      resourceId: index + 1,
      occurredAt: 0,
    }));
  expect(splitIntoMutations(events(0), 1)).toEqual([{ events: [], unreadable: 1 }]);
  expect(splitIntoMutations(events(1_500), 0)).toEqual([{ events: events(1_500), unreadable: 0 }]);
  expect(
    splitIntoMutations(events(1_501), 2).map((write) => ({ ...write, events: write.events.length })),
  ).toEqual([
    { events: 1_500, isMoreToCome: true },
    { events: 1, unreadable: 2 },
  ]);
});

it("a poll asked for while another runs makes no call of its own, and one more poll follows the first", async () => {
  const store = await aStore();
  let second: Promise<unknown> | undefined;
  store.bricklink.beforeAnswer = async () => {
    second ??= store.poll();
    await second;
  };
  await store.poll();
  await second;
  expect(store.bricklink.calls).toEqual(["/notifications"]);
  await store.runAllScheduled();
  expect(store.bricklink.calls).toEqual(["/notifications", "/notifications"]);
});

it("a failed poll releases its lease and records its error, and the next successful one clears the error", async () => {
  const store = await aStore();
  store.bricklink.nextAnswers.push(html503);
  await store.poll();
  const failed = await store.callActivity();
  expect(failed?.pollError).toMatchObject({ code: "unavailable" });
  expect(failed?.leases.poll).toBeUndefined();
  await store.poll();
  expect((await store.callActivity())?.pollError).toBeUndefined();
});

it("the cron run schedules a poll for every active store, and for no paused one", async () => {
  const active = await aStore();
  const paused = await aStore(active.t);
  await paused.mutation(api.marketplaces.bricklink.connection.settings.setActive, { isActive: false });
  await active.t.mutation(internal.marketplaces.bricklink.sync.poll.pollAllStores, {});
  await active.runAllScheduled();
  const polled = await active.t.run((ctx) => ctx.db.query("callActivity").take(5));
  expect(polled.map((activity) => activity.businessAccountId)).toEqual([active.businessAccountId]);
});
