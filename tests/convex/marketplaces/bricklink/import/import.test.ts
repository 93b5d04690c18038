import { expect, it, vi } from "vitest";
import {
  aLine,
  anOrder,
  aStore,
  importLots,
  latestImport,
  numbersFrom,
  startImport,
  useFakeClock,
} from "../../../../support";

useFakeClock();

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

it("an import that breaks off ends as failed instead of staying under way", async () => {
  const store = await aStore();
  await store.t.run(async (ctx) => {
    const credential = await ctx.db.query("marketplaceCredentials").first();
    if (credential)
      await ctx.db.patch("marketplaceCredentials", credential._id, {
        encryptedKeys: { ...credential.encryptedKeys, keyId: "unknown" },
      });
  });
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await startImport(store);
  await store.runAllScheduled();
  expect(await latestImport(store)).toMatchObject({ status: "failed" });
});

it("a second import is refused while one is under way", async () => {
  const store = await aStore();
  await startImport(store);
  await expect(startImport(store)).rejects.toMatchObject({ data: { code: "alreadyRunning" } });
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

it("an import asks for the lots only when every listed order is stored", async () => {
  const store = await aStore();
  store.bricklink.inventory = [aLine({ quantity: 6 })];
  store.bricklink.place(anOrder());
  await startImport(store);
  await store.passMinutes(2);
  const { calls } = store.bricklink;
  expect(calls.filter((path) => path === "/inventories")).toHaveLength(1);
  expect(calls.indexOf("/inventories")).toBeGreaterThan(calls.indexOf("/orders/100/items"));
});
