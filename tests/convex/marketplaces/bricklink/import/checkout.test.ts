/** BrickLink's instant checkout takes pieces off its list for ten minutes before there is an order, or for good, or not. */
import { expect, it, vi } from "vitest";
import { lowering } from "../../../../../convex/inventory/receiving";
import {
  aLine,
  anOrder,
  api,
  aStore,
  checkInvariants,
  HOUR,
  html503,
  latestImport,
  MINUTE,
  startImport,
  type Store,
  useFakeClock,
} from "../../../../support";

useFakeClock();

async function importNow(store: Store) {
  await startImport(store);
  await store.runDue();
  return await latestImport(store);
}

/** A store with ten pieces of a lot, of which a checkout holds three while the lots are imported. */
async function anImportDuringACheckout() {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 10 });
  store.bricklink.inventory = [aLine({ quantity: 7 })];
  const run = await importNow(store);
  return { store, lot, run };
}

it("pieces that a checkout holds stay on hand after an import, and for good when the checkout is not paid", async () => {
  const { store, lot, run } = await anImportDuringACheckout();
  expect(run).toMatchObject({ status: "completed", progress: { deferred: 1 } });
  expect(await store.stockOf(lot)).toEqual([10, 0]);
  await store.passMinutes(5);
  store.bricklink.inventory = [aLine({ quantity: 10 })];
  await store.passMinutes(10);
  expect(await store.stockOf(lot)).toEqual([10, 0]);
  expect((await latestImport(store))?.progress).toEqual({ step: "imported", count: 1 });
});

it("pieces that a checkout held are reserved for its order when it is paid", async () => {
  const { store, lot } = await anImportDuringACheckout();
  await store.passMinutes(5);
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 3 })] }));
  expect(await store.stockOf(lot)).toEqual([10, 3]);
  await store.passMinutes(10);
  expect(await store.stockOf(lot)).toEqual([10, 3]);
  await checkInvariants(store);
});

it("pieces that BrickLink still does not list ten minutes later are taken off by a second list, once", async () => {
  const { store, lot } = await anImportDuringACheckout();
  await store.passMinutes(15);
  expect(await store.stockOf(lot)).toEqual([7, 0]);
  expect((await latestImport(store))?.progress).toEqual({ step: "imported", count: 1, lowered: 1 });
  const listings = () => store.bricklink.calls.filter((path) => path === "/inventories").length;
  expect(listings()).toBe(2);
  await store.passMinutes(60);
  expect(listings()).toBe(2);
  await checkInvariants(store);
});

it("an import within ten minutes of another takes nothing off that only the two of them lack", async () => {
  const { store, lot } = await anImportDuringACheckout();
  await store.passMinutes(3);
  expect((await importNow(store))?.progress).toMatchObject({ deferred: 1 });
  expect(await store.stockOf(lot)).toEqual([10, 0]);
  await store.passMinutes(12);
  expect(await store.stockOf(lot)).toEqual([7, 0]);
});

it("an import that takes some pieces off and defers others has a second list for those", async () => {
  const { store, lot } = await anImportDuringACheckout();
  await store.t.run((ctx) =>
    ctx.db.patch("inventoryItems", lot, { fewerListed: { quantity: 3, since: Date.now() - 20 * MINUTE } }),
  );
  store.bricklink.inventory = [aLine({ quantity: 5 })];
  await importNow(store);
  expect(await store.stockOf(lot)).toEqual([7, 0]);
  await store.passMinutes(15);
  expect(await store.stockOf(lot)).toEqual([5, 0]);
});

it("a lot whose on hand an import raises gets the pieces that come back from a checkout", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 5 });
  store.bricklink.inventory = [aLine({ quantity: 10 })];
  await importNow(store);
  store.bricklink.inventory = [aLine({ quantity: 20 })];
  await store.passMinutes(15);
  expect(await store.stockOf(lot)).toEqual([20, 0]);
});

it("a second list that BrickLink does not answer is made again each half hour, until it has taken the pieces off", async () => {
  const { store, lot } = await anImportDuringACheckout();
  await store.passMinutes(5);
  store.bricklink.outage = html503;
  await store.passMinutes(120);
  expect(await store.stockOf(lot)).toEqual([10, 0]);
  store.bricklink.outage = undefined;
  await store.passMinutes(90);
  expect(await store.stockOf(lot)).toEqual([7, 0]);
  expect((await latestImport(store))?.progress).toMatchObject({ step: "imported", lowered: 1 });
});

it("pieces that no second list could confirm within a day stay on hand, and the import says so", async () => {
  const { store, lot } = await anImportDuringACheckout();
  await store.mutation(api.marketplaces.bricklink.connection.settings.setActive, { isActive: false });
  for (let hour = 0; hour < 26; hour += 1) {
    vi.advanceTimersByTime(HOUR);
    await store.runDue();
  }
  expect(await store.stockOf(lot)).toEqual([10, 0]);
  expect((await latestImport(store))?.progress).toEqual({ step: "imported", count: 1, unconfirmed: 1 });
});

it("a second list that finds further pieces missing is followed by another", async () => {
  const { store, lot } = await anImportDuringACheckout();
  await store.passMinutes(5);
  store.bricklink.inventory = [aLine({ quantity: 5 })];
  await store.passMinutes(10);
  expect(await store.stockOf(lot)).toEqual([7, 0]);
  expect((await latestImport(store))?.progress).toMatchObject({ lowered: 1, deferred: 1 });
  await store.passMinutes(45);
  expect(await store.stockOf(lot)).toEqual([5, 0]);
  expect((await latestImport(store))?.progress).toEqual({ step: "imported", count: 1, lowered: 2 });
});

it("pieces that a list lacked hours ago are not taken off because another list lacks some", async () => {
  const { store, lot } = await anImportDuringACheckout();
  await store.t.run((ctx) =>
    ctx.db.patch("inventoryItems", lot, { fewerListed: { quantity: 3, since: Date.now() - 5 * HOUR } }),
  );
  await store.passMinutes(2);
  await importNow(store);
  expect(await store.stockOf(lot)).toEqual([10, 0]);
});

it("a new lot that is imported during a checkout gets the pieces that come back from it", async () => {
  const store = await aStore();
  store.bricklink.inventory = [aLine({ quantity: 7 })];
  await importNow(store);
  store.bricklink.inventory = [aLine({ quantity: 10 })];
  await store.passMinutes(15);
  expect(await store.lots()).toMatchObject([{ quantityOnHand: 10 }]);
});

it("only pieces that were missing long enough are taken off, and the time of the others starts when they are first missed", () => {
  const list = (listedAt: number) => ({ listedAt, lowerAfterMs: 10 });
  expect(lowering(3, undefined, list(100))).toEqual({ takeOff: 0, deferred: { quantity: 3, since: 100 } });
  const before = { quantity: 3, since: 100 };
  expect(lowering(2, before, list(109))).toEqual({ takeOff: 0, deferred: { quantity: 2, since: 100 } });
  expect(lowering(5, before, list(109))).toEqual({ takeOff: 0, deferred: { quantity: 5, since: 109 } });
  expect(lowering(3, before, list(110))).toEqual({ takeOff: 3 });
  expect(lowering(5, before, list(110))).toEqual({ takeOff: 3, deferred: { quantity: 2, since: 110 } });
});
