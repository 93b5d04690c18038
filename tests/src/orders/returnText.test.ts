import { expect, it } from "vitest";
import {
  cancelledLineText,
  cancelledStockText,
  returnReasonText,
  returnText,
} from "../../../src/orders/returnText";

it("goods to put back are named after their bin, and goods without a lot have no known bin", () => {
  const goods = { quantity: 3, partNumber: "3001", itemName: "Brick 2 x 4" };
  expect(returnText({ ...goods, location: "A01-02" })).toBe("A01-02: 3 × 3001 Brick 2 x 4");
  expect(returnText({ ...goods, location: "UNKNOWN" })).toBe("Bin unknown: 3 × 3001 Brick 2 x 4");
});

it("only the pieces of a cancelled order are said to be kept from other orders, because others were released already", () => {
  expect(returnReasonText(true)).toContain("no other order can have them");
  expect(returnReasonText(false)).not.toContain("no other order");
});

it.each([
  ["still holds its parcel", { reservedQuantity: 4, fulfilledQuantity: 0 }, "4 reserved until put back"],
  ["was sent", { reservedQuantity: 0, fulfilledQuantity: 4 }, "4 were sent"],
  ["holds nothing", { reservedQuantity: 0, fulfilledQuantity: 0 }, "released"],
])("a cancelled order or line that %s says so", (_, quantities, text) => {
  expect(cancelledStockText(quantities)).toBe(text);
  expect(cancelledLineText({ ...quantities, matchedBy: "exact" })).toBe(text);
});

it("an unmatched line of a cancelled order is not said to be released", () => {
  const line = { reservedQuantity: 0, fulfilledQuantity: 0, matchedBy: "unmatched" } as const;
  expect(cancelledLineText(line)).toBe("nothing was reserved");
});
