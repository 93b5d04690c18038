import fc from "fast-check";
import { expect, it } from "vitest";
import { nothingHeld, allocate, type Phase } from "../../../convex/inventory/reservation";

const phases: Phase[] = ["open", "shipped", "cancelled"];
const steps = fc.array(
  fc.record({ phase: fc.constantFrom(...phases), required: fc.integer({ min: 0, max: 20 }) }),
  { maxLength: 20 },
);

it("a line never reserves more than is on hand in any sequence of phases, and its movements add up to its holding", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), steps, (stock, sequence) => {
      let [onHand, reserved] = [stock, 0];
      let holding = nothingHeld;
      for (const { phase, required } of sequence) {
        const settled = allocate(phase, required, holding, onHand - reserved);
        for (const { onHandDelta, reservedDelta } of settled.movements) {
          onHand += onHandDelta;
          reserved += reservedDelta;
          expect(reserved).toBeGreaterThanOrEqual(0);
          expect(reserved).toBeLessThanOrEqual(onHand);
        }
        holding = settled.holding;
        expect(reserved).toBe(holding.reserved);
        expect(onHand).toBe(stock - holding.fulfilled);
        if (phase === "open") expect(holding.reserved + settled.short).toBe(required);
        expect(allocate(phase, required, holding, onHand - reserved).movements).toEqual([]);
      }
    }),
  );
});

it("a short line that is shipped fulfils what was reserved, and records the rest as shipped without stock", () => {
  const settled = allocate("shipped", 5, { ...nothingHeld, reserved: 3 }, 0);
  expect(settled).toEqual({
    holding: { reserved: 0, fulfilled: 3, shippedWithoutStock: 2 },
    short: 0,
    movements: [{ kind: "fulfil", onHandDelta: -3, reservedDelta: -3 }],
  });
  expect(allocate("shipped", 5, settled.holding, 9).movements).toEqual([]);
});

it("a line that is first seen as shipped is reserved and fulfilled from what is available", () => {
  expect(allocate("shipped", 5, nothingHeld, 4)).toEqual({
    holding: { reserved: 0, fulfilled: 4, shippedWithoutStock: 1 },
    short: 0,
    movements: [
      { kind: "reserve", onHandDelta: 0, reservedDelta: 4 },
      { kind: "fulfil", onHandDelta: -4, reservedDelta: -4 },
    ],
  });
});

it("a line that is cancelled after shipping returns nothing to the on-hand count", () => {
  const shipped = { reserved: 0, fulfilled: 5, shippedWithoutStock: 1 };
  const { holding, movements } = allocate("cancelled", 6, shipped, 9);
  expect([holding, movements]).toEqual([shipped, []]);
});
