import { expect, it } from "vitest";
import {
  aLine,
  aMember,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  numbersFrom,
  type Session,
  setPicked,
  useFakeClock,
} from "../../support";

useFakeClock();

const { get } = api.orders.parcels;

it("parcels show the address to staff and owners, and not to viewers", async () => {
  const store = await aStore();
  const { businessAccountId, t } = store;
  await store.receiveOrder(anOrder());
  const addressAsSeenBy = async (member: Session) => {
    const { orders } = await member.query(get, { businessAccountId, orderNumbers: [100] });
    return orders.map(({ buyerName, address }) => [buyerName, address?.full ?? null]);
  };
  const buyerName = "Ann O'Brick";
  expect(await addressAsSeenBy(await aMember(t, businessAccountId, "viewer"))).toEqual([[buyerName, null]]);
  const whole = [[buyerName, "1 Brick Lane\nTown"]];
  expect(await addressAsSeenBy(await aMember(t, businessAccountId, "staff"))).toEqual(whole);
  expect(await addressAsSeenBy(store.owner)).toEqual(whole);
});

it("parcels of chosen orders come in the order chosen, each once, with their lines and none of another store's", async () => {
  const { store, first } = await anOrderToPick();
  await store.receiveOrder(anOrder({ number: 101 }));
  await setPicked(store, [first]);
  const orderNumbers = [101, 100, 101, 999];
  const { orders, leftOut } = await store.query(get, { orderNumbers });
  expect(
    orders.map(({ orderNumber, lines }) => [orderNumber, lines.map(({ quantity }) => quantity).sort()]),
  ).toEqual([
    [101, [1]],
    [100, [2, 4]],
  ]);
  expect(orders[1]?.lines.find(({ partNumber }) => partNumber === "3001")).toMatchObject({
    colorName: "Red",
    location: "A01-01",
    pickStatus: "picked",
    pickedQuantity: 4,
  });
  expect(leftOut).toEqual([]);
  const other = await aStore(store.t);
  expect(await other.query(get, { orderNumbers })).toEqual({ orders: [], leftOut: [] });
});

it("parcels say nothing of prices", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 2 })] }));
  const found = await store.query(get, { orderNumbers: [100] });
  expect(JSON.stringify(found)).not.toMatch(/price|cost|currency|total/i);
});

it("parcels take thirty orders and name the ones after them", async () => {
  const store = await aStore();
  const orderNumbers = numbersFrom(100, 32);
  for (const number of orderNumbers) await store.receiveOrder(anOrder({ number }));
  const { orders, leftOut } = await store.query(get, { orderNumbers });
  expect(orders).toHaveLength(30);
  expect(leftOut).toEqual([130, 131]);
});
