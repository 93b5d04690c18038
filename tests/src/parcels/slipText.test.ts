import { expect, it } from "vitest";
import { cancelledText, leftOutText, noAddressText, unknownText } from "../../../src/parcels/printText";
import {
  colourText,
  conditionText,
  incompleteText,
  missingText,
  pageText,
  slipDateText,
  totalsText,
} from "../../../src/parcels/slipText";

it.each([
  [4, 4, null],
  [3, 4, "3 of 4 in this parcel, 1 missing"],
  [0, 4, "None of 4 in this parcel, 4 missing"],
  [0, 1, "Not in this parcel, 1 missing"],
])("%i of %i pieces in the parcel are worded", (inParcel, quantity, sentence) => {
  expect(missingText(inParcel, quantity)).toBe(sentence);
});

it("totals and the warning above the lines say how much is missing", () => {
  const whole = { lots: 2, pieces: 7, missing: 0 };
  expect([totalsText(whole), incompleteText(whole)]).toEqual(["2 lots, 7 pieces", null]);
  const short = { lots: 1, pieces: 4, missing: 1 };
  expect(totalsText(short)).toBe("1 lot, 4 pieces ordered. 3 of them in this parcel, 1 missing");
  expect(incompleteText(short)).toBe("1 piece of this order is not in this parcel. The lines say which.");
  expect(incompleteText({ ...short, missing: 2 })).toMatch(/^2 pieces of this order are/);
});

it("an order on one page shows its number, and one on several the page too", () => {
  expect(pageText(12, 1, 1)).toBe("Order 12");
  expect(pageText(12, 2, 3)).toBe("Order 12 · page 2 of 3");
});

it("a line's colour and condition are worded, and an item without colour has none", () => {
  expect(colourText({ colorId: 0, colorName: "(Not Applicable)" })).toBe("");
  expect(colourText({ colorId: 999, colorName: null })).toBe("Colour 999");
  expect(conditionText({ condition: "used", completeness: "incomplete" })).toBe("Used, incomplete");
  expect(conditionText({ condition: "new", completeness: null })).toBe("New");
});

it("a slip's date has its month in words", () => {
  expect(slipDateText(Date.UTC(2026, 10, 5, 12))).toBe("5 November 2026");
});

it("the screen says which orders are not printed and why", () => {
  expect(leftOutText([7, 8, 9])).toMatch(/^Orders 7, 8 and 9 did not fit into this print\. Print these/);
  expect(unknownText([9])).toBe("Order 9 is not in this store. It may not have arrived yet.");
  expect(noAddressText([7], "labels")).toMatch(/^Order 7 has no address, so no label is printed\./);
  expect(noAddressText([7, 8], "slips")).toMatch(/^Orders 7 and 8 have no address, so the slip names/);
  expect(cancelledText([7])).toBe("Order 7 is cancelled: do not send it.");
});
