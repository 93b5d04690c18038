import { expect, it } from "vitest";
import type { Id } from "../../../convex/_generated/dataModel";
import {
  adjust,
  api,
  aStore,
  aStoreWithBackorder,
  checkInvariants,
  errorCodeOf,
  latestEntryOf,
  ledgerOf,
  type Store,
  useFakeClock,
} from "../../support";

useFakeClock();

async function undoAdjustment(store: Store, entryId: Id<"inventoryLedger">): Promise<void> {
  await store.mutation(api.orders.allocation.adjustments.undo, { entryId });
}

it("an adjustment records who made it and why, and can be undone once by an opposite entry", async () => {
  const store = await aStore();
  const lotId = await store.addLot({ quantity: 10 });
  await adjust(store, lotId, { seenOnHand: 10, onHand: 8 });
  const entry = await latestEntryOf(store, lotId);
  expect(entry).toMatchObject({ note: "behind the box", isAdjustment: true });
  expect(entry.person).toMatch(/^person\d+$/);
  await undoAdjustment(store, entry.entryId);
  expect(await store.stockOf(lotId)).toEqual([10, 0]);
  expect(await latestEntryOf(store, lotId)).toMatchObject({
    reason: "undo",
    onHandBefore: 8,
    onHandAfter: 10,
    undoes: entry.entryId,
  });
  expect(await errorCodeOf(undoAdjustment(store, entry.entryId))).toBe("notUndoable");
  await checkInvariants(store);
});

it("an adjustment below what is reserved, from an outdated count, or to a negative or fractional count is refused", async () => {
  const { store, lotId } = await aStoreWithBackorder();
  const adjustFrom = (seenOnHand: number, onHand: number) =>
    errorCodeOf(adjust(store, lotId, { seenOnHand, onHand }));
  expect(await adjustFrom(3, 2)).toBe("belowReserved");
  expect(await adjustFrom(4, 9)).toBe("changedMeanwhile");
  expect(await adjustFrom(3, 3.5)).toBe("quantityInvalid");
  expect(await adjustFrom(3, -1)).toBe("quantityInvalid");
  await adjust(store, lotId, { seenOnHand: 3, onHand: 9 });
  const [, found] = await ledgerOf(store, lotId);
  const entryId = found?.entryId;
  if (!entryId) throw new Error("The adjustment has no ledger entry.");
  // Undoing the 6 pieces found would leave 3 on hand, and 5 are reserved since.
  expect(await errorCodeOf(undoAdjustment(store, entryId))).toBe("belowReserved");
  expect(await store.stockOf(lotId)).toEqual([9, 5]);
});

it("neither an import nor an undo can be undone", async () => {
  const store = await aStore();
  const lotId = await store.addLot({ quantity: 10 });
  const [imported] = await store.ledger();
  if (!imported) throw new Error("The import has no ledger entry.");
  expect(await errorCodeOf(undoAdjustment(store, imported._id))).toBe("notUndoable");
  await adjust(store, lotId, { seenOnHand: 10, onHand: 8 });
  await undoAdjustment(store, (await latestEntryOf(store, lotId)).entryId);
  const undone = await latestEntryOf(store, lotId);
  expect(await errorCodeOf(undoAdjustment(store, undone.entryId))).toBe("notUndoable");
});
