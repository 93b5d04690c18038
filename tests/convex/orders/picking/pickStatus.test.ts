import { expect, it } from "vitest";
import type { Id } from "../../../../convex/_generated/dataModel";
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

it("marking a line as picked is refused to viewers and to other stores, and so is an amount that is none", async () => {
  const { store, first } = await anOrderToPick();
  const { businessAccountId } = store;
  const args = { lineIds: [first], isPicked: true };
  const viewer = await aMember(store.t, businessAccountId, "viewer");
  await expect(
    viewer.mutation(api.orders.picking.pickStatus.setPicked, { businessAccountId, ...args }),
  ).rejects.toMatchObject({ data: { code: "roleTooLow" } });
  const other = await aStore(store.t);
  expect(await other.mutation(api.orders.picking.pickStatus.setPicked, args)).toEqual([
    { lineId: first, reason: "notFound" },
  ]);
  for (const quantity of [-1, 0.5, Number.NaN, 1e9]) {
    const tick = { ...args, quantities: { [first]: quantity } };
    await expect(store.mutation(api.orders.picking.pickStatus.setPicked, tick)).rejects.toMatchObject({
      data: { code: "quantityInvalid" },
    });
  }
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "unpicked" });
});

/** Says of one line how many pieces of it the picker has in the tote. Returns what the picker is told. */
async function tick(store: Store, lineId: Id<"bricklinkOrderItems">, quantity: number) {
  const args = { lineIds: [lineId], isPicked: true, quantities: { [lineId]: quantity } };
  return await store.mutation(api.orders.picking.pickStatus.setPicked, args);
}

it("a tick made before the buyer added pieces stores those that were taken, and the line shows the rest as to do", async () => {
  const { store, first, second } = await anOrderToPick();
  await store.receiveOrder(
    anOrder({
      lines: [aLine({ quantity: 6 }), aLine({ lotId: 72, quantity: 2, partNumber: "3002" })],
      status: "UPDATED",
    }),
  );
  expect(await tick(store, first, 4)).toEqual([]);
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "changed", pickedQuantity: 4 });
  await tick(store, second, 2);
  expect(await firstOrderOf(store)).toMatchObject({ pickedLines: 1, toDoLines: 1, stage: "picking" });
  // An answer that was lost: the same tick comes again.
  await tick(store, first, 4);
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "changed", pickedQuantity: 4 });
  await checkInvariants(store);

  await setPicked(store, [first], false);
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "unpicked", pickedQuantity: 0 });
  expect((await lineOf(store, first))?.pickedBy).toBeUndefined();
  await tick(store, first, 6);
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "picked", pickedQuantity: 6 });
  // Of somebody who had seen fewer, after a colleague picked all.
  await tick(store, first, 4);
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "picked", pickedQuantity: 6 });
  await checkInvariants(store);
});

it("a tick of none of the pieces leaves its line not picked, without a picker", async () => {
  const { store, first } = await anOrderToPick();
  await tick(store, first, 0);
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "unpicked", pickedQuantity: 0 });
  expect((await lineOf(store, first))?.pickedBy).toBeUndefined();
});

it("a tick of more pieces than the order wants by now stores what it wants, and says how many to put back", async () => {
  const { store, first } = await anOrderToPick();
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 1 })], status: "UPDATED" }));
  expect(await tick(store, first, 4)).toEqual([
    { lineId: first, reason: "fewerWanted", orderNumber: 100, itemName: "Part 3001", quantity: 3 },
  ]);
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "picked", pickedQuantity: 1 });
  await checkInvariants(store);
});

it("a tick of pieces that a colleague reported missing meanwhile stores those that are there, and says which are not counted", async () => {
  const { store, first } = await anOrderToPick();
  const loss = { lineId: first, quantity: 5, reason: "missing" as const };
  await store.mutation(api.orders.picking.losses.reportLoss, loss);
  expect(await tick(store, first, 4)).toEqual([
    { lineId: first, reason: "notThere", orderNumber: 100, itemName: "Part 3001", quantity: 3 },
  ]);
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "picked", pickedQuantity: 1 });
  await checkInvariants(store);
});

it("a call for lines of several orders marks those that are open and returns why the others were not", async () => {
  const { store, first, second } = await anOrderToPick();
  await store.addLot({ lotId: 73, quantity: 5, partNumber: "3003" });
  const lines = [aLine({ lotId: 73, partNumber: "3003", quantity: 2 })];
  await store.receiveOrder(anOrder({ number: 101, lines }));
  const gone = (await store.lines()).find(({ lotId }) => lotId === 73)?._id;
  if (!gone) throw new Error("The line of order 101 was not stored.");
  await store.receiveOrder(anOrder({ number: 101, lines, status: "CANCELLED" }));
  const args = { lineIds: [gone, first], isPicked: true, quantities: { [gone]: 2, [first]: 4 } };
  const closed = {
    lineId: gone,
    reason: "notOpen",
    orderNumber: 101,
    status: "CANCELLED",
    tab: "cancelled",
  };
  expect(await store.mutation(api.orders.picking.pickStatus.setPicked, args)).toEqual([closed]);
  expect(await lineOf(store, first)).toMatchObject({ pickStatus: "picked", pickedQuantity: 4 });
  expect(await lineOf(store, gone)).toMatchObject({ pickStatus: "unpicked", pickedQuantity: 0 });

  // What is as it is asked for is no news.
  const undo = { lineIds: [gone, second], isPicked: false };
  expect(await store.mutation(api.orders.picking.pickStatus.setPicked, undo)).toEqual([]);
  await store.receiveStatus(100, "SHIPPED");
  const again = { lineIds: [first, second], isPicked: true };
  expect(await store.mutation(api.orders.picking.pickStatus.setPicked, again)).toEqual([
    { lineId: second, reason: "notOpen", orderNumber: 100, status: "SHIPPED", tab: "shipped" },
  ]);
  await checkInvariants(store);
});
