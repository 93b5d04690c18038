import { expect, it, vi } from "vitest";
import {
  adjust,
  aLine,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  confirmReturn,
  setPicked,
  type Store,
  useFakeClock,
} from "../../support";

useFakeClock();

async function historyOf(store: Store) {
  const history = await store.query(api.orders.history.get, { orderNumber: 100 });
  if (history === null) throw new Error("The store has no order 100.");
  return history;
}

async function ownerLabel(store: Store) {
  const [owner] = await store.query(api.accounts.auditLog.people);
  return owner?.person;
}

it("an order's history names who picked a line and who took the tick back, newest first", async () => {
  const { store, first } = await anOrderToPick();
  await setPicked(store, [first]);
  vi.advanceTimersByTime(1_000);
  await setPicked(store, [first], false);
  const step = {
    person: await ownerLabel(store),
    quantity: 4,
    item: { itemName: "Part 3001", location: "A01-01" },
  };
  expect((await historyOf(store)).steps).toMatchObject([
    { ...step, kind: "unpicked", at: Date.now() },
    { ...step, kind: "picked", at: Date.now() - 1_000 },
  ]);
});

it("an order's history keeps the part and the bin of a removed line although its lot has moved since, and says who put its pieces back", async () => {
  const { store, lineIds } = await anOrderToPick();
  await setPicked(store, lineIds);
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })], status: "UPDATED" }));
  const [returned] = await store.returns();
  if (!returned) throw new Error("No line was removed.");
  await confirmReturn(store, returned._id);
  for (const { _id } of await store.lots()) {
    await store.t.run((ctx) => ctx.db.patch("inventoryItems", _id, { location: "B09" }));
  }
  const { movements, steps } = await historyOf(store);
  const removed = { itemName: "Part 3002", location: "A01-01" };
  expect(movements.filter(({ item }) => item.itemName === "Part 3002")).toMatchObject([
    { kind: "release", quantity: 2, item: removed },
    { kind: "reserve", quantity: 2, item: removed },
  ]);
  expect(steps[0]).toMatchObject({
    kind: "returned",
    person: await ownerLabel(store),
    quantity: 2,
    item: removed,
  });
});

it("an order's history of a movement from before the ledger kept goods names those of its lot", async () => {
  const { store } = await anOrderToPick();
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })], status: "UPDATED" }));
  for (const { _id } of await store.ledger()) {
    await store.t.run((ctx) => ctx.db.patch("inventoryLedger", _id, { item: undefined }));
  }
  const names = (await historyOf(store)).movements.map(({ item }) => item.itemName);
  expect(names.length).toBeGreaterThan(0);
  expect(names.every((name) => name.startsWith("Part "))).toBe(true);
});

it("an order's history has counts of its lots since the order came, by whom and from what to what, and none from before", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 5 });
  await adjust(store, lot, { seenOnHand: 5, onHand: 6 });
  vi.advanceTimersByTime(1_000);
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 2 })] }));
  vi.advanceTimersByTime(1_000);
  await adjust(store, lot, { seenOnHand: 6, onHand: 4 });
  expect((await historyOf(store)).counts).toMatchObject([
    { at: Date.now(), person: await ownerLabel(store), reason: "counted", onHandBefore: 6, onHandAfter: 4 },
  ]);
});

it("an order's history says when it was placed and when its payment arrived", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder());
  expect((await historyOf(store)).payment).toBeNull();
  const [order] = await store.orders();
  if (!order) throw new Error("The order was not stored.");
  const payment = { ...order.payment, paidAt: Date.now(), method: "PayPal" };
  await store.t.run((ctx) => ctx.db.patch("bricklinkOrders", order._id, { payment }));
  expect(await historyOf(store)).toMatchObject({
    orderedAt: order.orderedAt,
    payment: { at: Date.now(), method: "PayPal" },
  });
});
