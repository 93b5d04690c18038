import { expect, it, vi } from "vitest";
import {
  adjust,
  aLine,
  anOrder,
  api,
  aStore,
  checkInvariants,
  html503,
  internal,
  MINUTE,
  numbersFrom,
  setPicked,
  type Store,
  useFakeClock,
} from "../../../../support";

useFakeClock();

async function start(store: Store): Promise<void> {
  await store.mutation(api.marketplaces.bricklink.import.runs.start);
}

async function latestImport(store: Store) {
  return await store.query(api.marketplaces.bricklink.import.runs.latest);
}

/** Imports BrickLink's inventory a minute later, to the end. */
async function importLots(store: Store) {
  vi.advanceTimersByTime(MINUTE);
  await start(store);
  await store.runAllScheduled();
  return await latestImport(store);
}

it("an import sets on hand to what BrickLink lists plus what open orders require, counting an order once", async () => {
  const store = await aStore();
  store.bricklink.inventory = [aLine({ quantity: 6 })];
  store.bricklink.place(anOrder({ lines: [aLine({ quantity: 4 })] }));
  expect(await importLots(store)).toMatchObject({ status: "completed", lotsWritten: 1 });
  const [lot] = await store.lots();
  expect(lot).toMatchObject({ quantityOnHand: 10, quantityReserved: 4, location: "A01-01" });
  expect(await store.lines()).toMatchObject([
    { matchedBy: "sourceLot", location: "A01-01", reservedQuantity: 4, shortQuantity: 0 },
  ]);
  expect(await store.orders()).toMatchObject([{ unmatchedLines: 0, reservedQuantity: 4 }]);
});

it("a second import of the same inventory changes no lot and writes no ledger entry", async () => {
  const store = await aStore();
  store.bricklink.inventory = [aLine({ quantity: 6 }), aLine({ lotId: 72, quantity: 1, partNumber: "3002" })];
  store.bricklink.place(anOrder({ lines: [aLine({ quantity: 4 })] }));
  await importLots(store);
  const before = [await store.lots(), await store.ledger()];
  await importLots(store);
  expect([await store.lots(), await store.ledger()]).toEqual(before);
});

it("an import allocates newly listed stock to the backorders of its lot", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 3 });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 5 })] }));
  expect(await store.stockOf(lot)).toEqual([3, 3]);
  store.bricklink.inventory = [aLine({ quantity: 2 })];
  await importLots(store);
  expect(await store.stockOf(lot)).toEqual([7, 5]);
  expect(await store.orders()).toMatchObject([{ shortQuantity: 0, reservedQuantity: 5 }]);
});

it("an import of an empty list into a store with lots fails as a closed store, and changes no lot", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 3 });
  const run = await importLots(store);
  expect(run).toMatchObject({ status: "failed" });
  expect(run?.progress).toEqual({ step: "closedStore" });
  expect(await store.stockOf(lot)).toEqual([3, 0]);
});

it("an import starts its round again when an order is placed between its two listings", async () => {
  const store = await aStore();
  store.bricklink.inventory = [aLine({ quantity: 6 })];
  let isFirst = true;
  store.bricklink.beforeAnswer = (path) => {
    if (path !== "/inventories" || !isFirst) return;
    isFirst = false;
    // A buyer takes two while the lots are being listed: BrickLink subtracts them at once.
    store.bricklink.place(anOrder({ lines: [aLine({ quantity: 2 })] }));
    store.bricklink.inventory = [aLine({ quantity: 4 })];
  };
  expect(await importLots(store)).toMatchObject({ status: "completed" });
  expect(await store.lots()).toMatchObject([{ quantityOnHand: 6, quantityReserved: 2 }]);
});

it("a lot that BrickLink no longer lists is reduced to what open orders require of it", async () => {
  const store = await aStore();
  const listed = await store.addLot({ quantity: 3 });
  const soldOut = await store.addLot({ lotId: 72, quantity: 4, partNumber: "3002" });
  store.bricklink.place(anOrder({ lines: [aLine({ lotId: 72, quantity: 1, partNumber: "3002" })] }));
  store.bricklink.inventory = [aLine({ quantity: 3 })];
  expect(await importLots(store)).toMatchObject({ status: "completed" });
  expect(await store.stockOf(listed)).toEqual([3, 0]);
  expect(await store.stockOf(soldOut)).toEqual([1, 1]);
});

it("an import moves a line to the lot that BrickLink names for it, and releases the lot reserved instead", async () => {
  const store = await aStore();
  const other = await store.addLot({ quantity: 3 });
  await store.receiveOrder(anOrder({ lines: [aLine({ lotId: 99, quantity: 2 })] }));
  expect(await store.lines()).toMatchObject([{ matchedBy: "exact" }]);
  expect(await store.stockOf(other)).toEqual([3, 2]);
  store.bricklink.inventory = [aLine({ quantity: 3 }), aLine({ lotId: 99, quantity: 5, remarks: "B02" })];
  await importLots(store);
  expect(await store.stockOf(other)).toEqual([3, 0]);
  expect((await store.lots())[1]).toMatchObject({ quantityOnHand: 7, quantityReserved: 2 });
  expect(await store.lines()).toMatchObject([
    { matchedBy: "sourceLot", location: "B02", reservedQuantity: 2, shortQuantity: 0 },
  ]);
  expect(await store.orders()).toMatchObject([{ reservedQuantity: 2, shortQuantity: 0 }]);
});

it("a line shows the new bin of its lot after an import has moved the lot", async () => {
  const store = await aStore();
  await store.addLot({ quantity: 3 });
  store.bricklink.place(anOrder({ lines: [aLine({ quantity: 2 })] }));
  store.bricklink.inventory = [aLine({ quantity: 1 })];
  await importLots(store);
  store.bricklink.inventory = [aLine({ quantity: 1, remarks: "C07" })];
  await importLots(store);
  expect(await store.lines()).toMatchObject([{ location: "C07", reservedQuantity: 2 }]);
});

/** A running import, and a way to hand its writing mutation what BrickLink listed before the changes under test. */
async function aRunningImport(store: Store) {
  const { businessAccountId } = store;
  const importId = await store.t.run((ctx) =>
    ctx.db.insert("inventoryImports", {
      businessAccountId,
      status: "running",
      startedAt: Date.now(),
      lotsWritten: 0,
      progress: { step: "writing" },
    }),
  );
  const { receiveLots, writeUnlistedLots } = internal.marketplaces.bricklink.import.writeLots;
  const goods = {
    itemType: "PART",
    partNumber: "3001",
    colorId: 5,
    condition: "new" as const,
    location: "A01-01",
    itemName: "Part 3001",
  };
  return {
    /** Writes lots of BrickLink's list as of `listedAt`: pieces by lot id. */
    receive: async (listedAt: number, listed: Record<number, number>) =>
      await store.t.mutation(receiveLots, {
        importId,
        listedAt,
        unreadableOrders: [],
        lots: Object.entries(listed).map(([lotId, quantity]) => ({
          ...goods,
          lotId: Number(lotId),
          quantity,
        })),
      }),
    reduce: async (listedAt: number, lotIds: number[]) =>
      await store.t.mutation(writeUnlistedLots, { importId, listedAt, unreadableOrders: [], lotIds }),
  };
}

/** The clock a second later: what happens next happens after a listing that began now. */
function listingBegins(): number {
  vi.advanceTimersByTime(1_000);
  const listedAt = Date.now();
  vi.advanceTimersByTime(1_000);
  return listedAt;
}

it("an order that required other quantities when the lots were listed keeps its lots from being written", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })] }));
  const { receive, reduce } = await aRunningImport(store);
  const listedAt = listingBegins();
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 3 })] }));
  expect(await receive(listedAt, { 71: 6 })).toMatchObject({ changed: 1 });
  expect(await reduce(listedAt, [71])).toMatchObject({ changed: 1 });
  expect(await store.stockOf(lot)).toEqual([9, 3]);
  expect(await receive(listingBegins(), { 71: 6 })).toMatchObject({ changed: 0 });
  expect(await store.stockOf(lot)).toEqual([9, 3]);
});

it("an order cancelled after the lots were listed keeps its lots from being written without its pieces", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  const other = await store.addLot({ lotId: 72, quantity: 1 });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })] }));
  const { receive } = await aRunningImport(store);
  const listedAt = listingBegins();
  await store.receiveStatus(100, "CANCELLED");
  // BrickLink listed 5, because the order's 4 were deducted at that time.
  expect(await receive(listedAt, { 71: 5, 72: 2 })).toMatchObject({ handled: 2, changed: 1 });
  expect(await store.stockOf(lot)).toEqual([9, 0]);
  expect(await store.stockOf(other)).toEqual([2, 0]);
});

it("an order that lost a line after the lots were listed keeps every lot from being written, as the line's lot is unknown", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  const other = await store.addLot({ lotId: 72, quantity: 1 });
  await store.receiveOrder(
    anOrder({ lines: [aLine({ quantity: 4 }), aLine({ lotId: 73, partNumber: "3002" })] }),
  );
  const { receive } = await aRunningImport(store);
  const listedAt = listingBegins();
  await store.receiveOrder(anOrder({ status: "UPDATED", lines: [aLine({ lotId: 73, partNumber: "3002" })] }));
  expect(await receive(listedAt, { 71: 5, 72: 2 })).toMatchObject({ handled: 2, changed: 2 });
  expect(await store.stockOf(lot)).toEqual([9, 0]);
  expect(await store.stockOf(other)).toEqual([1, 0]);
});

it("an order first stored after the lots were listed is not counted, as its pieces were still listed", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  const { receive } = await aRunningImport(store);
  const listedAt = listingBegins();
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })] }));
  expect(await receive(listedAt, { 71: 9 })).toMatchObject({ changed: 0 });
  expect(await store.stockOf(lot)).toEqual([9, 4]);
});

it("an order fetched again without a change, or picked, after the lots were listed does not keep them from being written", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })] }));
  const { receive } = await aRunningImport(store);
  const listedAt = listingBegins();
  await store.syncOrder(100);
  await setPicked(
    store,
    (await store.lines()).map(({ _id }) => _id),
  );
  expect(await receive(listedAt, { 71: 6 })).toMatchObject({ changed: 0 });
  expect(await store.stockOf(lot)).toEqual([10, 4]);
});

it("an import that breaks off ends as failed instead of staying under way", async () => {
  const store = await aStore();
  await store.t.run(async (ctx) => {
    const credential = await ctx.db.query("marketplaceCredentials").first();
    if (credential)
      await ctx.db.patch("marketplaceCredentials", credential._id, {
        encryptedKeys: { iv: "AAAA", ciphertext: "AAAA" },
      });
  });
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await start(store);
  await store.runAllScheduled();
  expect(await latestImport(store)).toMatchObject({ status: "failed" });
});

it("a second import is refused while one is under way", async () => {
  const store = await aStore();
  await start(store);
  await expect(start(store)).rejects.toMatchObject({ data: { code: "alreadyRunning" } });
});

it("a lot that more than 500 open lines require keeps its on hand, and the import says how many such lots there are", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 3 });
  await store.receiveOrder(anOrder({ lines: numbersFrom(1, 501).map(() => aLine()) }));
  store.bricklink.inventory = [aLine({ quantity: 6 }), aLine({ lotId: 72, partNumber: "3002", quantity: 2 })];
  const run = await importLots(store);
  expect(run).toMatchObject({ status: "completed", lotsWritten: 1, progress: { count: 2, uncounted: 1 } });
  expect(await store.stockOf(lot)).toEqual([3, 3]);
});

it("a lot sold out before the first import is made from the open lines that took all of it, and reserved for them", async () => {
  const store = await aStore();
  store.bricklink.inventory = [aLine({ quantity: 6 })];
  const soldOut = aLine({ lotId: 72, quantity: 4, partNumber: "3002", remarks: "B07" });
  await store.receiveOrder(anOrder({ lines: [soldOut] }));
  await store.receiveOrder(anOrder({ number: 101, lines: [{ ...soldOut, quantity: 1 }] }));
  expect(await store.lines()).toMatchObject([{ location: "UNKNOWN" }, { location: "UNKNOWN" }]);
  expect(await importLots(store)).toMatchObject({ status: "completed" });
  expect((await store.lots())[1]).toMatchObject({
    sourceLotId: "bricklink:72",
    partNumber: "3002",
    itemName: "Part 3002",
    location: "B07",
    quantityOnHand: 5,
    quantityReserved: 5,
  });
  expect(await store.lines()).toMatchObject([
    { matchedBy: "sourceLot", location: "B07", reservedQuantity: 4 },
    { matchedBy: "sourceLot", location: "B07", reservedQuantity: 1 },
  ]);
  const before = [await store.lots(), await store.ledger()];
  await importLots(store);
  expect([await store.lots(), await store.ledger()]).toEqual(before);
  await checkInvariants(store);
});

it("an import re-opens an emptied lot for open lines, and moves a line that had taken the same goods of another lot", async () => {
  const store = await aStore();
  const other = await store.addLot({ quantity: 3 });
  const emptied = await store.addLot({ lotId: 72, quantity: 0, location: "B02" });
  await store.receiveOrder(anOrder({ lines: [aLine({ lotId: 72, quantity: 2 }), aLine({ lotId: 73 })] }));
  expect(await store.stockOf(other)).toEqual([3, 1]);
  store.bricklink.inventory = [aLine({ quantity: 3 })];
  await importLots(store);
  expect(await store.stockOf(emptied)).toEqual([2, 2]);
  expect(await store.stockOf(other)).toEqual([3, 0]);
  expect((await store.lots())[2]).toMatchObject({ sourceLotId: "bricklink:73", quantityReserved: 1 });
  await checkInvariants(store);
});

it("an import of an empty list into a store with open orders only fails as a closed store", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder());
  expect((await importLots(store))?.progress).toEqual({ step: "closedStore" });
});

it("pieces reported missing stay off on hand after an import, and come back once when the report is undone", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 6 });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })] }));
  const [line] = await store.lines();
  if (!line) throw new Error("The line was not stored.");
  const loss = { lineId: line._id, quantity: 2, reason: "missing" as const };
  await store.mutation(api.orders.picking.losses.reportLoss, loss);
  expect(await store.stockOf(lot)).toEqual([4, 4]);
  store.bricklink.inventory = [aLine({ quantity: 2 })];
  await importLots(store);
  expect(await store.stockOf(lot)).toEqual([4, 4]);
  await store.mutation(api.orders.picking.losses.undoLoss, loss);
  expect(await store.stockOf(lot)).toEqual([6, 4]);
  await checkInvariants(store);
});

it("a person's count made after the lots were listed is kept by the import", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  const { receive } = await aRunningImport(store);
  const listedAt = listingBegins();
  await adjust(store, lot, { seenOnHand: 9, onHand: 7 });
  expect(await receive(listedAt, { 71: 8 })).toMatchObject({ changed: 0 });
  expect(await store.stockOf(lot)).toEqual([7, 0]);
});

it("an import changes a lot that a person had counted before, and says of how many it did", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  const confirmed = await store.addLot({ lotId: 72, quantity: 5, partNumber: "3002" });
  await adjust(store, lot, { seenOnHand: 9, onHand: 7 });
  await adjust(store, confirmed, { seenOnHand: 5, onHand: 4 });
  store.bricklink.inventory = [aLine({ quantity: 8 }), aLine({ lotId: 72, quantity: 4, partNumber: "3002" })];
  expect((await importLots(store))?.progress).toEqual({ step: "imported", count: 2, recounted: 1 });
  expect(await store.stockOf(lot)).toEqual([8, 0]);
  store.bricklink.inventory = [aLine({ quantity: 6 }), aLine({ lotId: 72, quantity: 3, partNumber: "3002" })];
  expect((await importLots(store))?.progress).toEqual({ step: "imported", count: 2 });
});

/** Makes BrickLink answer for an order with something that is no order. */
function makeUnreadable(store: Store, orderNumber: number): void {
  store.bricklink.beforeAnswer = (path) => {
    if (path === `/orders/${orderNumber}`) {
      store.bricklink.nextAnswers.unshift(() => Response.json({ meta: { code: 200 }, data: "no order" }));
    }
  };
}

it("an order that cannot be read is named and left out, and the import counts all other lots", async () => {
  const store = await aStore();
  store.bricklink.inventory = [aLine({ quantity: 6 })];
  store.bricklink.place(anOrder({ lines: [aLine({ quantity: 4 })] }));
  store.bricklink.place(anOrder({ number: 101, lines: [aLine({ lotId: 72 })] }));
  makeUnreadable(store, 101);
  const run = await importLots(store);
  expect(run).toMatchObject({ status: "completed" });
  expect(run?.progress).toEqual({
    step: "imported",
    count: 1,
    unreadableOrders: [101],
    unreadableOrderCount: 1,
  });
  expect(await store.lots()).toMatchObject([{ quantityOnHand: 10, quantityReserved: 4 }]);
});

it("the lots of a stored order whose change cannot be read keep their on hand and are uncertain until they are counted", async () => {
  const store = await aStore();
  const affected = await store.addLot({ quantity: 5 });
  const other = await store.addLot({ lotId: 72, quantity: 5, partNumber: "3002" });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 2 })] }));
  store.bricklink.setStatus(100, "UPDATED", Date.now() + 1_000);
  makeUnreadable(store, 100);
  store.bricklink.inventory = [aLine({ quantity: 1 }), aLine({ lotId: 72, quantity: 4, partNumber: "3002" })];
  expect((await importLots(store))?.progress).toMatchObject({ unreadableOrders: [100], uncertain: 1 });
  const isUncertain = async () =>
    (await store.query(api.inventory.lots.get, { lotId: affected }))?.isUncertain;
  expect([await store.stockOf(affected), await store.stockOf(other)]).toEqual([
    [5, 2],
    [4, 0],
  ]);
  expect(await isUncertain()).toBe(true);
  await adjust(store, affected, { seenOnHand: 5, onHand: 5 });
  expect(await isUncertain()).toBe(false);
  await importLots(store);
  expect(await isUncertain()).toBe(true);
  store.bricklink.beforeAnswer = () => undefined;
  await store.syncOrder(100);
  await importLots(store);
  expect(await isUncertain()).toBe(false);
  expect(await store.stockOf(affected)).toEqual([3, 2]);
});

it("an entry of the order list that cannot be read is named by its number, and does not stop the import", async () => {
  const store = await aStore();
  store.bricklink.inventory = [aLine({ quantity: 6 })];
  store.bricklink.place(anOrder({ number: 101, status: "" }));
  expect((await importLots(store))?.progress).toMatchObject({ step: "imported", unreadableOrders: [101] });
});

it("an order that fails because BrickLink as a whole does is waited for, not left out", async () => {
  const store = await aStore();
  store.bricklink.inventory = [aLine({ quantity: 6 })];
  store.bricklink.place(anOrder({ lines: [aLine({ quantity: 4 })] }));
  // One: its retry, half a minute later, comes before an import without progress gives up.
  let failures = 1;
  store.bricklink.beforeAnswer = (path) => {
    if (path !== "/orders/100" || failures === 0) return;
    failures -= 1;
    store.bricklink.nextAnswers.unshift(html503);
  };
  const run = await importLots(store);
  expect(run?.progress).toEqual({ step: "imported", count: 1 });
  expect(await store.lots()).toMatchObject([{ quantityOnHand: 10, quantityReserved: 4 }]);
});

it("a lot of BrickLink's list that cannot be read keeps its on hand instead of counting as sold out", async () => {
  const store = await aStore();
  const unreadable = await store.addLot({ quantity: 5 });
  store.bricklink.inventory = [
    aLine({ quantity: -1 }),
    aLine({ lotId: 72, partNumber: "3002", quantity: 2 }),
  ];
  expect((await importLots(store))?.progress).toEqual({ step: "imported", count: 1, leftOut: 1 });
  expect(await store.stockOf(unreadable)).toEqual([5, 0]);
});

it("an import asks for the lots only when every listed order is stored", async () => {
  const store = await aStore();
  store.bricklink.inventory = [aLine({ quantity: 6 })];
  store.bricklink.place(anOrder());
  await importLots(store);
  const { calls } = store.bricklink;
  expect(calls.filter((path) => path === "/inventories")).toHaveLength(1);
  expect(calls.indexOf("/inventories")).toBeGreaterThan(calls.indexOf("/orders/100/items"));
});
