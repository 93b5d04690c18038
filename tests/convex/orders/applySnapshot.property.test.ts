/** The four invariants of stock, over random lives of random orders, against the database itself. */
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { checkInvariants } from "../support/invariants";
import type { SentLine } from "../support/fakeBricklink";
import { aLot, allOf, anEvent, aStore, callBack, settle, type Store, useFakeClock } from "../support/store";

useFakeClock();

const LOTS = [71, 72, 73];

const line = fc.record({ lotId: fc.constantFrom(...LOTS, 99), quantity: fc.integer({ min: 1, max: 9 }) });
const batches = fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
const status = fc.constantFrom(
  "PENDING",
  "UPDATED",
  "PAID",
  "PACKED",
  "SHIPPED",
  "COMPLETED",
  "CANCELLED",
  "NPB",
  "PURGED",
);
const snapshot = fc.record({
  order: fc.constantFrom(100, 101, 102),
  batches,
  status,
  isRepeated: fc.boolean(),
});
const life = fc.array(snapshot, { minLength: 1, maxLength: 12 });

/** Each lot in a part of its own, so that a line of lot 99 fits nothing. */
function sent({ lotId, quantity }: { lotId: number; quantity: number }): SentLine {
  return { lotId, quantity, partNumber: `30${lotId}` };
}

async function written(store: Store): Promise<unknown> {
  return [
    await allOf(store, "bricklinkOrderItems"),
    await allOf(store, "inventoryItems"),
    await allOf(store, "inventoryLedger"),
  ];
}

async function arrive(store: Store, order: number): Promise<void> {
  vi.advanceTimersByTime(1_000);
  await callBack(store, anEvent(order));
  await settle(store, vi.runAllTimers);
}

it("hold after every snapshot, and the same snapshot again writes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      life,
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 3 }),
      async (events, stock) => {
        const store = await aStore();
        for (const [index, lotId] of LOTS.entries()) {
          await aLot(store, { lotId, quantity: stock[index] ?? 0, partNumber: `30${lotId}` });
        }
        for (const { order, batches: sentBatches, status: sentStatus, isRepeated } of events) {
          store.bricklink.place(
            order,
            sentBatches.map((batch) => batch.map(sent)),
            sentStatus,
          );
          await arrive(store, order);
          await checkInvariants(store);
          if (!isRepeated) continue;
          const before = await written(store);
          await arrive(store, order);
          expect(await written(store)).toEqual(before);
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
