import { expect, it } from "vitest";
import {
  aLine,
  aMember,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  checkInvariants,
  confirmReturn,
  errorCodeOf,
  firstOrderOf,
  numbersFrom,
  setPicked,
  type Store,
  useFakeClock,
} from "../../../support";

useFakeClock();

/** The only return there is. Throws if there is none or another. */
async function onlyReturn(store: Store) {
  const [row, ...others] = await store.returns();
  if (!row || others.length > 0)
    throw new Error(`Expected one return, found ${row ? 1 + others.length : 0}.`);
  return row;
}

async function returnsInDetail(store: Store) {
  return (await store.query(api.orders.detail.get, { orderNumber: 100 }))?.returnsToShelf;
}

/** The order of `anOrderToPick`, all picked, whose second line the buyer then takes out. */
async function anOrderWithReturn() {
  const order = await anOrderToPick();
  await setPicked(order.store, order.lineIds);
  await order.store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })], status: "UPDATED" }));
  return order;
}

it("a picked line that disappears from its order is listed for return to the shelf, and its stock is released", async () => {
  const { store, lot } = await anOrderWithReturn();
  const goods = { partNumber: "3002", quantity: 2, location: "A01-01" };
  expect(await store.returns()).toMatchObject([{ ...goods, orderNumber: 100 }]);
  expect((await onlyReturn(store)).lineId).toBeUndefined();
  expect(await returnsInDetail(store)).toMatchObject([{ ...goods, lineId: null }]);
  expect(await firstOrderOf(store)).toMatchObject({ returnCount: 1 });
  expect(await store.stockOf(lot)).toEqual([6, 4]);
  await checkInvariants(store);
});

it("a return to the shelf that staff mark as done is no longer listed, and cannot be marked again", async () => {
  const { store } = await anOrderWithReturn();
  const { _id } = await onlyReturn(store);
  await confirmReturn(store, _id);
  expect(await returnsInDetail(store)).toEqual([]);
  expect(await firstOrderOf(store)).toMatchObject({ returnCount: 0 });
  expect(await errorCodeOf(confirmReturn(store, _id))).toBe("notFound");
  await checkInvariants(store);
});

it("two people who confirm the same return take one off the list, not two", async () => {
  const { store, lineIds } = await anOrderToPick();
  await setPicked(store, lineIds);
  await store.receiveOrder(anOrder({ lines: [aLine({ lotId: 73 })], status: "UPDATED" }));
  const [first, second] = await store.returns();
  if (!first || !second) throw new Error("The two picked lines were not listed for return.");
  const codes = [
    await errorCodeOf(confirmReturn(store, first._id)),
    await errorCodeOf(confirmReturn(store, first._id)),
  ];
  expect(codes).toEqual(["allowed", "notFound"]);
  expect(await store.returns()).toMatchObject([{ _id: second._id }]);
});

it("a return is confirmed by staff of its store alone: a viewer is refused, and another store has no such return", async () => {
  const { store } = await anOrderWithReturn();
  const { _id: returnId } = await onlyReturn(store);
  const { businessAccountId } = store;
  const viewer = await aMember(store.t, businessAccountId, "viewer");
  const asViewer = viewer.mutation(api.orders.picking.returnsToShelf.confirm, {
    businessAccountId,
    returnId,
  });
  expect(await errorCodeOf(asViewer)).toBe("roleTooLow");
  expect(await errorCodeOf(confirmReturn(await aStore(store.t), returnId))).toBe("notFound");
  expect(await store.returns()).toHaveLength(1);
});

it("an order that loses sixty picked lines lists all sixty for return", async () => {
  const store = await aStore();
  const lotIds = numbersFrom(1, 60);
  const kept = aLine({ lotId: 71 });
  await store.receiveOrder(anOrder({ lines: [kept, ...lotIds.map((lotId) => aLine({ lotId }))] }));
  await setPicked(
    store,
    (await store.lines()).map(({ _id }) => _id),
  );
  await store.receiveOrder(anOrder({ lines: [kept], status: "UPDATED" }));
  expect(await store.returns()).toHaveLength(60);
  expect(await returnsInDetail(store)).toHaveLength(60);
  expect(await firstOrderOf(store)).toMatchObject({ returnCount: 60 });
});
