import { expect, it, vi } from "vitest";
import { adjust, anOrderToPick, api, aStore, MINUTE, type Store, useFakeClock } from "../../support";

useFakeClock();

const { losses } = api.orders.picking;

async function lotsToRecount(store: Store) {
  const { lots } = await store.query(api.inventory.lots.toRecount);
  return lots.map(({ location, partNumber }) => [location, partNumber]);
}

it("a lot of which pieces are reported lost is to be counted, with how many, by whom and since when, until it is", async () => {
  const { store, lot, first } = await anOrderToPick();
  expect(await lotsToRecount(store)).toEqual([]);
  await store.mutation(losses.reportLoss, { lineId: first, quantity: 1, reason: "missing" });
  vi.advanceTimersByTime(MINUTE);
  await store.mutation(losses.reportLoss, { lineId: first, quantity: 2, reason: "damaged" });
  expect(await lotsToRecount(store)).toEqual([["A01-01", "3001"]]);
  const task = await store.query(api.inventory.recounts.ofLot, { lotId: lot });
  expect(task).toMatchObject({ quantity: 3, askedAt: Date.now() });
  expect(task?.person).toMatch(/^person\d+$/);
  expect(await (await aStore(store.t)).query(api.inventory.recounts.ofLot, { lotId: lot })).toBeNull();

  await adjust(store, lot, { seenOnHand: 3, onHand: 4 });
  expect(await lotsToRecount(store)).toEqual([]);
  expect(await store.query(api.inventory.recounts.ofLot, { lotId: lot })).toBeNull();
});

it("reports that are taken back ask for no count", async () => {
  const { store, first } = await anOrderToPick();
  await store.mutation(losses.reportLoss, { lineId: first, quantity: 2, reason: "missing" });
  await store.mutation(losses.undoLoss, { lineId: first, quantity: 1, reason: "missing" });
  expect(await lotsToRecount(store)).toHaveLength(1);
  await store.mutation(losses.undoLoss, { lineId: first, quantity: 1, reason: "missing" });
  expect(await lotsToRecount(store)).toEqual([]);
});

it("a count that is dismissed is asked for no longer, and dismissing it twice is refused", async () => {
  const { store, lot, first } = await anOrderToPick();
  await store.mutation(losses.reportLoss, { lineId: first, quantity: 1, reason: "missing" });
  await store.mutation(api.inventory.recounts.dismiss, { lotId: lot });
  expect(await lotsToRecount(store)).toEqual([]);
  await expect(store.mutation(api.inventory.recounts.dismiss, { lotId: lot })).rejects.toMatchObject({
    data: { code: "notFound" },
  });
});
