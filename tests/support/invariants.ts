import { expect } from "vitest";
import { allOf, type Store } from "./store";

/** What must hold at every commit, checked against the whole database. */
export async function checkInvariants(store: Store): Promise<void> {
  const [lots, lines, ledger, orders] = await Promise.all([
    allOf(store, "inventoryItems"),
    allOf(store, "bricklinkOrderItems"),
    allOf(store, "inventoryLedger"),
    allOf(store, "bricklinkOrders"),
  ]);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  for (const lot of lots) {
    expect(lot.quantityReserved).toBeGreaterThanOrEqual(0);
    expect(lot.quantityReserved).toBeLessThanOrEqual(lot.quantityOnHand);
    const held = lines.filter(({ inventoryItemId }) => inventoryItemId === lot._id);
    expect(lot.quantityReserved).toBe(sum(held.map(({ reservedQuantity }) => reservedQuantity)));
    const entries = ledger.filter(({ inventoryItemId }) => inventoryItemId === lot._id);
    expect(lot.quantityOnHand).toBe(sum(entries.map((entry) => entry.onHandAfter - entry.onHandBefore)));
    expect(lot.quantityReserved).toBe(
      sum(entries.map((entry) => entry.reservedAfter - entry.reservedBefore)),
    );
    // Stock is never kept from a line that waits for it.
    const isWaiting = held.some(
      ({ shortQuantity, waitingSince }) => shortQuantity > 0 && waitingSince !== undefined,
    );
    if (isWaiting) expect(lot.quantityReserved).toBe(lot.quantityOnHand);
  }
  for (const order of orders) {
    const own = lines.filter(({ orderId }) => orderId === order._id);
    expect(order.reservedQuantity).toBe(sum(own.map(({ reservedQuantity }) => reservedQuantity)));
    const matched = own.filter(({ matchedBy }) => matchedBy !== "unmatched");
    expect(order.pickedLines).toBe(own.filter(({ pickStatus }) => pickStatus === "picked").length);
    expect(order.shortQuantity).toBe(sum(matched.map(({ shortQuantity }) => shortQuantity)));
    for (const { openSince, reservedQuantity, shortQuantity, quantity } of own) {
      if (openSince !== undefined) expect(reservedQuantity + shortQuantity).toBe(quantity);
      else expect(reservedQuantity).toBe(0);
    }
  }
  const counts = await store.t.run((ctx) => ctx.db.query("orderCounts").first());
  const counted = Object.fromEntries((counts?.byStatus ?? []).map(({ status, count }) => [status, count]));
  const statuses = [...new Set(orders.map((order) => order.status))];
  const present = (wanted: string) => orders.filter((order) => order.status === wanted).length;
  expect(counted).toEqual(Object.fromEntries(statuses.map((each) => [each, present(each)])));
}
