import { expect, it } from "vitest";
import { leftOutText } from "../../../src/picking/pickListText";

it.each([
  [[12], "Order 12 did not fit on this list."],
  [[12, 13], "Orders 12 and 13 did not fit on this list."],
  [[12, 13, 14], "Orders 12, 13 and 14 did not fit on this list."],
])("the orders %j that a pick list leaves out are named, with what to do", (numbers, sentence) => {
  expect(leftOutText(numbers)).toBe(`${sentence} Pick these first, then open another list.`);
});
