/** Random sequences of snapshots of three orders, checked against the database after each. */
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  aLine,
  anOrder,
  aStore,
  type BricklinkLine,
  checkInvariants,
  type Store,
  useFakeClock,
} from "../../../support";

useFakeClock();

const LOTS = [71, 72, 73];

/** Each lot holds a part of its own, so that a line of lot 99 matches no lot. */
const partOf = (lotId: number) => `30${lotId}`;

const line: fc.Arbitrary<BricklinkLine> = fc
  .record({ lotId: fc.constantFrom(...LOTS, 99), quantity: fc.integer({ min: 1, max: 9 }) })
  .map(({ lotId, quantity }) => aLine({ lotId, quantity, partNumber: partOf(lotId) }));
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
const snapshots = fc.array(
  fc.record({ number: fc.constantFrom(100, 101, 102), batches, status, isRepeated: fc.boolean() }),
  { minLength: 1, maxLength: 12 },
);
const onHandCounts = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 3 });

async function linesAndStockOf(store: Store): Promise<unknown> {
  return [await store.lines(), await store.lots(), await store.ledger()];
}

it("the invariants of stock hold after every snapshot, and a repeated snapshot writes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(snapshots, onHandCounts, async (received, onHand) => {
      const store = await aStore();
      for (const [index, lotId] of LOTS.entries()) {
        await store.addLot({ lotId, quantity: onHand[index] ?? 0, partNumber: partOf(lotId) });
      }
      for (const { isRepeated, ...order } of received) {
        await store.receiveOrder(anOrder(order));
        await checkInvariants(store);
        if (!isRepeated) continue;
        const before = await linesAndStockOf(store);
        await store.syncOrder(order.number);
        expect(await linesAndStockOf(store)).toEqual(before);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
