import { expect, it } from "vitest";
import {
  aLine,
  anEvent,
  anOrder,
  api,
  aStore,
  html503,
  latestImport,
  numbersFrom,
  startImport,
  startScheduled,
  useFakeClock,
} from "../../../../support";

useFakeClock();

it("orders, a poll, a comparison and an import of one store together have at most four calls in flight", async () => {
  const store = await aStore();
  const numbers = numbersFrom(100, 12);
  for (const number of numbers) store.bricklink.place(anOrder({ number }));
  store.bricklink.inventory = [aLine({ quantity: 99 })];
  const events = numbers.map((number) => anEvent(number));
  await store.postCallback(events.slice(0, 6));
  await store.postCallback(events.slice(6));
  await store.postCallback("");
  await startImport(store);
  await store.mutation(api.marketplaces.bricklink.sync.reconcile.compareNow);
  const release = store.bricklink.holdAnswers();
  const { running } = await startScheduled(store, 4);
  expect(store.bricklink.calls).toHaveLength(4);
  release();
  await running;
  await store.runAllScheduled();
  expect(await store.orders()).toHaveLength(12);
  expect(store.bricklink.calls).toContain("/notifications");
  expect(await latestImport(store)).toMatchObject({ status: "completed" });
});

it("a poll that finds four calls in flight takes the place of the first that ends", async () => {
  const store = await aStore();
  const numbers = numbersFrom(100, 12);
  for (const number of numbers) store.bricklink.place(anOrder({ number }));
  const events = numbers.map((number) => anEvent(number));
  await store.postCallback(events.slice(0, 6));
  await store.postCallback(events.slice(6));
  const release = store.bricklink.holdAnswers();
  const { running } = await startScheduled(store, 4);
  await store.poll();
  expect(store.bricklink.calls).toHaveLength(4);
  expect(store.bricklink.calls).not.toContain("/notifications");
  release();
  await running;
  await store.runAllScheduled();
  expect(store.bricklink.calls).toContain("/notifications");
  expect(await store.orders()).toHaveLength(12);
});

it("while the circuit breaker is half-open, a poll waits for the answer of the one order that is fetched", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  store.bricklink.outage = html503;
  for (let poll = 0; poll < 5; poll += 1) await store.poll();
  await store.postCallback(anEvent(100));
  store.bricklink.outage = undefined;
  store.bricklink.calls.length = 0;
  const polledMeanwhile: string[][] = [];
  store.bricklink.beforeAnswer = async (path) => {
    if (path !== "/orders/100") return;
    await store.poll();
    polledMeanwhile.push([...store.bricklink.calls]);
  };
  await store.runAllScheduled();
  expect(polledMeanwhile).toEqual([["/orders/100"]]);
  expect(await store.orders()).toHaveLength(1);
  expect(store.bricklink.calls).toContain("/notifications");
});
