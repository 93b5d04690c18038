import { expect, it } from "vitest";
import type { Id } from "../../../../convex/_generated/dataModel";
import { openStock } from "../../../../convex/inventory/stock";
import { fillBackorders } from "../../../../convex/orders/allocation/backorders";
import {
  adjust,
  aLine,
  anOrder,
  api,
  aStore,
  aStoreWithBackorder,
  checkInvariants,
  ledgerOf,
  numbersFrom,
  useFakeClock,
} from "../../../support";

useFakeClock();

it("backorders show how many pieces they lack, and freed stock is allocated to them, the oldest order first", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 5 });
  store.bricklink.place(anOrder({ number: 100, lines: [aLine({ quantity: 4 })] }));
  store.bricklink.place(anOrder({ number: 101, lines: [aLine({ quantity: 3 })] }));
  store.bricklink.place(anOrder({ number: 102, lines: [aLine({ quantity: 2 })] }));
  for (const number of [100, 101, 102]) await store.syncOrder(number);
  const reservedAndShort = async () =>
    (await store.orders()).map(({ reservedQuantity, shortQuantity }) => [reservedQuantity, shortQuantity]);
  expect(await reservedAndShort()).toEqual([
    [4, 0],
    [1, 2],
    [0, 2],
  ]);
  // One piece fewer for the first order frees one, and two orders lack two each.
  await store.receiveOrder(anOrder({ number: 100, lines: [aLine({ quantity: 3 })], status: "UPDATED" }));
  expect(await reservedAndShort()).toEqual([
    [3, 0],
    [2, 1],
    [0, 2],
  ]);
  await store.receiveStatus(100, "CANCELLED");
  expect(await reservedAndShort()).toEqual([
    [0, 0],
    [3, 0],
    [2, 0],
  ]);
  expect(await store.stockOf(lot)).toEqual([5, 5]);
});

it("a lot with backorders is listed as short until staff count more pieces, which are allocated to them", async () => {
  const { store, lotId } = await aStoreWithBackorder();
  const short = async () => (await store.query(api.inventory.lots.short)).lots;
  expect(await short()).toMatchObject([{ lotId, available: 0, backordered: 2 }]);
  await adjust(store, lotId, { seenOnHand: 3, onHand: 9 });
  expect(await short()).toEqual([]);
  expect(await store.stockOf(lotId)).toEqual([9, 5]);
  const entries = await ledgerOf(store, lotId);
  expect(
    entries.map(({ kind, onHandBefore, onHandAfter, reservedBefore, reservedAfter, orderNumber }) => [
      kind,
      onHandBefore,
      onHandAfter,
      reservedBefore,
      reservedAfter,
      orderNumber,
    ]),
  ).toEqual([
    ["reserve", 9, 9, 3, 5, 100],
    ["adjust", 3, 9, 3, 3, null],
    ["reserve", 3, 3, 0, 3, 100],
    ["import", 0, 3, 0, 0, null],
  ]);
  await checkInvariants(store);
});

it("stock freed in several lots fills a bounded number of backorders at once, and the others in scheduled transactions", async () => {
  const store = await aStore();
  const lots: Id<"inventoryItems">[] = [];
  for (const lotId of [71, 72, 73])
    lots.push(await store.addLot({ lotId, partNumber: `p${lotId}`, quantity: 0 }));
  const lines = [71, 72, 73].map((lotId) => aLine({ lotId, partNumber: `p${lotId}` }));
  for (const number of numbersFrom(100, 20)) await store.receiveOrder(anOrder({ number, lines }));
  const shortPieces = async () =>
    (await store.orders()).reduce((sum, { shortQuantity }) => sum + shortQuantity, 0);
  expect(await shortPieces()).toBe(60);
  await store.t.run(async (ctx) => {
    const stock = openStock(ctx, { businessAccountId: store.businessAccountId, at: Date.now() });
    for (const lot of lots) await stock.move(lot, { kind: "import", onHandDelta: 20, reservedDelta: 0 });
    await fillBackorders(ctx, await stock.commit());
  });
  expect(await shortPieces()).toBe(10);
  await store.runAllScheduled();
  expect(await shortPieces()).toBe(0);
  await checkInvariants(store);
});
