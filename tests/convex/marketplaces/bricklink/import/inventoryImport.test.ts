import { expect, it, vi } from "vitest";
import {
  aLot,
  allOf,
  anEvent,
  api,
  aStore,
  callBack,
  internal,
  lotOf,
  settle,
  type Store,
  useFakeClock,
} from "../support/store";

useFakeClock();

async function importLots(store: Store) {
  vi.advanceTimersByTime(60_000);
  const { businessAccountId } = store;
  await store.owner.mutation(api.marketplaces.bricklink.inventoryImport.start, { businessAccountId });
  await settle(store, vi.runAllTimers);
  return await store.owner.query(api.marketplaces.bricklink.inventoryImport.latest, { businessAccountId });
}

it("counts as on hand what BrickLink lists and what open orders require, once", async () => {
  const store = await aStore();
  store.bricklink.inventory = [{ lotId: 71, quantity: 6 }];
  store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
  expect(await importLots(store)).toMatchObject({ status: "completed", lotsWritten: 1 });
  const [lot] = await allOf(store, "inventoryItems");
  expect(lot).toMatchObject({ quantityOnHand: 10, quantityReserved: 4, location: "A01-01" });
  expect(await allOf(store, "bricklinkOrderItems")).toMatchObject([
    { matchedBy: "sourceLot", location: "A01-01", reservedQuantity: 4, shortQuantity: 0 },
  ]);
  expect(await allOf(store, "bricklinkOrders")).toMatchObject([{ unmatchedLines: 0, reservedQuantity: 4 }]);
});

it("run again changes nothing", async () => {
  const store = await aStore();
  store.bricklink.inventory = [
    { lotId: 71, quantity: 6 },
    { lotId: 72, quantity: 1, partNumber: "3002" },
  ];
  store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
  await importLots(store);
  const before = [await allOf(store, "inventoryItems"), await allOf(store, "inventoryLedger")];
  await importLots(store);
  expect([await allOf(store, "inventoryItems"), await allOf(store, "inventoryLedger")]).toEqual(before);
});

it("gives newly listed stock to the lines that are short of it", async () => {
  const store = await aStore();
  const lot = await aLot(store, { lotId: 71, quantity: 3 });
  store.bricklink.place(100, [[{ lotId: 71, quantity: 5 }]]);
  await callBack(store, anEvent(100));
  await settle(store, vi.runAllTimers);
  expect(await lotOf(store, lot)).toEqual([3, 3]);
  store.bricklink.inventory = [{ lotId: 71, quantity: 2 }];
  await importLots(store);
  expect(await lotOf(store, lot)).toEqual([7, 5]);
  expect(await allOf(store, "bricklinkOrders")).toMatchObject([{ shortQuantity: 0, reservedQuantity: 5 }]);
});

it("takes an empty list from a store that had lots for a closed store, not a sold-out one", async () => {
  const store = await aStore();
  const lot = await aLot(store, { lotId: 71, quantity: 3 });
  const run = await importLots(store);
  expect(run).toMatchObject({ status: "failed" });
  expect(run?.message).toContain("closed");
  expect(await lotOf(store, lot)).toEqual([3, 0]);
});

it("starts over when an order changes between its two listings", async () => {
  const store = await aStore();
  store.bricklink.inventory = [{ lotId: 71, quantity: 6 }];
  let isFirst = true;
  store.bricklink.onCall = (path) => {
    if (path !== "/inventories" || !isFirst) return;
    isFirst = false;
    // A buyer takes two while the lots are being listed: BrickLink takes them off at once.
    store.bricklink.place(100, [[{ lotId: 71, quantity: 2 }]]);
    store.bricklink.inventory = [{ lotId: 71, quantity: 4 }];
  };
  expect(await importLots(store)).toMatchObject({ status: "completed" });
  expect(await allOf(store, "inventoryItems")).toMatchObject([{ quantityOnHand: 6, quantityReserved: 2 }]);
});

it("empties lots that BrickLink lists no more, down to what open orders require of them", async () => {
  const store = await aStore();
  const kept = await aLot(store, { lotId: 71, quantity: 3 });
  const soldOut = await aLot(store, { lotId: 72, quantity: 4, partNumber: "3002" });
  store.bricklink.place(100, [[{ lotId: 72, quantity: 1, partNumber: "3002" }]]);
  store.bricklink.inventory = [{ lotId: 71, quantity: 3 }];
  expect(await importLots(store)).toMatchObject({ status: "completed" });
  expect(await lotOf(store, kept)).toEqual([3, 0]);
  expect(await lotOf(store, soldOut)).toEqual([1, 1]);
});

it("gives a line the lot that BrickLink says it came from, and frees the one it took instead", async () => {
  const store = await aStore();
  const other = await aLot(store, { lotId: 71, quantity: 3 });
  store.bricklink.place(100, [[{ lotId: 99, quantity: 2 }]]);
  await callBack(store, anEvent(100));
  await settle(store, vi.runAllTimers);
  expect(await allOf(store, "bricklinkOrderItems")).toMatchObject([{ matchedBy: "exact" }]);
  expect(await lotOf(store, other)).toEqual([3, 2]);
  store.bricklink.inventory = [
    { lotId: 71, quantity: 3 },
    { lotId: 99, quantity: 5, remarks: "B02" },
  ];
  await importLots(store);
  expect(await lotOf(store, other)).toEqual([3, 0]);
  expect((await allOf(store, "inventoryItems"))[1]).toMatchObject({ quantityOnHand: 7, quantityReserved: 2 });
  expect(await allOf(store, "bricklinkOrderItems")).toMatchObject([
    { matchedBy: "sourceLot", location: "B02", reservedQuantity: 2, shortQuantity: 0 },
  ]);
  expect(await allOf(store, "bricklinkOrders")).toMatchObject([{ reservedQuantity: 2, shortQuantity: 0 }]);
});

it("shows a line where its lot lies after the lot was moved", async () => {
  const store = await aStore();
  await aLot(store, { lotId: 71, quantity: 3 });
  store.bricklink.place(100, [[{ lotId: 71, quantity: 2 }]]);
  store.bricklink.inventory = [{ lotId: 71, quantity: 1 }];
  await importLots(store);
  store.bricklink.inventory = [{ lotId: 71, quantity: 1, remarks: "C07" }];
  await importLots(store);
  expect(await allOf(store, "bricklinkOrderItems")).toMatchObject([{ location: "C07", reservedQuantity: 2 }]);
});

it("does not count a lot whose order was fetched anew after the listing, and says so", async () => {
  const store = await aStore();
  const { businessAccountId } = store;
  const lot = await aLot(store, { lotId: 71, quantity: 9 });
  const arrive = async (quantity: number) => {
    vi.advanceTimersByTime(1_000);
    store.bricklink.place(100, [[{ lotId: 71, quantity }]]);
    await callBack(store, anEvent(100));
    await settle(store, vi.runAllTimers);
  };
  await arrive(4);
  const listedAt = Date.now() + 500;
  await arrive(3);
  const importId = await store.t.run((ctx) =>
    ctx.db.insert("inventoryImports", {
      businessAccountId,
      status: "running",
      startedAt: listedAt,
      lotsWritten: 0,
      message: "",
    }),
  );
  const listed = {
    lotId: 71,
    itemType: "PART",
    partNumber: "3001",
    colorId: 5,
    condition: "new" as const,
    location: "A01-01",
    itemName: "Part 3001",
    quantity: 6,
  };
  const { receiveLots, emptyLots } = internal.marketplaces.bricklink.inventoryImport;
  expect(await store.t.mutation(receiveLots, { importId, listedAt, lots: [listed] })).toBe(false);
  expect(await store.t.mutation(emptyLots, { importId, listedAt, lotIds: [71] })).toBe(false);
  expect(await lotOf(store, lot)).toEqual([9, 3]);
  const later = Date.now() + 1;
  expect(await store.t.mutation(receiveLots, { importId, listedAt: later, lots: [listed] })).toBe(true);
  expect(await lotOf(store, lot)).toEqual([9, 3]);
});

it("that breaks off leaves no import that says it is running", async () => {
  const store = await aStore();
  const { businessAccountId } = store;
  await store.t.run(async (ctx) => {
    const credential = await ctx.db.query("marketplaceCredentials").first();
    if (credential)
      await ctx.db.patch("marketplaceCredentials", credential._id, {
        sealedKeys: { iv: "AAAA", ciphertext: "AAAA" },
      });
  });
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await store.owner.mutation(api.marketplaces.bricklink.inventoryImport.start, { businessAccountId });
  await settle(store, vi.runAllTimers);
  const run = await store.owner.query(api.marketplaces.bricklink.inventoryImport.latest, {
    businessAccountId,
  });
  expect(run).toMatchObject({ status: "failed" });
});

it("refuses a second run while one is under way", async () => {
  const store = await aStore();
  const { businessAccountId } = store;
  const start = () =>
    store.owner.mutation(api.marketplaces.bricklink.inventoryImport.start, { businessAccountId });
  await start();
  await expect(start()).rejects.toMatchObject({ data: { code: "alreadyRunning" } });
});

it("a comparison of lists finds orders that nobody told of, with one call, and not what was over before", async () => {
  const store = await aStore();
  const { businessAccountId } = store;
  const past = Date.now() - 86_400_000;
  store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
  store.bricklink.place(101, [[{ lotId: 71, quantity: 1 }]], "PAID", past);
  store.bricklink.place(102, [[{ lotId: 71, quantity: 1 }]], "COMPLETED", past);
  const reconcile = async () => {
    vi.advanceTimersByTime(900_000);
    await store.t.action(internal.marketplaces.bricklink.reconcile.reconcileOrders, { businessAccountId });
    await settle(store, vi.runAllTimers);
  };
  await reconcile();
  const numbers = async () =>
    (await allOf(store, "bricklinkOrders")).map(({ orderNumber }) => orderNumber).sort();
  expect(await numbers()).toEqual([100, 101]);
  store.bricklink.calls.length = 0;
  await reconcile();
  expect(store.bricklink.calls).toEqual(["/orders"]);
  store.bricklink.setStatus(101, "SHIPPED");
  await reconcile();
  expect(
    (await allOf(store, "bricklinkOrders")).find(({ orderNumber }) => orderNumber === 101),
  ).toMatchObject({
    status: "SHIPPED",
  });
});
