import { expect, it, vi } from "vitest";
import { createRandom } from "../../../../../local/bricklink/random";
import { aLine, anEvent, anOrder, aStore, internal, MINUTE, useFakeClock } from "../../../../support";

useFakeClock();

it("an event received by five callbacks and one poll creates one notification, one order and one reservation", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 10 });
  store.bricklink.place(anOrder({ lines: [aLine({ quantity: 4 })] }));
  const event = anEvent(100);
  for (let callback = 0; callback < 5; callback += 1) {
    await store.postCallback(event);
    if (callback === 2) await store.runAllScheduled();
  }
  store.bricklink.unreadNotifications.push(event);
  await store.poll();
  await store.runAllScheduled();

  expect(await store.notifications()).toHaveLength(1);
  expect(await store.orders()).toHaveLength(1);
  expect(await store.lines()).toHaveLength(1);
  expect(await store.stockOf(lot)).toEqual([10, 4]);
  const reserved = (await store.ledger()).filter(({ kind }) => kind === "reserve");
  expect(reserved).toHaveLength(1);
});

it("an order found by callbacks, poll, reconciliation and sweep at the same time is reserved once, in 100 races", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 500 });
  const { businessAccountId } = store;
  const random = createRandom(12);
  for (let number = 1; number <= 100; number += 1) {
    vi.advanceTimersByTime(MINUTE);
    store.bricklink.place(anOrder({ number }));
    store.bricklink.unreadNotifications.push(anEvent(number));
    store.bricklink.beforeAnswer = async () => {
      for (let turn = random.between(0, 3); turn > 0; turn -= 1) await Promise.resolve();
    };
    await Promise.all([
      store.postCallback(anEvent(number)),
      store.poll(),
      store.reconcile(),
      store.postCallback(anEvent(number, Date.now() - 1)),
      store.t.mutation(internal.marketplaces.bricklink.queue.sweep.claimStoreWork, { businessAccountId }),
    ]);
    await store.runDue();
  }
  await store.runAllScheduled();
  expect(await store.stockOf(lot)).toEqual([500, 100]);
  expect(await store.orders()).toHaveLength(100);
  const reserved = (await store.ledger()).filter(({ kind }) => kind === "reserve");
  expect(reserved).toHaveLength(100);
}, 60_000);
