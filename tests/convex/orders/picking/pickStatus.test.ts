import { expect, it } from "vitest";
import {
  aLine,
  aMember,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  checkInvariants,
  firstOrderOf,
  lineOf,
  type Session,
  setPicked,
  type Store,
  useFakeClock,
} from "../../../support";

useFakeClock();

it("a line marked as picked is counted on its order, stays picked after a re-fetch, and can be unmarked", async () => {
  const { store, lineIds, first } = await anOrderToPick();
  await setPicked(store, lineIds);
  expect(await firstOrderOf(store)).toMatchObject({ lineCount: 2, pickedLines: 2 });
  await store.syncOrder(100);
  expect(await firstOrderOf(store)).toMatchObject({ lineCount: 2, pickedLines: 2 });
  await setPicked(store, [first], false);
  expect(await firstOrderOf(store)).toMatchObject({ pickedLines: 1 });
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "unpicked", pickedQuantity: 0 });
});

it("a line marked as picked twice, or named twice in one call, is counted once", async () => {
  const { store, first } = await anOrderToPick();
  await setPicked(store, [first, first]);
  await setPicked(store, [first, first]);
  expect(await firstOrderOf(store)).toMatchObject({ pickedLines: 1 });
});

it("a picked line whose quantity changes shows as changed until it is marked as picked again", async () => {
  const { store, first } = await anOrderToPick();
  await setPicked(store, [first]);
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 5 })], status: "UPDATED" }));
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "changed", pickedQuantity: 4 });
  await setPicked(store, [first]);
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "picked", pickedQuantity: 5 });
});

it("a line picked while short stays picked after a re-fetch, until more pieces are reserved for it", async () => {
  const { store, second } = await anOrderToPick();
  const loss = { lineId: second, quantity: 2, reason: "missing" as const };
  await store.mutation(api.orders.picking.losses.reportLoss, loss);
  await setPicked(store, [second]);
  expect(await lineOf(store, second)).toMatchObject({ pickStatus: "picked", pickedQuantity: 0 });
  await store.syncOrder(100);
  expect(await lineOf(store, second)).toMatchObject({ pickStatus: "picked", pickedQuantity: 0 });
  await store.mutation(api.orders.picking.losses.undoLoss, { ...loss, quantity: 1 });
  expect(await lineOf(store, second)).toMatchObject({ pickStatus: "unpicked", shortQuantity: 1 });
  expect(await firstOrderOf(store)).toMatchObject({ pickedLines: 0 });

  await setPicked(store, [second]);
  expect(await firstOrderOf(store)).toMatchObject({ pickedLines: 1 });
  await store.mutation(api.orders.picking.losses.undoLoss, { ...loss, quantity: 1 });
  expect(await lineOf(store, second)).toMatchObject({ pickStatus: "changed", pickedQuantity: 1 });
  expect(await firstOrderOf(store)).toMatchObject({ pickedLines: 0 });
  await checkInvariants(store);
});

it("a line picked while short stays picked when its order is shipped short", async () => {
  const { store, second } = await anOrderToPick();
  await store.mutation(api.orders.picking.losses.reportLoss, {
    lineId: second,
    quantity: 1,
    reason: "damaged",
  });
  await setPicked(store, [second]);
  await store.receiveStatus(100, "SHIPPED");
  expect(await lineOf(store, second)).toMatchObject({ pickStatus: "picked", fulfilledQuantity: 1 });
});

/** The order's lines and picks as the given person sees them. */
async function detailAs(store: Store, person: Session = store.owner) {
  const { businessAccountId } = store;
  const detail = await person.query(api.orders.detail.get, { businessAccountId, orderNumber: 100 });
  if (detail === null) throw new Error("The store has no order 100.");
  return detail;
}

it("a line says who picked it and when, to them as themselves, until it is marked as not picked", async () => {
  const { store, first } = await anOrderToPick();
  const ann = await aMember(store.t, store.businessAccountId, "staff");
  await ann.mutation(api.orders.picking.pickStatus.setPicked, {
    businessAccountId: store.businessAccountId,
    lineIds: [first],
    isPicked: true,
  });
  const pickedAt = Date.now();
  const pickedOf = async (person: Session) =>
    (await detailAs(store, person)).lines.find(({ lineId }) => lineId === first)?.picked;
  const label = (await pickedOf(store.owner))?.person;
  expect(label).toMatch(/^person\d+$/);
  expect(await pickedOf(store.owner)).toEqual({ person: label, isYou: false, at: pickedAt });
  expect(await pickedOf(ann)).toEqual({ person: label, isYou: true, at: pickedAt });

  await store.syncOrder(100);
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 5 })], status: "UPDATED" }));
  expect(await pickedOf(ann)).toEqual({ person: label, isYou: true, at: pickedAt });
  await setPicked(store, [first], false);
  expect(await pickedOf(ann)).toBeNull();
  await store.syncOrder(100);
  expect(await pickedOf(ann)).toBeNull();
});

it("a line that is short and was picked empty names its picker no longer when more pieces are reserved for it", async () => {
  const { store, second } = await anOrderToPick();
  const loss = { lineId: second, quantity: 2, reason: "missing" as const };
  await store.mutation(api.orders.picking.losses.reportLoss, loss);
  await setPicked(store, [second]);
  await store.mutation(api.orders.picking.losses.undoLoss, loss);
  expect(await lineOf(store, second)).toMatchObject({ pickStatus: "unpicked" });
  expect((await lineOf(store, second))?.pickedBy).toBeUndefined();
});

it("marking a line as picked is refused to viewers, to other stores, and for an order that is no longer open", async () => {
  const { store, first } = await anOrderToPick();
  const { businessAccountId } = store;
  const args = { lineIds: [first], isPicked: true };
  const viewer = await aMember(store.t, businessAccountId, "viewer");
  await expect(
    viewer.mutation(api.orders.picking.pickStatus.setPicked, { businessAccountId, ...args }),
  ).rejects.toMatchObject({ data: { code: "roleTooLow" } });
  const other = await aStore(store.t);
  await expect(other.mutation(api.orders.picking.pickStatus.setPicked, args)).rejects.toMatchObject({
    data: { code: "notFound" },
  });
  // In the database itself: `fetch` is now answered by the other store's BrickLink.
  await store.t.run(async (ctx) => {
    const order = await ctx.db.query("bricklinkOrders").first();
    if (order) await ctx.db.patch("bricklinkOrders", order._id, { tab: "shipped", status: "SHIPPED" });
  });
  await expect(store.mutation(api.orders.picking.pickStatus.setPicked, args)).rejects.toMatchObject({
    data: { code: "notOpen" },
  });
});
