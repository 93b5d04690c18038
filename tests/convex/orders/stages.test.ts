import { expect, it } from "vitest";
import { internal } from "../../../convex/_generated/api";
import { stageOf } from "../../../convex/orders/stages";
import { aLine, anOrder, api, aStore, checkInvariants, type Store, useFakeClock } from "../../support";

useFakeClock();

const order = {
  tab: "toPack",
  isPaid: true,
  isPacked: false,
  shortQuantity: 0,
  unmatchedLines: 0,
  pickedLines: 0,
  toDoLines: 2,
} as const;

it.each([
  ["unpaid", { isPaid: false }, "waitingForPayment"],
  ["unpaid and short", { isPaid: false, shortQuantity: 1 }, "waitingForPayment"],
  ["paid and in stock", {}, "readyToPick"],
  ["paid and short", { shortQuantity: 1 }, "onHold"],
  ["paid with a line that matches no lot", { unmatchedLines: 1 }, "onHold"],
  ["half picked", { pickedLines: 1, toDoLines: 1 }, "picking"],
  ["half picked before its payment", { pickedLines: 1, toDoLines: 1, isPaid: false }, "picking"],
  ["picked", { pickedLines: 2, toDoLines: 0 }, "picked"],
  [
    "picked but for a line of which there is nothing",
    { pickedLines: 1, toDoLines: 0, shortQuantity: 3 },
    "picked",
  ],
  ["packed", { isPacked: true }, "packed"],
  ["a problem", { tab: "problem", isPaid: false }, "onHold"],
  ["shipped", { tab: "shipped" }, "shipped"],
  ["cancelled", { tab: "cancelled", pickedLines: 1 }, "cancelled"],
] as const)("an order that is %s is at the stage that says what to do next", (_, fields, stage) => {
  expect(stageOf({ ...order, ...fields })).toBe(stage);
});

async function stageIn(store: Store): Promise<[stage: string | undefined, counted: number]> {
  const [stored] = await store.orders();
  const counts = await store.query(api.orders.counts.get);
  await checkInvariants(store);
  return [stored?.stage, stored?.stage ? counts[stored.stage] : 0];
}

it("an order moves from stage to stage with its payment, its ticks and its status, and is counted where it is", async () => {
  const store = await aStore();
  await store.addLot({ quantity: 5 });
  await store.addLot({ lotId: 72, partNumber: "3002", quantity: 5 });
  const lines = [aLine({ quantity: 1 }), aLine({ lotId: 72, partNumber: "3002", quantity: 1 })];
  await store.receiveOrder(anOrder({ number: 100, lines }));
  expect(await stageIn(store)).toEqual(["waitingForPayment", 1]);
  await store.receiveStatus(100, "PAID");
  expect(await stageIn(store)).toEqual(["readyToPick", 1]);
  const [first, second] = (await store.lines()).map(({ _id }) => _id);
  const tick = (lineId: typeof first, isPicked: boolean) =>
    store.mutation(api.orders.picking.pickStatus.setPicked, { lineIds: lineId ? [lineId] : [], isPicked });
  await tick(first, true);
  expect(await stageIn(store)).toEqual(["picking", 1]);
  await tick(second, true);
  expect(await stageIn(store)).toEqual(["picked", 1]);
  await tick(second, false);
  expect(await stageIn(store)).toEqual(["picking", 1]);
  await tick(second, true);
  await store.receiveStatus(100, "PACKED");
  expect(await stageIn(store)).toEqual(["packed", 1]);
  await store.receiveStatus(100, "SHIPPED");
  expect(await stageIn(store)).toEqual(["shipped", 1]);
});

it("orders that an earlier version stored get their stage, counts and words to be found by", async () => {
  const store = await aStore();
  await store.addLot({ quantity: 1 });
  for (const number of [100, 101, 102, 103, 104, 105]) await store.receiveOrder(anOrder({ number }));
  const before = await store.orders();
  await store.t.run(async (ctx) => {
    for (const { _id } of before) {
      await ctx.db.patch("bricklinkOrders", _id, {
        stage: undefined,
        toDoLines: undefined,
        needsPersonSince: undefined,
      });
    }
    for (const { _id, byStatus } of await ctx.db.query("orderCounts").collect()) {
      const withoutStage = byStatus.map(({ stage: _stage, ...entry }) => entry);
      await ctx.db.patch("orderCounts", _id, { byStatus: withoutStage });
    }
    for (const { _id } of await ctx.db.query("orderSearchTexts").collect()) {
      await ctx.db.delete("orderSearchTexts", _id);
    }
  });
  await store.t.mutation(internal.orders.storedBefore.fill, {});
  await store.runAllScheduled();
  await checkInvariants(store);
  const after = await store.orders();
  expect(after.map(({ stage }) => stage)).toEqual(before.map(({ stage }) => stage));
  expect(await store.t.run((ctx) => ctx.db.query("orderSearchTexts").collect())).toHaveLength(6);
});
