import { expect } from "vitest";
import { needsPerson } from "../../convex/orders/attention";
import { isToDo } from "../../convex/orders/picking/pickQuantities";
import { stageOf } from "../../convex/orders/stages";
import { api, type Store } from "./store";

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Checks what must hold after every transaction, against every document of the backend. */
export async function checkInvariants(store: Store): Promise<void> {
  const [lots, lines, ledger, orders, returns] = await Promise.all([
    store.lots(),
    store.lines(),
    store.ledger(),
    store.orders(),
    store.returns(),
  ]);
  for (const lot of lots) {
    expect(lot.quantityReserved).toBeGreaterThanOrEqual(0);
    expect(lot.quantityReserved).toBeLessThanOrEqual(lot.quantityOnHand);
    const linesOfLot = lines.filter(({ inventoryItemId }) => inventoryItemId === lot._id);
    expect(lot.quantityReserved).toBe(sum(linesOfLot.map(({ reservedQuantity }) => reservedQuantity)));
    const entries = ledger.filter(({ inventoryItemId }) => inventoryItemId === lot._id);
    expect(lot.quantityOnHand).toBe(sum(entries.map((entry) => entry.onHandAfter - entry.onHandBefore)));
    expect(lot.quantityReserved).toBe(
      sum(entries.map((entry) => entry.reservedAfter - entry.reservedBefore)),
    );
    expect(lot.quantityBackordered).toBe(sum(linesOfLot.map(({ shortQuantity }) => shortQuantity)));
    // No piece of a lot stays available while a backorder of that lot needs it.
    const hasBackorder = linesOfLot.some(
      ({ shortQuantity, backorderedSince }) => shortQuantity > 0 && backorderedSince !== undefined,
    );
    if (hasBackorder) expect(lot.quantityReserved).toBe(lot.quantityOnHand);
  }
  for (const order of orders) {
    const linesOfOrder = lines.filter(({ orderId }) => orderId === order._id);
    expect(order.stage).toBe(stageOf(order));
    expect(order.needsPersonSince !== undefined).toBe(needsPerson(order));
    expect(order.toDoLines).toBe(linesOfOrder.filter(isToDo).length);
    expect(order.reservedQuantity).toBe(sum(linesOfOrder.map(({ reservedQuantity }) => reservedQuantity)));
    expect(order.returnCount).toBe(returns.filter(({ orderId }) => orderId === order._id).length);
    const matched = linesOfOrder.filter(({ matchedBy }) => matchedBy !== "unmatched");
    expect(order.pickedLines).toBe(linesOfOrder.filter(({ pickStatus }) => pickStatus === "picked").length);
    expect(order.shortQuantity).toBe(sum(matched.map(({ shortQuantity }) => shortQuantity)));
    for (const line of linesOfOrder) {
      const returnsOfLine = returns.filter(({ lineId }) => lineId === line._id);
      if (line.openSince !== undefined) {
        expect(line.reservedQuantity + line.shortQuantity).toBe(line.quantity);
      }
      if (order.tab !== "cancelled") expect(returnsOfLine).toEqual([]);
      if (line.openSince !== undefined) continue;
      // A closed line holds stock only while what it holds lies in a parcel that is to be put back.
      expect(returnsOfLine.length).toBeLessThanOrEqual(1);
      const [toReturn] = returnsOfLine;
      if (toReturn) expect(toReturn.quantity).toBe(line.pickedQuantity);
      expect(line.reservedQuantity).toBeLessThanOrEqual(toReturn?.quantity ?? 0);
    }
  }
  const lineIds = new Set(lines.map(({ _id }) => _id));
  expect(returns.filter(({ lineId }) => lineId !== undefined && !lineIds.has(lineId))).toEqual([]);
  const { byStatus } = await store.query(api.orders.counts.get);
  const counted = byStatus.map(({ status, stage, count }) => [`${status} ${stage}`, count] as const);
  const stages = orders.map(({ status, stage }) => `${status} ${stage}`);
  const countOf = (each: string) => stages.filter((stage) => stage === each).length;
  expect(new Map(counted)).toEqual(new Map(stages.map((each) => [each, countOf(each)])));
}
