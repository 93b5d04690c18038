import { expect, it } from "vitest";
import {
  adjustmentEffectText,
  adjustmentErrorText,
  adjustmentTitle,
} from "../../../src/inventory/adjustmentText";
import type { Lot } from "../../../src/inventory/lot";

const lot = { onHand: 5, reserved: 1, available: 4, backordered: 3 } as Lot;

it("a count without a number or below what is reserved is refused with what to do instead", () => {
  expect(adjustmentErrorText(lot, null)).toContain("a whole number, 0 or more");
  expect(adjustmentErrorText(lot, 0)).toContain("1 piece is reserved for orders");
  expect(adjustmentErrorText({ reserved: 2 }, 1)).toContain("2 pieces are reserved for orders");
  expect(adjustmentErrorText(lot, 1)).toBeNull();
});

it("a count says beforehand what becomes of the stock, how much of it goes to orders, and what to change on BrickLink", () => {
  expect(adjustmentEffectText(lot, 2)).toBe(
    "On hand 5 → 2, available 4 → 1. 1 of them goes to orders that need them. Change it on BrickLink too: the next import brings back what is listed there.",
  );
});

it("a count of the same number changes nothing, on BrickLink neither", () => {
  expect(adjustmentEffectText(lot, 5)).toBe("Same number: only the count is recorded.");
});

it("the bin is counted where it is known, and else the lot", () => {
  expect(adjustmentTitle({ location: "A01-02" })).toBe("Count the bin");
  expect(adjustmentTitle({ location: "" })).toBe("Count the lot");
});
