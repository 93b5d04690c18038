import { expect, it } from "vitest";
import { adjustmentEffectText, adjustmentErrorText } from "../../../src/inventory/adjustmentText";
import type { Lot } from "../../../src/inventory/lot";

const lot = { onHand: 5, reserved: 1, available: 4, backordered: 3 } as Lot;

it("a count without a number or below what is reserved is refused with what to do instead", () => {
  expect(adjustmentErrorText(lot, null)).toContain("a whole number, 0 or more");
  expect(adjustmentErrorText(lot, 0)).toContain("1 piece is reserved for orders");
  expect(adjustmentErrorText({ reserved: 2 }, 1)).toContain("2 pieces are reserved for orders");
  expect(adjustmentErrorText(lot, 1)).toBeNull();
});

it("a count says beforehand what becomes of the stock and how much of it goes to orders", () => {
  expect(adjustmentEffectText(lot, 5)).toContain("it is recorded that the bin was counted");
  expect(adjustmentEffectText(lot, 2)).toBe(
    "On hand 5 → 2, available 4 → 1. 1 of them goes to orders that need them.",
  );
});
