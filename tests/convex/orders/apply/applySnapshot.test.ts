import { expect, it, vi } from "vitest";
import { linesOf } from "../../../../convex/orders/apply/applySnapshot";
import {
  aLine,
  anEvent,
  anOrder,
  api,
  aStore,
  DAY,
  markAllPicked,
  numbersFrom,
  type Store,
  useFakeClock,
} from "../../../support";

useFakeClock();

const fourPieces = [aLine({ quantity: 4 })];

it("a new order is stored with its lines matched, its stock reserved and its notification completed", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 10 });
  await store.receiveOrder(anOrder({ lines: fourPieces }));
  const [order] = await store.orders();
  expect(order).toMatchObject({
    orderNumber: 100,
    buyerName: "Ann O'Brick",
    grandTotal: 66_666n,
    reservedQuantity: 4,
    shortQuantity: 0,
    tab: "toPack",
  });
  const [line] = await store.lines();
  expect(line).toMatchObject({ location: "A01-01", matchedBy: "sourceLot", pickStatus: "unpicked" });
  expect(await store.stockOf(lot)).toEqual([10, 4]);
  const [notification] = await store.notifications();
  expect(notification).toMatchObject({ status: "completed", outcome: "applied", attempts: 1 });
});

it("a cancelled order releases exactly what it had reserved", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 10 });
  await store.receiveOrder(anOrder({ lines: fourPieces }));
  await store.receiveStatus(100, "CANCELLED");
  expect(await store.stockOf(lot)).toEqual([10, 0]);
  const kinds = (await store.ledger()).map(({ kind }) => kind);
  expect(kinds).toEqual(["import", "reserve", "release"]);
});

it("a shipped order leaves the on-hand count, and a re-opened one returns to it and is reserved again", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 10 });
  await store.receiveOrder(anOrder({ lines: fourPieces }));
  await store.receiveStatus(100, "SHIPPED");
  expect(await store.stockOf(lot)).toEqual([6, 0]);
  await store.receiveStatus(100, "PENDING");
  expect(await store.stockOf(lot)).toEqual([10, 4]);
});

it("an order that was shipped before its first fetch leaves the on-hand count once", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 10 });
  await store.receiveOrder(anOrder({ lines: fourPieces, status: "SHIPPED" }));
  expect(await store.stockOf(lot)).toEqual([6, 0]);
  await store.receiveStatus(100, "COMPLETED");
  expect(await store.stockOf(lot)).toEqual([6, 0]);
});

it("an order that was closed before the store was connected changes no stock", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 10 });
  const yesterday = Date.now() - DAY;
  await store.receiveOrder(anOrder({ lines: fourPieces, status: "SHIPPED", changedAt: yesterday }));
  store.bricklink.setStatus(100, "COMPLETED", yesterday);
  await store.syncOrder(100);
  expect(await store.stockOf(lot)).toEqual([10, 0]);
  expect(await store.lines()).toMatchObject([{ shippedWithoutStock: 0 }]);
});

it("an order that a buyer adds to keeps its first lines, and the same lot in two batches is two lines", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 10 });
  await store.receiveOrder(anOrder({ lines: fourPieces }));
  const [first] = await store.lines();
  await store.receiveOrder(anOrder({ batches: [fourPieces, [aLine({ quantity: 2 })]], status: "UPDATED" }));
  const lines = await store.lines();
  expect(lines.map(({ batch, reservedQuantity }) => [batch, reservedQuantity])).toEqual([
    [0, 4],
    [1, 2],
  ]);
  expect(lines[0]?._id).toBe(first?._id);
  expect(await store.stockOf(lot)).toEqual([10, 6]);
});

it("a later snapshot leaves unchanged lines picked, and marks a picked line whose quantity changed as changed", async () => {
  const store = await aStore();
  await store.addLot({ quantity: 10 });
  await store.addLot({ lotId: 72, quantity: 10, partNumber: "3002" });
  const linesWith = (quantity: number) => [
    aLine({ quantity: 4 }),
    aLine({ lotId: 72, quantity, partNumber: "3002" }),
  ];
  await store.receiveOrder(anOrder({ lines: linesWith(3) }));
  await markAllPicked(store);
  await store.receiveOrder(anOrder({ lines: linesWith(5), status: "UPDATED" }));
  const picks = (await store.lines())
    .map((line) => [line.lotId, line.pickStatus, line.pickedQuantity] as const)
    .sort(([a], [b]) => a - b);
  expect(picks).toEqual([
    [71, "picked", 4],
    [72, "changed", 3],
  ]);
});

it("an order with a line that matches no lot is stored, and the line is shown as unmatched", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder({ lines: fourPieces }));
  expect(await store.lines()).toMatchObject([
    { location: "UNKNOWN", matchedBy: "unmatched", reservedQuantity: 0, shortQuantity: 4 },
  ]);
  expect(await store.orders()).toMatchObject([{ unmatchedLines: 1, shortQuantity: 0 }]);
});

it("an order that BrickLink has purged keeps its stored lines, and its items are not fetched again", async () => {
  const store = await aStore();
  await store.addLot({ quantity: 10 });
  await store.receiveOrder(anOrder({ lines: fourPieces }));
  store.bricklink.calls.length = 0;
  await store.receiveStatus(100, "PURGED");
  expect(store.bricklink.calls).toEqual(["/orders/100"]);
  expect(await store.lines()).toMatchObject([{ quantity: 4, reservedQuantity: 0 }]);
});

it("an order in an unknown status is stored under Problems, and its stock stays reserved", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 10 });
  await store.receiveOrder(anOrder({ lines: fourPieces, status: "ON_THE_MOON" }));
  expect(await store.orders()).toMatchObject([{ status: "ON_THE_MOON", tab: "problem" }]);
  expect(await store.stockOf(lot)).toEqual([10, 4]);
});

it("a newer snapshot with the same content changes nothing but the time of the snapshot", async () => {
  const store = await aStore();
  await store.addLot({ quantity: 10 });
  await store.receiveOrder(anOrder({ lines: fourPieces }));
  const stored = async () => ({
    orders: (await store.orders()).map(({ snapshotAt: _snapshotAt, ...order }) => order),
    lines: await store.lines(),
    lots: await store.lots(),
    ledger: await store.ledger(),
  });
  const before = await stored();
  await store.syncOrder(100);
  expect(await stored()).toEqual(before);
});

it("an older snapshot that arrives late changes nothing, and its notification ends as superseded", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 10 });
  await store.receiveOrder(anOrder({ lines: fourPieces }));
  const [stored] = await store.orders();
  // While one fetch is under way, another that began after it has stored its snapshot.
  store.bricklink.beforeAnswer = async () => {
    await store.t.run(async (ctx) => {
      if (stored) await ctx.db.patch("bricklinkOrders", stored._id, { snapshotAt: Date.now() });
    });
  };
  await store.receiveStatus(100, "CANCELLED");
  expect(await store.stockOf(lot)).toEqual([10, 4]);
  const notifications = await store.notifications();
  expect(notifications.at(-1)).toMatchObject({ status: "completed", outcome: "superseded" });
});

it("an order with a line of unknown condition is stored, and the line reserves the lot that BrickLink names", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 10 });
  await store.receiveOrder(
    anOrder({ lines: [aLine({ condition: "R", quantity: 4 }), aLine({ condition: "R", lotId: 99 })] }),
  );
  expect(await store.stockOf(lot)).toEqual([10, 4]);
  expect(await store.lines()).toMatchObject([
    { lotId: 99, condition: "unknown", matchedBy: "unmatched" },
    { lotId: 71, condition: "unknown", matchedBy: "sourceLot", reservedQuantity: 4 },
  ]);
});

/** Adds copies of the only stored line to its order, in the database itself and a part at a time. */
async function addCopiesOfLine(store: Store, count: number): Promise<void> {
  for (const first of [0, 1_000, 2_000, 3_000].filter((start) => start < count)) {
    await store.t.run(async (ctx) => {
      const line = await ctx.db.query("bricklinkOrderItems").first();
      if (!line) throw new Error("There is no line to copy.");
      const { _id, _creationTime, ...fields } = line;
      for (const place of numbersFrom(first + 1, Math.min(1_000, count - first))) {
        await ctx.db.insert("bricklinkOrderItems", { ...fields, place });
      }
    });
  }
}

it("an order of 4,000 lines is read whole, and one of 4,001 is refused instead of being read in part", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder());
  const [order] = await store.orders();
  if (!order) throw new Error("The order was not stored.");
  await addCopiesOfLine(store, 3_999);
  const lines = await store.t.run((ctx) => linesOf(ctx, order._id));
  expect(lines).toHaveLength(4_000);
  await addCopiesOfLine(store, 1);
  await expect(store.t.run((ctx) => linesOf(ctx, order._id))).rejects.toThrow("more than 4,000 lines");
  await expect(store.query(api.orders.detail.get, { orderNumber: 100 })).rejects.toThrow(
    "more than 4,000 lines",
  );
});

it("a new order of 4,001 lines is not stored, and its notification fails", async () => {
  // The error is logged, as any that nobody foresaw.
  const log = vi.spyOn(console, "error").mockReturnValue();
  const store = await aStore();
  store.bricklink.place(anOrder({ lines: numbersFrom(1, 4_001).map((lotId) => aLine({ lotId })) }));
  await store.postCallback(anEvent(100));
  await store.runDue();
  expect([await store.orders(), await store.lines()]).toEqual([[], []]);
  expect(await store.onlyNotification()).toMatchObject({ status: "failed", failure: { code: "internal" } });
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
});
