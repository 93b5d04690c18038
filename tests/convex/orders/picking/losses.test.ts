import { expect, it, vi } from "vitest";
import type { Id } from "../../../../convex/_generated/dataModel";
import {
  adjust,
  anOrderToPick,
  api,
  aStore,
  checkInvariants,
  firstOrderOf,
  lineOf,
  setPicked,
  type Store,
  useFakeClock,
} from "../../../support";

useFakeClock();

const badQuantity = { data: { code: "badQuantity" } };

type Loss = { lineId: Id<"bricklinkOrderItems">; quantity: number; reason: "missing" | "damaged" };

async function report(store: Store, loss: Loss): Promise<void> {
  await store.mutation(api.orders.picking.losses.reportLoss, loss);
}

async function undoLoss(store: Store, loss: Loss): Promise<void> {
  await store.mutation(api.orders.picking.losses.undoLoss, loss);
}

it("a lost piece leaves the on-hand count with its reason, and the line is served from the rest of the lot", async () => {
  const { store, lot, first } = await anOrderToPick();
  await report(store, { lineId: first, quantity: 1, reason: "missing" });
  expect(await store.stockOf(lot)).toEqual([5, 4]);
  expect(await store.query(api.orders.picking.losses.spare, { lineId: first })).toBe(1);
  await checkInvariants(store);
  await report(store, { lineId: first, quantity: 3, reason: "damaged" });
  expect(await store.stockOf(lot)).toEqual([2, 2]);
  expect(await lineOf(store, first)).toMatchObject({ reservedQuantity: 2, shortQuantity: 2 });
  expect(await firstOrderOf(store)).toMatchObject({ reservedQuantity: 4, shortQuantity: 2 });
  const reasons = (await store.ledger()).map(({ reason }) => reason).filter(Boolean);
  expect(reasons).toEqual(["missing", "damaged"]);
  await checkInvariants(store);
  await store.syncOrder(100);
  expect(await lineOf(store, first)).toMatchObject({
    reservedQuantity: 2,
    shortQuantity: 2,
    losses: { missing: 1, damaged: 3 },
  });
});

it("a loss may be as many pieces as the line has reserved and the lot has available", async () => {
  const { store, lot, first } = await anOrderToPick();
  await report(store, { lineId: first, quantity: 5, reason: "missing" });
  expect(await store.stockOf(lot)).toEqual([1, 1]);
  expect(await lineOf(store, first)).toMatchObject({ reservedQuantity: 1, shortQuantity: 3 });
  await checkInvariants(store);
});

it("a lost piece of a picked line is replaced from the lot, and the line shows as changed", async () => {
  const { store, first } = await anOrderToPick();
  await setPicked(store, [first]);
  await report(store, { lineId: first, quantity: 1, reason: "damaged" });
  expect(await lineOf(store, first)).toMatchObject({
    reservedQuantity: 4,
    pickStatus: "changed",
    pickedQuantity: 3,
  });
});

it("another store neither sees what a line has to spare nor reports a loss on it", async () => {
  const { store, first } = await anOrderToPick();
  const other = await aStore(store.t);
  expect(await other.query(api.orders.picking.losses.spare, { lineId: first })).toBe(0);
  await expect(report(other, { lineId: first, quantity: 1, reason: "missing" })).rejects.toMatchObject({
    data: { code: "notFound" },
  });
});

it("a loss can be undone for the reason it was reported with, and for no more pieces than were reported", async () => {
  const { store, lot, second, first } = await anOrderToPick();
  const loss: Loss = { lineId: second, quantity: 2, reason: "missing" };
  await report(store, loss);
  expect(await lineOf(store, second)).toMatchObject({ reservedQuantity: 0, shortQuantity: 2 });
  await expect(undoLoss(store, { ...loss, quantity: 3 })).rejects.toMatchObject(badQuantity);
  await expect(undoLoss(store, { ...loss, reason: "damaged" })).rejects.toMatchObject(badQuantity);
  await undoLoss(store, loss);
  const line = await lineOf(store, second);
  expect(line).toMatchObject({ reservedQuantity: 2, shortQuantity: 0 });
  expect(line?.losses).toBeUndefined();
  await expect(undoLoss(store, loss)).rejects.toMatchObject(badQuantity);
  await expect(undoLoss(store, { ...loss, lineId: first, quantity: 1 })).rejects.toMatchObject(badQuantity);
  expect(await store.stockOf(lot)).toEqual([6, 4]);
  await checkInvariants(store);
});

it("an undone loss puts back what was reported since a person counted the bin, and nothing that was reported before", async () => {
  const { store, lot, first } = await anOrderToPick();
  await report(store, { lineId: first, quantity: 5, reason: "missing" });
  expect(await store.stockOf(lot)).toEqual([1, 1]);
  vi.advanceTimersByTime(1_000);
  await adjust(store, lot, { seenOnHand: 1, onHand: 4 });
  vi.advanceTimersByTime(1_000);
  await report(store, { lineId: first, quantity: 1, reason: "missing" });
  const [onHand] = await store.stockOf(lot);
  expect(onHand).toBe(3);
  await undoLoss(store, { lineId: first, quantity: 6, reason: "missing" });
  expect((await store.stockOf(lot))[0]).toBe(4);
  expect((await lineOf(store, first))?.losses).toBeUndefined();
  await checkInvariants(store);
});

it("a loss of no pieces, of a fraction, or of more than are reserved and available is refused", async () => {
  const { store, first } = await anOrderToPick();
  for (const quantity of [0, 7, 1.5]) {
    await expect(report(store, { lineId: first, quantity, reason: "missing" })).rejects.toMatchObject(
      badQuantity,
    );
  }
});

it("pieces that were reported missing and are not in the shipped parcel make the lot differ from the marketplace by nothing", async () => {
  const { store, lot, first } = await anOrderToPick();
  await report(store, { lineId: first, quantity: 5, reason: "missing" });
  await store.receiveStatus(100, "SHIPPED");
  expect(await lineOf(store, first)).toMatchObject({ fulfilledQuantity: 1, shippedWithoutStock: 3 });
  expect(await store.t.run((ctx) => ctx.db.get("inventoryItems", lot))).toMatchObject({
    quantityShippedWithoutStock: 0,
  });
  await checkInvariants(store);
});

it("a line that leaves a shipped order takes off the lot only what it had added as sent without stock", async () => {
  const { store, lot, first } = await anOrderToPick();
  await report(store, { lineId: first, quantity: 5, reason: "missing" });
  await store.receiveStatus(100, "SHIPPED");
  const otherLines = { quantityShippedWithoutStock: 2 };
  await store.t.run((ctx) => ctx.db.patch("inventoryItems", lot, otherLines));
  const order = store.bricklink.orders.get(100);
  const [[, ...rest] = []] = order?.batches ?? [];
  if (order) store.bricklink.place({ ...order, batches: [rest], changedAt: Date.now() + 1 });
  await store.syncOrder(100);
  expect(await store.t.run((ctx) => ctx.db.get("bricklinkOrderItems", first))).toBeNull();
  expect(await store.t.run((ctx) => ctx.db.get("inventoryItems", lot))).toMatchObject(otherLines);
});
