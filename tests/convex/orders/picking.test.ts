import { describe, expect, it, vi } from "vitest";
import type { Id } from "../../convex/_generated/dataModel";
import { checkInvariants } from "../support/invariants";
import {
  aLot,
  allOf,
  aMember,
  anEvent,
  api,
  aStore,
  callBack,
  lotOf,
  settle,
  type Store,
  useFakeClock,
} from "../support/store";

useFakeClock();

const { picking } = api.orders;

async function arrive(store: Store, number: number): Promise<void> {
  vi.advanceTimersByTime(1_000);
  await callBack(store, anEvent(number));
  await settle(store, vi.runAllTimers);
}

/** An order of 4 of a lot of 6 and 2 of a lot of 2. */
async function anOrder() {
  const store = await aStore();
  const lot = await aLot(store, { lotId: 71, quantity: 6 });
  await aLot(store, { lotId: 72, quantity: 2, partNumber: "3002" });
  const batches = [
    [
      { lotId: 71, quantity: 4 },
      { lotId: 72, quantity: 2, partNumber: "3002" },
    ],
  ];
  store.bricklink.place(100, batches);
  await arrive(store, 100);
  const lines = (await allOf(store, "bricklinkOrderItems")).sort((a, b) => a.lotId - b.lotId);
  const lineIds = lines.map(({ _id }) => _id);
  const [first, second] = lineIds as [Id<"bricklinkOrderItems">, Id<"bricklinkOrderItems">];
  return { store, lot, lineIds, first, second };
}

const orderOf = async (store: Store) => (await allOf(store, "bricklinkOrders"))[0];
const lineOf = (store: Store, id: Id<"bricklinkOrderItems">) =>
  store.t.run((ctx) => ctx.db.get("bricklinkOrderItems", id));

describe("a tick", () => {
  it("is counted on the order, survives a re-fetch, and can be taken back", async () => {
    const { store, lineIds, first } = await anOrder();
    const { businessAccountId } = store;
    await store.owner.mutation(picking.setPicked, { businessAccountId, lineIds, isPicked: true });
    expect(await orderOf(store)).toMatchObject({ lineCount: 2, pickedLines: 2 });
    await arrive(store, 100);
    expect(await orderOf(store)).toMatchObject({ lineCount: 2, pickedLines: 2 });
    await store.owner.mutation(picking.setPicked, { businessAccountId, lineIds: [first], isPicked: false });
    expect(await orderOf(store)).toMatchObject({ pickedLines: 1 });
    expect(await lineOf(store, first)).toMatchObject({ pickStatus: "unpicked", pickedQuantity: 0 });
  });

  it("twice, or of a line named twice, is one", async () => {
    const { store, first } = await anOrder();
    const { businessAccountId } = store;
    const args = { businessAccountId, lineIds: [first, first], isPicked: true };
    await store.owner.mutation(picking.setPicked, args);
    await store.owner.mutation(picking.setPicked, args);
    expect(await orderOf(store)).toMatchObject({ pickedLines: 1 });
  });

  it("on a changed line says that it was put right", async () => {
    const { store, first } = await anOrder();
    const { businessAccountId } = store;
    const args = { businessAccountId, lineIds: [first], isPicked: true };
    await store.owner.mutation(picking.setPicked, args);
    store.bricklink.place(100, [[{ lotId: 71, quantity: 5 }]], "UPDATED");
    await arrive(store, 100);
    expect(await lineOf(store, first)).toMatchObject({ pickStatus: "changed", pickedQuantity: 4 });
    await store.owner.mutation(picking.setPicked, args);
    expect(await lineOf(store, first)).toMatchObject({ pickStatus: "picked", pickedQuantity: 5 });
  });

  it("of all there was is not kept when more comes in, and survives what changes nothing", async () => {
    const { store, second } = await anOrder();
    const { businessAccountId } = store;
    const report = { businessAccountId, lineId: second, quantity: 2, reason: "missing" as const };
    await store.owner.mutation(picking.report, report);
    await store.owner.mutation(picking.setPicked, { businessAccountId, lineIds: [second], isPicked: true });
    expect(await lineOf(store, second)).toMatchObject({ pickStatus: "picked", pickedQuantity: 0 });
    await arrive(store, 100);
    expect(await lineOf(store, second)).toMatchObject({ pickStatus: "picked", pickedQuantity: 0 });
    await store.owner.mutation(picking.undoReport, { ...report, quantity: 1 });
    expect(await lineOf(store, second)).toMatchObject({ pickStatus: "unpicked", shortQuantity: 1 });
    expect(await orderOf(store)).toMatchObject({ pickedLines: 0 });

    await store.owner.mutation(picking.setPicked, { businessAccountId, lineIds: [second], isPicked: true });
    expect(await orderOf(store)).toMatchObject({ pickedLines: 1 });
    await store.owner.mutation(picking.undoReport, { ...report, quantity: 1 });
    expect(await lineOf(store, second)).toMatchObject({ pickStatus: "changed", pickedQuantity: 1 });
    expect(await orderOf(store)).toMatchObject({ pickedLines: 0 });
    await checkInvariants(store);
  });

  it("of a short line is kept when the order is sent as it is", async () => {
    const { store, second } = await anOrder();
    const { businessAccountId } = store;
    const report = { businessAccountId, lineId: second, quantity: 1, reason: "damaged" as const };
    await store.owner.mutation(picking.report, report);
    await store.owner.mutation(picking.setPicked, { businessAccountId, lineIds: [second], isPicked: true });
    store.bricklink.setStatus(100, "SHIPPED");
    await arrive(store, 100);
    expect(await lineOf(store, second)).toMatchObject({ pickStatus: "picked", fulfilledQuantity: 1 });
  });

  it("is not for viewers, other stores, or orders that are gone", async () => {
    const { store, first } = await anOrder();
    const { businessAccountId } = store;
    const args = { businessAccountId, lineIds: [first], isPicked: true };
    const viewer = await aMember(store.t, businessAccountId, "viewer");
    await expect(viewer.mutation(picking.setPicked, args)).rejects.toThrow();
    const other = await aStore(store.t);
    await expect(
      other.owner.mutation(picking.setPicked, { ...args, businessAccountId: other.businessAccountId }),
    ).rejects.toMatchObject({ data: { code: "notFound" } });
    // The other store's BrickLink has taken the place of this one's.
    await store.t.run(async (ctx) => {
      const order = await ctx.db.query("bricklinkOrders").first();
      if (order) await ctx.db.patch("bricklinkOrders", order._id, { tab: "shipped", status: "SHIPPED" });
    });
    await expect(store.owner.mutation(picking.setPicked, args)).rejects.toMatchObject({
      data: { code: "notOpen" },
    });
  });
});

describe("a missing piece", () => {
  it("leaves on hand with its reason, the line is served by the rest of the lot", async () => {
    const { store, lot, first } = await anOrder();
    const { businessAccountId } = store;
    const args = { businessAccountId, lineId: first, quantity: 1, reason: "missing" as const };
    await store.owner.mutation(picking.report, args);
    expect(await lotOf(store, lot)).toEqual([5, 4]);
    expect(await store.owner.query(picking.spare, { businessAccountId, lineId: first })).toBe(1);
    await checkInvariants(store);
    await store.owner.mutation(picking.report, { ...args, quantity: 3, reason: "damaged" });
    expect(await lotOf(store, lot)).toEqual([2, 2]);
    expect(await lineOf(store, first)).toMatchObject({ reservedQuantity: 2, shortQuantity: 2 });
    expect(await orderOf(store)).toMatchObject({ reservedQuantity: 4, shortQuantity: 2 });
    const reasons = (await allOf(store, "inventoryLedger")).map(({ reason }) => reason).filter(Boolean);
    expect(reasons).toEqual(["missing", "damaged"]);
    await checkInvariants(store);
    await arrive(store, 100);
    expect(await lineOf(store, first)).toMatchObject({
      reservedQuantity: 2,
      shortQuantity: 2,
      lostPieces: { missing: 1, damaged: 3 },
    });
  });

  it("may be as many as the line holds and the bin has to spare, when it is empty", async () => {
    const { store, lot, first } = await anOrder();
    const { businessAccountId } = store;
    const args = { businessAccountId, lineId: first, quantity: 5, reason: "missing" as const };
    await store.owner.mutation(picking.report, args);
    expect(await lotOf(store, lot)).toEqual([1, 1]);
    expect(await lineOf(store, first)).toMatchObject({ reservedQuantity: 1, shortQuantity: 3 });
    await checkInvariants(store);
  });

  it("taken out of a parcel that was ticked asks for another one, where there is one", async () => {
    const { store, first } = await anOrder();
    const { businessAccountId } = store;
    await store.owner.mutation(picking.setPicked, { businessAccountId, lineIds: [first], isPicked: true });
    const args = { businessAccountId, lineId: first, quantity: 1, reason: "damaged" as const };
    await store.owner.mutation(picking.report, args);
    expect(await lineOf(store, first)).toMatchObject({
      reservedQuantity: 4,
      pickStatus: "changed",
      pickedQuantity: 3,
    });
  });

  it("is not known to another store", async () => {
    const { store, first } = await anOrder();
    const other = await aStore(store.t);
    const theirs = { businessAccountId: other.businessAccountId, lineId: first };
    expect(await other.owner.query(picking.spare, theirs)).toBe(0);
    await expect(
      other.owner.mutation(picking.report, { ...theirs, quantity: 1, reason: "missing" }),
    ).rejects.toMatchObject({ data: { code: "notFound" } });
  });

  it("that was found after all is taken back, and no more than was reported", async () => {
    const { store, lot, second, first } = await anOrder();
    const { businessAccountId } = store;
    const args = { businessAccountId, lineId: second, quantity: 2, reason: "missing" as const };
    await store.owner.mutation(picking.report, args);
    expect(await lineOf(store, second)).toMatchObject({ reservedQuantity: 0, shortQuantity: 2 });
    await expect(store.owner.mutation(picking.undoReport, { ...args, quantity: 3 })).rejects.toThrow();
    await expect(store.owner.mutation(picking.undoReport, { ...args, reason: "damaged" })).rejects.toThrow();
    await store.owner.mutation(picking.undoReport, args);
    const line = await lineOf(store, second);
    expect(line).toMatchObject({ reservedQuantity: 2, shortQuantity: 0 });
    expect(line?.lostPieces).toBeUndefined();
    await expect(store.owner.mutation(picking.undoReport, args)).rejects.toThrow();
    await expect(
      store.owner.mutation(picking.undoReport, { ...args, lineId: first, quantity: 1 }),
    ).rejects.toThrow();
    expect(await lotOf(store, lot)).toEqual([6, 4]);
    await checkInvariants(store);
  });

  it("cannot be more than the line holds and the bin has", async () => {
    const { store, first } = await anOrder();
    const { businessAccountId } = store;
    for (const quantity of [0, 7, 1.5]) {
      await expect(
        store.owner.mutation(picking.report, {
          businessAccountId,
          lineId: first,
          quantity,
          reason: "missing",
        }),
      ).rejects.toMatchObject({ data: { code: "badQuantity" } });
    }
  });
});

it("a walk has the lines of several orders, and of no other store's", async () => {
  const { store } = await anOrder();
  store.bricklink.place(101, [[{ lotId: 71, quantity: 1 }]]);
  await arrive(store, 101);
  const { businessAccountId } = store;
  const args = { businessAccountId, orderNumbers: [100, 101, 101, 999] };
  const walk = await store.owner.query(picking.list, args);
  expect(walk.map(({ orderNumber, lines }) => [orderNumber, lines.length])).toEqual([
    [100, 2],
    [101, 1],
  ]);
  const other = await aStore(store.t);
  const theirs = { ...args, businessAccountId: other.businessAccountId };
  expect(await other.owner.query(picking.list, theirs)).toEqual([]);
});

it("what was put back is no longer asked for", async () => {
  const { store, lineIds } = await anOrder();
  const { businessAccountId } = store;
  await store.owner.mutation(picking.setPicked, { businessAccountId, lineIds, isPicked: true });
  store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]], "UPDATED");
  await arrive(store, 100);
  expect((await orderOf(store))?.putBacks).toMatchObject([{ partNumber: "3002", quantity: 2 }]);
  await store.owner.mutation(picking.putBackDone, { businessAccountId, orderNumber: 100, place: 0 });
  expect((await orderOf(store))?.putBacks).toEqual([]);
});
