/** What an import makes of lots that BrickLink does not list, of lost pieces and of counts by people. */
import { expect, it } from "vitest";
import {
  adjust,
  aLine,
  anOrder,
  api,
  aStore,
  checkInvariants,
  importLots,
  useFakeClock,
} from "../../../../support";

useFakeClock();

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
  expect((await importLots(store))?.progress).toEqual({ step: "imported", count: 2, lowered: 2 });
});
