/** Orders of hundreds of lots that many other orders wait for: what one transaction may read and write is limited. */
import { expect, it } from "vitest";
import { aLine, anOrder, api, aStore, numbersFrom, useFakeClock, type Store } from "../support";

useFakeClock();

/** A line of one piece of each of `count` lots. */
function linesOfLots(count: number) {
  return numbersFrom(1_000, count).map((lotId) => aLine({ lotId, partNumber: `p${lotId}` }));
}

/** Sums over all orders of the store. */
async function totalsOf(store: Store) {
  const orders = await store.orders();
  const sum = (field: "reservedQuantity" | "shortQuantity" | "unmatchedLines") =>
    orders.reduce((total, order) => total + order[field], 0);
  return {
    reserved: sum("reservedQuantity"),
    short: sum("shortQuantity"),
    unmatched: sum("unmatchedLines"),
  };
}

it("cancelling an order that holds all 20 pieces of 200 lots gives one piece each to the 20 orders that wait", async () => {
  const store = await aStore();
  const lines = linesOfLots(200);
  for (const { lotId, partNumber = "" } of lines) await store.addLot({ lotId, partNumber, quantity: 20 });
  const all = lines.map((line) => ({ ...line, quantity: 20 }));
  await store.receiveOrder(anOrder({ number: 100, lines: all }));
  for (const number of numbersFrom(101, 20)) await store.receiveOrder(anOrder({ number, lines }));
  expect(await totalsOf(store)).toEqual({ reserved: 4_000, short: 4_000, unmatched: 0 });
  await store.receiveStatus(100, "CANCELLED");
  expect(await store.notifications()).not.toContainEqual(expect.objectContaining({ status: "failed" }));
  expect((await store.orders())[0]).toMatchObject({ status: "CANCELLED", reservedQuantity: 0 });
  expect(await totalsOf(store)).toEqual({ reserved: 4_000, short: 0, unmatched: 0 });
}, 240_000);

it("an import of 150 lots of which ten open orders require one piece each counts and reserves all of them", async () => {
  const store = await aStore();
  const lines = linesOfLots(150);
  for (const number of numbersFrom(100, 10)) await store.receiveOrder(anOrder({ number, lines }));
  expect(await totalsOf(store)).toEqual({ reserved: 0, short: 0, unmatched: 1_500 });
  store.bricklink.inventory = lines.map((line) => ({ ...line, quantity: 3 }));
  await store.mutation(api.marketplaces.bricklink.import.runs.start);
  await store.runAllScheduled();
  expect(await store.query(api.marketplaces.bricklink.import.runs.latest)).toMatchObject({
    status: "completed",
    lotsWritten: 150,
  });
  const lots = await store.lots();
  expect(lots.filter((lot) => lot.quantityOnHand === 13 && lot.quantityReserved === 10)).toHaveLength(150);
  expect(await totalsOf(store)).toEqual({ reserved: 1_500, short: 0, unmatched: 0 });
}, 240_000);
