import { expect, it } from "vitest";
import { batchOf } from "../../../src/orders/table/batches";
import { batchText, selectedText } from "../../../src/orders/table/selectionText";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

it("a selection is cut into batches of thirty, the last of which may be smaller", () => {
  expect(batchOf(numbers(64), 0)).toMatchObject({ from: 1, to: 30, count: 3 });
  expect(batchOf(numbers(64), 2)).toMatchObject({ from: 61, to: 64, items: [61, 62, 63, 64] });
  expect(batchOf(numbers(30), 0)).toMatchObject({ from: 1, to: 30, count: 1 });
  expect(batchOf([], 0)).toMatchObject({ items: [], count: 1 });
});

it("a batch that is no longer there, because orders left the selection, is the last one instead", () => {
  expect(batchOf(numbers(40), 2)).toMatchObject({ index: 1, from: 31, to: 40 });
});

it("a selection says how many orders it has, whether that is all, and what one print takes of them", () => {
  const selected = { count: 212, isAll: true, isLoading: false, isMore: false };
  expect(selectedText(selected)).toBe("All 212 in this view are selected");
  expect(selectedText({ ...selected, isAll: false })).toBe("212 orders selected");
  expect(selectedText({ ...selected, count: 1 })).toBe("1 order selected");
  expect(selectedText({ ...selected, isLoading: true })).toBe("Selecting all in this view …");
  expect(selectedText({ ...selected, count: 10_000, isAll: false, isMore: true })).toMatch(/^The first 10/);
  expect(batchText({ from: 31, to: 60 }, 212)).toBe("Pick lists and prints take 30 at a time: 31–60 of 212");
});
