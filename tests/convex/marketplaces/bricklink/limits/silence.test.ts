import { expect, it } from "vitest";
import { anEvent, anOrder, api, aStore, type Store, useFakeClock } from "../../../../support";

useFakeClock();

async function silenceOf(store: Store) {
  return await store.query(api.marketplaces.bricklink.limits.silence.get);
}

/** Orders of these numbers are placed, and only BrickLink's unread notifications say so. */
async function findByPoll(store: Store, numbers: number[]): Promise<void> {
  for (const number of numbers) {
    store.bricklink.place(anOrder({ number }));
    store.bricklink.unreadNotifications.push(anEvent(number));
  }
  await store.poll();
  await store.runDue();
}

it("three orders in a row that a poll found and no callback announced are told, with since when", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder());
  await findByPoll(store, [101, 102]);
  expect(await silenceOf(store)).toBeNull();
  const before = Date.now();
  await findByPoll(store, [103]);
  expect(await silenceOf(store)).toMatchObject({ unannounced: 3, isMore: false });
  expect((await silenceOf(store))?.since).toBeLessThanOrEqual(before);
});

it("a callback ends it", async () => {
  const store = await aStore();
  await findByPoll(store, [101, 102, 103]);
  expect(await silenceOf(store)).not.toBeNull();
  await store.receiveOrder(anOrder());
  expect(await silenceOf(store)).toBeNull();
});

it("orders that were placed before the store was connected, and what people asked for, are no sign of it", async () => {
  const store = await aStore();
  const { connectedAt } = await store.t.run(async (ctx) => {
    const [credential] = await ctx.db.query("marketplaceCredentials").take(1);
    if (!credential) throw new Error("The store is not connected.");
    return credential;
  });
  for (const number of [101, 102, 103, 104]) {
    store.bricklink.place(anOrder({ number, changedAt: connectedAt - 1 }));
  }
  await store.reconcile();
  await store.runDue();
  expect(await store.orders()).toHaveLength(4);
  for (const orderNumber of [101, 102, 103]) {
    await store.mutation(api.marketplaces.bricklink.queue.log.fetchOrder, { orderNumber });
  }
  expect(await silenceOf(store)).toBeNull();
});
