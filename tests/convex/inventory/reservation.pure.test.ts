import fc from "fast-check";
import { expect, it } from "vitest";
import { nothingHeld, allocate, type Phase } from "../../../convex/inventory/reservation";

const phases: Phase[] = ["open", "shipped", "cancelled"];
const steps = fc.array(
  fc.record({
    phase: fc.constantFrom(...phases),
    required: fc.integer({ min: 0, max: 20 }),
    inParcel: fc.integer({ min: 0, max: 20 }),
  }),
  { maxLength: 20 },
);

it("a line never reserves more than is on hand in any sequence of phases, and its movements add up to its holding", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), steps, (stock, sequence) => {
      let [onHand, reserved] = [stock, 0];
      let holding = nothingHeld;
      for (const { phase, required, inParcel } of sequence) {
        const reservedBefore = reserved;
        const settled = allocate(phase, required, holding, onHand - reserved, inParcel);
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
        if (phase === "shipped") expect(reserved).toBe(0);
        if (phase === "cancelled") expect(reserved).toBe(Math.min(reservedBefore, inParcel));
        expect(allocate(phase, required, holding, onHand - reserved, inParcel).movements).toEqual([]);
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

it("a line that is cancelled after picking keeps what is in the parcel, and releases it when the parcel is empty", () => {
  const cancelled = allocate("cancelled", 5, { ...nothingHeld, reserved: 5 }, 2, 3);
  expect(cancelled).toEqual({
    holding: { ...nothingHeld, reserved: 3 },
    short: 0,
    movements: [{ kind: "release", onHandDelta: 0, reservedDelta: -2 }],
  });
  expect(allocate("cancelled", 5, cancelled.holding, 4, 0)).toEqual({
    holding: nothingHeld,
    short: 0,
    movements: [{ kind: "release", onHandDelta: 0, reservedDelta: -3 }],
  });
});

it("a line that is re-opened or shipped after cancellation goes on with the pieces in its parcel", () => {
  const inParcel = { ...nothingHeld, reserved: 3 };
  expect(allocate("open", 5, inParcel, 1)).toEqual({
    holding: { ...nothingHeld, reserved: 4 },
    short: 1,
    movements: [{ kind: "reserve", onHandDelta: 0, reservedDelta: 1 }],
  });
  expect(allocate("shipped", 3, inParcel, 0)).toEqual({
    holding: { ...nothingHeld, fulfilled: 3 },
    short: 0,
    movements: [{ kind: "fulfil", onHandDelta: -3, reservedDelta: -3 }],
  });
});
