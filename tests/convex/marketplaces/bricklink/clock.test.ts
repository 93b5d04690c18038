/** A clock that was ahead for a while, as on a machine whose time was set wrong and then right. */
import { expect, it, vi } from "vitest";
import {
  aLine,
  anEvent,
  anOrder,
  api,
  aStore,
  checkInvariants,
  DAY,
  html503,
  importLots,
  internal,
  MINUTE,
  type Store,
  useFakeClock,
} from "../../../support";

useFakeClock();

/** A store that worked for a while with a clock that was a day ahead, and whose clock is right again. */
async function aStoreWhoseClockWasAhead(work: (store: Store) => Promise<unknown>): Promise<Store> {
  const store = await aStore();
  const rightly = Date.now();
  vi.setSystemTime(rightly + DAY);
  await work(store);
  vi.setSystemTime(rightly + MINUTE);
  return store;
}

async function passMinutes(store: Store, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await store.sweep();
    if (minute % 3 === 0) await store.t.mutation(internal.marketplaces.bricklink.sync.poll.pollAllStores, {});
    await store.passMinutes(1);
  }
}

it("callbacks are accepted and polls made after the clock was ahead, however many came then", async () => {
  process.env.WEBHOOK_REQUESTS_PER_MINUTE = "3";
  try {
    const store = await aStoreWhoseClockWasAhead(async (ahead) => {
      await ahead.mutation(api.marketplaces.bricklink.connection.settings.setPollInterval, { minutes: 15 });
      for (let callback = 0; callback < 3; callback += 1) await ahead.postCallback("");
      await ahead.runDue();
    });
    store.bricklink.calls.length = 0;
    expect((await store.postCallback("")).status).toBe(200);
    await passMinutes(store, 4);
    expect(store.bricklink.calls).toContain("/notifications");
  } finally {
    delete process.env.WEBHOOK_REQUESTS_PER_MINUTE;
  }
});

it("an order stored while the clock was ahead is updated by what BrickLink says after", async () => {
  const store = await aStoreWhoseClockWasAhead((ahead) => ahead.receiveOrder(anOrder()));
  store.bricklink.setStatus(100, "PAID");
  await store.postCallback(anEvent(100));
  await store.runDue();
  expect(await store.orders()).toMatchObject([{ status: "PAID" }]);
});

it("events that waited or failed while the clock was ahead are processed within minutes", async () => {
  const store = await aStoreWhoseClockWasAhead(async (ahead) => {
    ahead.bricklink.place(anOrder({ number: 100 }));
    ahead.bricklink.place(anOrder({ number: 101 }));
    ahead.bricklink.outage = html503;
    await ahead.postCallback(anEvent(100));
    await ahead.runDue();
    for (let poll = 0; poll < 5; poll += 1) await ahead.poll();
    await ahead.postCallback(anEvent(101));
  });
  store.bricklink.outage = undefined;
  await passMinutes(store, 5);
  expect(await store.orders()).toHaveLength(2);
});

it("an import and a comparison that began while the clock was ahead do not keep others from starting", async () => {
  const store = await aStoreWhoseClockWasAhead(async (ahead) => {
    await ahead.t.run(async (ctx) => {
      const { businessAccountId } = ahead;
      const soon = Date.now() + MINUTE;
      await ctx.db.insert("callActivity", {
        businessAccountId,
        callHours: [{ startedAt: Date.now(), count: 4_999 }],
        leases: { poll: soon, reconcile: soon, import: soon },
        isPollRequested: false,
      });
      await ctx.db.insert("inventoryImports", {
        businessAccountId,
        status: "running",
        startedAt: Date.now(),
        lotsWritten: 0,
        progress: { step: "listing" },
      });
    });
  });
  store.bricklink.inventory = [aLine({ quantity: 6 })];
  store.bricklink.place(anOrder());
  await store.reconcile();
  await store.runDue();
  expect(await store.orders()).toHaveLength(1);
  expect(await importLots(store)).toMatchObject({ status: "completed" });
  await checkInvariants(store);
});
