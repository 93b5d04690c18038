import { expect, it } from "vitest";
import { labelsPerSheet, papers, sheets, toSheets } from "../../../src/parcels/papers";
import { paperIds, readPrintSearch } from "../../../src/parcels/search";

it("labels begin at the chosen place of the first sheet and go on at the first place of the next", () => {
  expect(toSheets(["a", "b", "c"], 4, 3)).toEqual([[null, null, "a", "b"], ["c"]]);
  expect(toSheets(["a"], 1, 1)).toEqual([["a"]]);
});

it("a first place that the sheet does not have becomes its last, and no labels make no sheet", () => {
  expect(toSheets(["a"], 2, 9)).toEqual([[null, "a"]]);
  expect(toSheets(["a"], 2, 0)).toEqual([["a"]]);
  expect(toSheets([], 14, 5)).toEqual([]);
});

it.each(paperIds)("the labels of %s fill their sheet evenly and lie on it", (paper) => {
  const { width, height } = papers[paper];
  const { columns, rows, labelWidth, labelHeight, left, top, gap } = sheets[paper];
  expect(2 * left + columns * labelWidth + (columns - 1) * gap).toBeCloseTo(width, 1);
  expect(2 * top + rows * labelHeight).toBeCloseTo(height, 1);
});

it("the sheets have as many labels as Avery's L7163 and 5163", () => {
  expect(paperIds.map((paper) => labelsPerSheet(sheets[paper]))).toEqual([14, 10, 1]);
});

it.each([
  [{}, { kind: "slips", orders: "" }],
  [
    { kind: "labels", orders: "1-2", paper: "letter", first: 3 },
    { kind: "labels", orders: "1-2", paper: "letter", first: 3 },
  ],
  [
    { kind: "invoices", orders: "1,2", paper: "a5", first: -1 },
    { kind: "slips", orders: "" },
  ],
  [
    { orders: 12, first: 1.5 },
    { kind: "slips", orders: "12" },
  ],
])("the URL's parameters %j are read as %j", (search, read) => {
  expect(readPrintSearch(search)).toEqual(read);
});
