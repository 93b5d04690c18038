import { describe, expect, it, vi } from "vitest";
import {
  aLot,
  allOf,
  anEvent,
  aStore,
  callBack,
  internal,
  lotOf,
  settle,
  type Store,
  useFakeClock,
} from "../support/store";

useFakeClock();

async function arrive(store: Store, orderNumber: number): Promise<void> {
  vi.advanceTimersByTime(1_000);
  const answer = await callBack(store, anEvent(orderNumber));
  expect(answer.status).toBe(200);
  await settle(store, vi.runAllTimers);
}

describe("an order", () => {
  it("comes in with its lines matched, reserved and counted", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 10 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
    await arrive(store, 100);

    const [order] = await allOf(store, "bricklinkOrders");
    expect(order).toMatchObject({
      orderNumber: 100,
      buyerName: "Ann O'Brick",
      grandTotal: 66_666n,
      reservedQuantity: 4,
      shortQuantity: 0,
      tab: "toPack",
    });
    const [line] = await allOf(store, "bricklinkOrderItems");
    expect(line).toMatchObject({ location: "A01-01", matchedBy: "sourceLot", pickStatus: "unpicked" });
    expect(await lotOf(store, lot)).toEqual([10, 4]);
    const [notification] = await allOf(store, "bricklinkNotifications");
    expect(notification).toMatchObject({ status: "completed", outcome: "applied", attempts: 1 });
  });

  it("told of five times by webhook and once by poll is one order, one set of lines, one reservation", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 10 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
    const event = anEvent(100);
    for (let time = 0; time < 5; time += 1) {
      await callBack(store, event);
      if (time === 2) await settle(store, vi.runAllTimers);
    }
    store.bricklink.unread.push(event);
    await store.t.action(internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness, {
      businessAccountId: store.businessAccountId,
    });
    await settle(store, vi.runAllTimers);

    expect(await allOf(store, "bricklinkNotifications")).toHaveLength(1);
    expect(await allOf(store, "bricklinkOrders")).toHaveLength(1);
    expect(await allOf(store, "bricklinkOrderItems")).toHaveLength(1);
    expect(await lotOf(store, lot)).toEqual([10, 4]);
    const reserved = (await allOf(store, "inventoryLedger")).filter(({ kind }) => kind === "reserve");
    expect(reserved).toHaveLength(1);
  });

  it("gives back exactly what it held when it is cancelled", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 10 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
    await arrive(store, 100);
    store.bricklink.setStatus(100, "CANCELLED");
    await arrive(store, 100);
    expect(await lotOf(store, lot)).toEqual([10, 0]);
    const kinds = (await allOf(store, "inventoryLedger")).map(({ kind }) => kind);
    expect(kinds).toEqual(["import", "reserve", "release"]);
  });

  it("leaves on hand when shipped, and takes back what it gave when it re-opens", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 10 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
    await arrive(store, 100);
    store.bricklink.setStatus(100, "SHIPPED");
    await arrive(store, 100);
    expect(await lotOf(store, lot)).toEqual([6, 0]);
    store.bricklink.setStatus(100, "PENDING");
    await arrive(store, 100);
    expect(await lotOf(store, lot)).toEqual([10, 4]);
  });

  it("shipped before it was fetched has left on hand all the same, once", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 10 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]], "SHIPPED");
    await arrive(store, 100);
    expect(await lotOf(store, lot)).toEqual([6, 0]);
    store.bricklink.setStatus(100, "COMPLETED");
    await arrive(store, 100);
    expect(await lotOf(store, lot)).toEqual([6, 0]);
  });

  it("that was over before the store was connected takes nothing from the shelf", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 10 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]], "SHIPPED", Date.now() - 86_400_000);
    await arrive(store, 100);
    store.bricklink.setStatus(100, "COMPLETED", Date.now() - 86_400_000);
    await arrive(store, 100);
    expect(await lotOf(store, lot)).toEqual([10, 0]);
    expect(await allOf(store, "bricklinkOrderItems")).toMatchObject([{ shippedWithoutStock: 0 }]);
  });

  it("short of stock shows how many, and is filled when another order is cancelled, oldest first", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 5 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
    store.bricklink.place(101, [[{ lotId: 71, quantity: 3 }]]);
    store.bricklink.place(102, [[{ lotId: 71, quantity: 2 }]]);
    await arrive(store, 100);
    await arrive(store, 101);
    await arrive(store, 102);
    const shorts = async () =>
      (await allOf(store, "bricklinkOrders")).map(({ reservedQuantity, shortQuantity }) => [
        reservedQuantity,
        shortQuantity,
      ]);
    expect(await shorts()).toEqual([
      [4, 0],
      [1, 2],
      [0, 2],
    ]);
    store.bricklink.setStatus(100, "CANCELLED");
    await arrive(store, 100);
    expect(await shorts()).toEqual([
      [0, 0],
      [3, 0],
      [2, 0],
    ]);
    expect(await lotOf(store, lot)).toEqual([5, 5]);
  });

  it("that a buyer adds to keeps its first lines, and the same lot in two batches is two lines", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 10 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
    await arrive(store, 100);
    const [first] = await allOf(store, "bricklinkOrderItems");
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }], [{ lotId: 71, quantity: 2 }]], "UPDATED");
    await arrive(store, 100);
    const lines = await allOf(store, "bricklinkOrderItems");
    expect(lines.map(({ batch, reservedQuantity }) => [batch, reservedQuantity])).toEqual([
      [0, 4],
      [1, 2],
    ]);
    expect(lines[0]?._id).toBe(first?._id);
    expect(await lotOf(store, lot)).toEqual([10, 6]);
  });

  it("keeps its ticks when re-sent, and loses the tick of a line whose quantity changed", async () => {
    const store = await aStore();
    await aLot(store, { lotId: 71, quantity: 10 });
    await aLot(store, { lotId: 72, quantity: 10, partNumber: "3002" });
    const place = (quantity: number, status: string) =>
      store.bricklink.place(
        100,
        [
          [
            { lotId: 71, quantity: 4 },
            { lotId: 72, quantity, partNumber: "3002" },
          ],
        ],
        status,
      );
    place(3, "PENDING");
    await arrive(store, 100);
    await store.t.run(async (ctx) => {
      for (const { _id, quantity } of await ctx.db.query("bricklinkOrderItems").take(10)) {
        await ctx.db.patch("bricklinkOrderItems", _id, { pickStatus: "picked", pickedQuantity: quantity });
      }
    });
    place(5, "UPDATED");
    await arrive(store, 100);
    const picks = (await allOf(store, "bricklinkOrderItems"))
      .map((line) => [line.lotId, line.pickStatus, line.pickedQuantity] as const)
      .sort(([a], [b]) => a - b);
    expect(picks).toEqual([
      [71, "picked", 4],
      [72, "changed", 3],
    ]);
  });

  it("whose picked line vanishes says what to put back, and the line's stock is free", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 72, quantity: 10, partNumber: "3002" });
    store.bricklink.place(100, [
      [
        { lotId: 71, quantity: 4 },
        { lotId: 72, quantity: 3, partNumber: "3002" },
      ],
    ]);
    await arrive(store, 100);
    await store.t.run(async (ctx) => {
      for (const { _id, quantity } of await ctx.db.query("bricklinkOrderItems").take(10)) {
        await ctx.db.patch("bricklinkOrderItems", _id, { pickStatus: "picked", pickedQuantity: quantity });
      }
    });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]], "UPDATED");
    await arrive(store, 100);
    const [order] = await allOf(store, "bricklinkOrders");
    expect(order?.putBacks).toMatchObject([{ partNumber: "3002", quantity: 3, location: "A01-01" }]);
    expect(await lotOf(store, lot)).toEqual([10, 0]);
  });

  it("with a line that fits no lot is stored, shown as unmatched, and matched by the next import", async () => {
    const store = await aStore();
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
    await arrive(store, 100);
    expect(await allOf(store, "bricklinkOrderItems")).toMatchObject([
      { location: "UNKNOWN", matchedBy: "unmatched", reservedQuantity: 0, shortQuantity: 4 },
    ]);
    expect(await allOf(store, "bricklinkOrders")).toMatchObject([{ unmatchedLines: 1, shortQuantity: 0 }]);
  });

  it("purged at BrickLink keeps its lines here", async () => {
    const store = await aStore();
    await aLot(store, { lotId: 71, quantity: 10 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
    await arrive(store, 100);
    store.bricklink.calls.length = 0;
    store.bricklink.setStatus(100, "PURGED");
    await arrive(store, 100);
    expect(store.bricklink.calls).toEqual(["/orders/100"]);
    expect(await allOf(store, "bricklinkOrderItems")).toMatchObject([{ quantity: 4, reservedQuantity: 0 }]);
  });

  it("of a status nobody has heard of is kept, its goods stay promised, and staff look", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 10 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]], "ON_THE_MOON");
    await arrive(store, 100);
    expect(await allOf(store, "bricklinkOrders")).toMatchObject([{ status: "ON_THE_MOON", tab: "problem" }]);
    expect(await lotOf(store, lot)).toEqual([10, 4]);
  });

  it("applied again from a newer fetch of the same content changes only the time of the snapshot", async () => {
    const store = await aStore();
    await aLot(store, { lotId: 71, quantity: 10 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
    await arrive(store, 100);
    const everything = async () => ({
      order: (await allOf(store, "bricklinkOrders")).map(({ snapshotAt: _at, ...order }) => order),
      lines: await allOf(store, "bricklinkOrderItems"),
      lots: await allOf(store, "inventoryItems"),
      ledger: await allOf(store, "inventoryLedger"),
    });
    const before = await everything();
    await arrive(store, 100);
    expect(await everything()).toEqual(before);
  });

  it("is never overwritten by an older snapshot that arrives late", async () => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 10 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
    await arrive(store, 100);
    const [stored] = await allOf(store, "bricklinkOrders");
    await store.t.run(async (ctx) => {
      if (stored) await ctx.db.patch("bricklinkOrders", stored._id, { snapshotAt: Date.now() + 60_000 });
    });
    store.bricklink.setStatus(100, "CANCELLED");
    await arrive(store, 100);
    expect(await lotOf(store, lot)).toEqual([10, 4]);
    const notifications = await allOf(store, "bricklinkNotifications");
    expect(notifications.at(-1)).toMatchObject({ status: "completed", outcome: "superseded" });
  });
});
