import { expect, it } from "vitest";
import {
  aLine,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  numbersFrom,
  type Store,
  useFakeClock,
} from "../../../support";

useFakeClock();

async function pickListOf(store: Store, orderNumbers: number[]) {
  const { orders, leftOut } = await store.query(api.orders.picking.pickList.get, { orderNumbers });
  return { orders: orders.map(({ orderNumber, lines }) => [orderNumber, lines.length]), leftOut };
}

/** Brings an order of so many lines into the store. They match no lot, so that large orders are stored quickly. */
async function receiveLargeOrder(store: Store, number: number, lineCount: number): Promise<void> {
  const lines = numbersFrom(1, lineCount).map((lotId) => aLine({ lotId }));
  await store.receiveOrder(anOrder({ number, lines }));
}

it("a pick list has the lines of each chosen order once, and none of another store's", async () => {
  const { store } = await anOrderToPick();
  await store.receiveOrder(anOrder({ number: 101 }));
  const chosen = [100, 101, 101, 999];
  expect(await pickListOf(store, chosen)).toEqual({
    orders: [
      [100, 2],
      [101, 1],
    ],
    leftOut: [],
  });
  const other = await aStore(store.t);
  expect(await pickListOf(other, chosen)).toEqual({ orders: [], leftOut: [] });
});

it("an order of 450 lines is on the pick list with all of them, as in its detail", async () => {
  const store = await aStore();
  await receiveLargeOrder(store, 100, 450);
  expect(await pickListOf(store, [100])).toEqual({ orders: [[100, 450]], leftOut: [] });
  const detail = await store.query(api.orders.detail.get, { orderNumber: 100 });
  expect(detail?.lines).toHaveLength(450);
});

it("an order that does not fit on the pick list is left out whole and named, and a smaller one after it still fits", async () => {
  const store = await aStore();
  await receiveLargeOrder(store, 100, 3);
  await receiveLargeOrder(store, 101, 4);
  await receiveLargeOrder(store, 102, 2);
  // In the database itself: 5,996 stored lines would take longer than all other tests of this file.
  await store.t.run(async (ctx) => {
    const order = await ctx.db.query("bricklinkOrders").first();
    if (order) await ctx.db.patch("bricklinkOrders", order._id, { lineCount: 5_997 });
  });
  expect(await pickListOf(store, [100, 101, 999, 102])).toEqual({
    orders: [
      [100, 3],
      [102, 2],
    ],
    leftOut: [101],
  });
});

it("a pick list takes thirty orders and names the ones after them, without those that the store does not have", async () => {
  const store = await aStore();
  const numbers = numbersFrom(100, 32);
  for (const number of numbers) await store.receiveOrder(anOrder({ number }));
  const { orders, leftOut } = await pickListOf(store, [999, ...numbers, 998]);
  expect(orders).toHaveLength(30);
  expect(leftOut).toEqual([130, 131]);
});
