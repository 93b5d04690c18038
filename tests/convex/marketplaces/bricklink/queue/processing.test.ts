import { expect, it, vi } from "vitest";
import {
  anEvent,
  anOrder,
  api,
  aStore,
  numbersFrom,
  startScheduled,
  useFakeClock,
} from "../../../../support";

useFakeClock();

it("a store fetches four of ten orders at once, and starts the next as soon as one is completed", async () => {
  const store = await aStore();
  const numbers = numbersFrom(100, 10);
  for (const number of numbers) store.bricklink.place(anOrder({ number }));
  const events = numbers.map((number) => anEvent(number));
  await store.postCallback(events.slice(0, 5));
  await store.postCallback(events.slice(5));
  const release = store.bricklink.holdAnswers();
  const { running } = await startScheduled(store, 4);
  expect(store.bricklink.calls.sort()).toEqual(numbers.slice(0, 4).map((number) => `/orders/${number}`));
  release();
  await running;
  await store.runAllScheduled();
  expect(await store.orders()).toHaveLength(10);
});

it("several events of one order that wait together are served by one fetch", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  const now = Date.now();
  await store.postCallback([anEvent(100, now - 3), anEvent(100, now - 2), anEvent(100, now - 1)]);
  vi.setSystemTime(now + 5);
  await store.runAllScheduled();
  expect(store.bricklink.calls).toEqual(["/orders/100", "/orders/100/items"]);
  const outcomes = (await store.notifications()).map(({ outcome }) => outcome);
  expect(outcomes.sort()).toEqual(["applied", "coalesced", "coalesced"]);
});

it("a paused store stores notifications without processing them, and processes them when it resumes", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  const setActive = (isActive: boolean) =>
    store.mutation(api.marketplaces.bricklink.connection.settings.setActive, { isActive });
  await setActive(false);
  await store.postCallback(anEvent(100));
  await store.runAllScheduled();
  expect(store.bricklink.calls).toEqual([]);
  await setActive(true);
  await store.runAllScheduled();
  expect(await store.orders()).toHaveLength(1);
});
