import { expect, it } from "vitest";
import {
  adjust,
  aLine,
  anOrder,
  api,
  aStore,
  aStoreWithBackorder,
  checkInvariants,
  ledgerOf,
  useFakeClock,
} from "../../support";

useFakeClock();

it("backorders show how many pieces they lack, and the stock of a cancelled order is allocated to them", async () => {
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
  const short = async () => (await store.query(api.marketplaces.bricklink.lots.short)).lots;
  expect(await short()).toMatchObject([{ lotId, available: 0, waiting: { quantity: 2 } }]);
  await adjust(store, lotId, { seenOnHand: 3, onHand: 9 });
  expect(await short()).toEqual([]);
  expect(await store.stockOf(lotId)).toEqual([9, 5]);
  expect((await ledgerOf(store, lotId)).map(({ text, orderNumber }) => [text, orderNumber])).toEqual([
    ["2 reserved", 100],
    ["On hand 3 → 9, counted", null],
    ["3 reserved", 100],
    ["Import: on hand 0 → 3", null],
  ]);
  await checkInvariants(store);
});
