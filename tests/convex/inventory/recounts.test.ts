import { expect, it, vi } from "vitest";
import {
  adjust,
  aLine,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  MINUTE,
  type Store,
  useFakeClock,
} from "../../support";

useFakeClock();

const { losses, otherBins } = api.orders.picking;

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

/** Order 100 lacks both pieces of its second line, and takes them from a lot of five in another bin. */
async function aDetour() {
  const order = await anOrderToPick();
  const { store, second } = order;
  const other = await store.addLot({ lotId: 73, quantity: 5, partNumber: "3002", location: "C03" });
  await store.mutation(losses.reportLoss, { lineId: second, quantity: 2, reason: "missing" });
  const taken = { lineId: second, lotId: other, quantity: 2 };
  await store.mutation(otherBins.take, taken);
  return { ...order, other, taken };
}

it("a lot from which pieces were taken for a line of another lot is to be lowered, with how many for which order, until it is confirmed", async () => {
  const { store, other } = await aDetour();
  const asked = { quantity: 0, taken: [{ orderNumber: 100, quantity: 2 }] };
  const { lots } = await store.query(api.inventory.lots.toRecount);
  expect(lots.map(({ location, recount }) => [location, recount])).toEqual([
    ["C03", asked],
    ["A01-01", { quantity: 2, taken: [] }],
  ]);
  const task = await store.query(api.inventory.recounts.ofLot, { lotId: other });
  expect(task).toMatchObject({ ...asked, askedAt: Date.now() });
  await store.mutation(api.inventory.recounts.dismiss, { lotId: other });
  expect(await store.query(api.inventory.recounts.ofLot, { lotId: other })).toBeNull();
});

it("a count of a lot from which pieces were taken closes its task", async () => {
  const { store, other } = await aDetour();
  await adjust(store, other, { seenOnHand: 3, onHand: 3 });
  expect(await store.query(api.inventory.recounts.ofLot, { lotId: other })).toBeNull();
});

it("pieces put back in the other bin ask for no lowering, by as many as are put back, and leave what was reported lost there", async () => {
  const { store, other, taken } = await aDetour();
  const one = { ...taken, quantity: 1 };
  const ofOther = async () => await store.query(api.inventory.recounts.ofLot, { lotId: other });
  await store.mutation(otherBins.putBack, one);
  expect(await ofOther()).toMatchObject({ quantity: 0, taken: [{ orderNumber: 100, quantity: 1 }] });
  await store.mutation(otherBins.take, one);
  expect(await ofOther()).toMatchObject({ taken: [{ orderNumber: 100, quantity: 2 }] });

  await store.receiveOrder(
    anOrder({ number: 101, lines: [aLine({ lotId: 73, partNumber: "3002", quantity: 2 })] }),
  );
  const line = (await store.lines()).find(({ lotId }) => lotId === 73);
  if (!line) throw new Error("The line of order 101 was not stored.");
  const loss = { lineId: line._id, quantity: 1, reason: "damaged" as const };
  await store.mutation(losses.reportLoss, loss);
  expect(await ofOther()).toMatchObject({ quantity: 1, taken: [{ orderNumber: 100, quantity: 2 }] });
  await store.mutation(losses.undoLoss, loss);
  expect(await ofOther()).toMatchObject({ quantity: 0, taken: [{ orderNumber: 100, quantity: 2 }] });
  await store.mutation(losses.reportLoss, loss);
  await store.mutation(otherBins.putBack, taken);
  expect(await ofOther()).toMatchObject({ quantity: 1, taken: [] });
  await store.mutation(losses.undoLoss, loss);
  expect(await ofOther()).toBeNull();
});

it("putting pieces back after their lot was confirmed asks for nothing", async () => {
  const { store, other, taken } = await aDetour();
  await store.mutation(api.inventory.recounts.dismiss, { lotId: other });
  await store.mutation(otherBins.putBack, taken);
  expect(await store.query(api.inventory.recounts.ofLot, { lotId: other })).toBeNull();
});

it("a lot that the marketplace does not list is not to be lowered there", async () => {
  const { store, other, taken } = await aDetour();
  await store.mutation(otherBins.putBack, taken);
  await store.t.run((ctx) => ctx.db.patch("inventoryItems", other, { sourceLotId: undefined }));
  await store.mutation(otherBins.take, taken);
  expect(await store.query(api.inventory.recounts.ofLot, { lotId: other })).toBeNull();
});
