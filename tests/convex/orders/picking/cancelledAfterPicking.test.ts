/** What lies in the parcel of a cancelled order is promised to nobody until somebody says that it is back in its bin. */
import { expect, it } from "vitest";
import {
  aLine,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  checkInvariants,
  confirmReturn,
  errorCodeOf,
  firstOrderOf,
  importLots,
  ledgerOf,
  lineOf,
  setPicked,
  type Store,
  useFakeClock,
} from "../../../support";

useFakeClock();

async function confirmAll(store: Store): Promise<void> {
  for (const { _id } of await store.returns()) {
    await confirmReturn(store, _id);
  }
}

/** The order of `anOrderToPick`, of whose lines the first is picked and the second is not, then cancelled. */
async function aCancelledOrder() {
  const order = await anOrderToPick();
  await setPicked(order.store, [order.first]);
  await order.store.receiveStatus(100, "CANCELLED");
  return order;
}

async function documentsOf(store: Store): Promise<unknown> {
  return [await store.lines(), await store.lots(), await store.ledger(), await store.returns()];
}

it("a cancelled order keeps what is in its parcel reserved and lists it for return, and releases the rest", async () => {
  const { store, lot, first, second } = await aCancelledOrder();
  expect(await store.returns()).toMatchObject([
    { orderNumber: 100, lineId: first, partNumber: "3001", quantity: 4, location: "A01-01" },
  ]);
  expect(await lineOf(store, first)).toMatchObject({ reservedQuantity: 4, pickStatus: "picked" });
  expect(await lineOf(store, second)).toMatchObject({ reservedQuantity: 0 });
  expect(await store.stockOf(lot)).toEqual([6, 4]);
  expect(await firstOrderOf(store)).toMatchObject({ reservedQuantity: 4, returnCount: 1, pickedLines: 1 });
  const releases = (await store.ledger()).filter(({ kind }) => kind === "release");
  expect(releases.map(({ lineReference }) => lineReference)).toEqual([second]);
  await checkInvariants(store);
});

it("an order that waits for stock gets the pieces in a cancelled parcel once they are confirmed, and not before", async () => {
  const { store, lot } = await aCancelledOrder();
  await store.receiveOrder(anOrder({ number: 101, lines: [aLine({ quantity: 5 })] }));
  const reservedAndShort = async () =>
    (await store.orders()).map(({ reservedQuantity, shortQuantity }) => [reservedQuantity, shortQuantity]);
  expect(await reservedAndShort()).toEqual([
    [4, 0],
    [2, 3],
  ]);
  await checkInvariants(store);
  await confirmAll(store);
  expect(await reservedAndShort()).toEqual([
    [0, 0],
    [5, 0],
  ]);
  expect(await store.stockOf(lot)).toEqual([6, 5]);
  await checkInvariants(store);
});

it("a confirmed return releases what its line held, in the name of the person, and the line is no longer picked", async () => {
  const { store, lot, first } = await aCancelledOrder();
  const [row] = await store.returns();
  await confirmAll(store);
  expect(await store.returns()).toEqual([]);
  expect(await lineOf(store, first)).toMatchObject({
    reservedQuantity: 0,
    pickStatus: "unpicked",
    pickedQuantity: 0,
  });
  expect(await firstOrderOf(store)).toMatchObject({ reservedQuantity: 0, returnCount: 0, pickedLines: 0 });
  const [entry] = await ledgerOf(store, lot);
  expect(entry).toMatchObject({
    kind: "release",
    reason: "returned",
    reservedBefore: 4,
    reservedAfter: 0,
    onHandAfter: 6,
    orderNumber: 100,
    isAdjustment: false,
  });
  expect(entry?.person).not.toBeNull();
  if (!row) throw new Error("The cancelled order has no return.");
  expect(
    await errorCodeOf(store.mutation(api.orders.picking.returnsToShelf.confirm, { returnId: row._id })),
  ).toBe("notFound");
  await store.syncOrder(100);
  expect(await store.returns()).toEqual([]);
  await checkInvariants(store);
});

it("a cancelled order that is fetched again writes nothing and lists nothing twice", async () => {
  const { store } = await aCancelledOrder();
  const before = await documentsOf(store);
  await store.syncOrder(100);
  expect(await documentsOf(store)).toEqual(before);
  expect(await store.returns()).toHaveLength(1);
  await checkInvariants(store);
});

it("a cancelled order that BrickLink purges goes on holding its parcel until it is put back", async () => {
  const { store, lot } = await aCancelledOrder();
  await store.receiveStatus(100, "PURGED");
  expect(await store.returns()).toHaveLength(1);
  expect(await store.stockOf(lot)).toEqual([6, 4]);
  await checkInvariants(store);
  await confirmAll(store);
  expect(await store.stockOf(lot)).toEqual([6, 0]);
  await checkInvariants(store);
});

it("a cancelled order that is re-opened before its parcel is put back goes on with what it holds", async () => {
  const { store, lot, first } = await aCancelledOrder();
  await store.receiveOrder(anOrder({ number: 101, lines: [aLine({ quantity: 6 })] }));
  await store.receiveStatus(100, "PENDING");
  expect(await store.returns()).toEqual([]);
  expect(await lineOf(store, first)).toMatchObject({
    reservedQuantity: 4,
    shortQuantity: 0,
    pickStatus: "picked",
    pickedQuantity: 4,
  });
  expect(await store.stockOf(lot)).toEqual([6, 6]);
  expect(await firstOrderOf(store)).toMatchObject({ returnCount: 0 });
  await checkInvariants(store);
});

it("a cancelled order that turns out to be shipped takes the pieces of its parcel off on hand", async () => {
  const { store, lot, first } = await aCancelledOrder();
  await store.receiveOrder(anOrder({ number: 101, lines: [aLine({ quantity: 6 })] }));
  await store.receiveStatus(100, "SHIPPED");
  expect(await store.returns()).toEqual([]);
  expect(await lineOf(store, first)).toMatchObject({ reservedQuantity: 0, fulfilledQuantity: 4 });
  expect(await store.stockOf(lot)).toEqual([2, 2]);
  expect(await firstOrderOf(store)).toMatchObject({ returnCount: 0 });
  await checkInvariants(store);
});

it("an order that is cancelled after it was shipped lists nothing for return", async () => {
  const { store, lot, lineIds } = await anOrderToPick();
  await setPicked(store, lineIds);
  await store.receiveStatus(100, "SHIPPED");
  await store.receiveStatus(100, "CANCELLED");
  expect(await store.returns()).toEqual([]);
  expect(await store.stockOf(lot)).toEqual([2, 0]);
  await checkInvariants(store);
});

it("a picked line without a lot is listed for return to the bin that its remarks name", async () => {
  const store = await aStore();
  const lines = [aLine({ lotId: 98, remarks: "" }), aLine({ lotId: 99, remarks: "C07-02" })];
  await store.receiveOrder(anOrder({ lines }));
  await setPicked(
    store,
    (await store.lines()).map(({ _id }) => _id),
  );
  await store.receiveStatus(100, "CANCELLED");
  const locations = (await store.returns()).map(({ location }) => location).sort();
  expect(locations).toEqual(["C07-02", "UNKNOWN"]);
  await checkInvariants(store);
  await confirmAll(store);
  expect(await store.lines()).toMatchObject([{ pickStatus: "unpicked" }, { pickStatus: "unpicked" }]);
  await checkInvariants(store);
});

it("a line that changed after it was picked returns all that is in the parcel, of which it held what it required", async () => {
  const { store, lot, first } = await anOrderToPick();
  await setPicked(store, [first]);
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 1 })], status: "UPDATED" }));
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "changed", pickedQuantity: 4 });
  await store.receiveStatus(100, "CANCELLED");
  expect(await store.returns()).toMatchObject([{ lineId: first, quantity: 4 }]);
  expect(await store.stockOf(lot)).toEqual([6, 1]);
  await checkInvariants(store);
});

it("a line that disappears from its cancelled order is released, and its pieces are listed once", async () => {
  const { store, lot } = await aCancelledOrder();
  const otherLine = aLine({ lotId: 72, quantity: 2, partNumber: "3002" });
  await store.receiveOrder(anOrder({ lines: [otherLine], status: "CANCELLED" }));
  const [row, ...others] = await store.returns();
  expect(others).toEqual([]);
  expect(row).toMatchObject({ partNumber: "3001", quantity: 4 });
  expect(row?.lineId).toBeUndefined();
  expect(await store.stockOf(lot)).toEqual([6, 0]);
  await checkInvariants(store);
  await confirmAll(store);
  expect(await firstOrderOf(store)).toMatchObject({ returnCount: 0 });
  await checkInvariants(store);
});

it("an import while a cancelled parcel waits to be put back promises its pieces to nobody", async () => {
  const { store, lot } = await aCancelledOrder();
  // BrickLink has listed the four pieces of the parcel again.
  store.bricklink.inventory = [aLine({ quantity: 6 }), aLine({ lotId: 72, quantity: 2, partNumber: "3002" })];
  await importLots(store);
  expect(await store.stockOf(lot)).toEqual([6, 4]);
  await checkInvariants(store);
  await confirmAll(store);
  expect(await store.stockOf(lot)).toEqual([6, 0]);
});
