import { expect, it } from "vitest";
import { hasTerms, searchTextOf, termsOf } from "../../../convex/lib/searchWords";

const text = searchTextOf(["Tile 1 x 2 with Groove", "3069bpb001", undefined, "Dark Bluish-Gray", "tile"]);

it("a search text has each word once, in lower case, and sizes as one word", () => {
  expect(text).toBe("tile 1x2 with groove 3069bpb001 dark bluish gray");
});

it.each([
  ["GROOVE", true],
  ["1x2", true],
  ["1 × 2", true],
  ["2 x 1", false],
  ["gro ti", true],
  ["bluish-gray", true],
  ["3069", true],
  ["069", false],
  ["groove red", false],
  ["", true],
])("the search %j finds the tile: %s", (search, isFound) => {
  expect(hasTerms(text, termsOf(search))).toBe(isFound);
});

it("a size of three numbers is found by its first two", () => {
  expect(hasTerms(searchTextOf(["Brick 1 x 2 x 5"]), termsOf("1 x 2"))).toBe(true);
});
