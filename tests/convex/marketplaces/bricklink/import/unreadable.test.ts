/** What an import does with orders and lots that cannot be read. */
import { expect, it } from "vitest";
import {
  adjust,
  aLine,
  anOrder,
  api,
  aStore,
  html503,
  importLots,
  numbersFrom,
  type Store,
  useFakeClock,
} from "../../../../support";

useFakeClock();

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
  let failures = 2;
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

it("no lot counts as sold out when BrickLink's list has an entry of which not even the lot can be read", async () => {
  const store = await aStore();
  const unlisted = await store.addLot({ quantity: 5 });
  store.bricklink.inventory = [
    aLine({ lotId: 0, quantity: 3 }),
    aLine({ lotId: 72, partNumber: "3002", quantity: 2 }),
  ];
  expect((await importLots(store))?.progress).toEqual({ step: "imported", count: 1, leftOut: 1 });
  expect(await store.stockOf(unlisted)).toEqual([5, 0]);
});

it("an import writes nothing and names the first 20 when more than 20 orders cannot be read", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 5 });
  store.bricklink.inventory = [aLine({ quantity: 9 })];
  for (const number of numbersFrom(200, 21)) store.bricklink.place(anOrder({ number, status: "" }));
  const run = await importLots(store);
  expect(run).toMatchObject({ status: "failed" });
  expect(run?.progress).toEqual({
    step: "unreadableOrders",
    unreadableOrders: numbersFrom(200, 20),
    unreadableOrderCount: 21,
  });
  expect(await store.stockOf(lot)).toEqual([5, 0]);
});
