import { expect, it } from "vitest";
import {
  piecesInParcel,
  slipTotals,
  sortLines,
  type Parcel,
  type ParcelLine,
} from "../../../src/parcels/slip";

function aParcelLine(changes: Partial<ParcelLine>): ParcelLine {
  return {
    lineId: "line" as ParcelLine["lineId"],
    batch: 0,
    partNumber: "3001",
    itemName: "Brick 2 x 4",
    colorId: 5,
    colorName: "Red",
    condition: "new",
    completeness: null,
    location: "A1",
    quantity: 4,
    matchedBy: "sourceLot",
    shortQuantity: 0,
    pickStatus: "unpicked",
    pickedQuantity: 0,
    ...changes,
  };
}

it.each<[string, Partial<ParcelLine>, Parcel["tab"], number]>([
  ["a line that is all there", {}, "toPack", 4],
  ["a short line before it is picked", { shortQuantity: 1 }, "toPack", 3],
  ["a short line of an order with a problem", { shortQuantity: 4 }, "problem", 0],
  ["a line picked short", { shortQuantity: 1, pickStatus: "picked", pickedQuantity: 3 }, "toPack", 3],
  ["a picked line whose pieces were lost later", { pickStatus: "picked", pickedQuantity: 2 }, "toPack", 2],
  [
    "a picked line of which there is more by now",
    { pickStatus: "changed", pickedQuantity: 1, shortQuantity: 1 },
    "toPack",
    3,
  ],
  ["a line that no lot matches", { matchedBy: "unmatched", shortQuantity: 4 }, "toPack", 4],
  ["a sent line that was picked short", { pickStatus: "picked", pickedQuantity: 3 }, "shipped", 3],
  ["a sent line that nobody ticked", { shortQuantity: 1 }, "shipped", 4],
])("%s has as many pieces in the parcel as the packer put there, or will", (_, changes, tab, pieces) => {
  expect(piecesInParcel(aParcelLine(changes), tab)).toBe(pieces);
});

it("a slip's totals count lots, pieces ordered and pieces missing", () => {
  const lines = [aParcelLine({ shortQuantity: 1 }), aParcelLine({ quantity: 2 })];
  expect(slipTotals({ lines, tab: "toPack" })).toEqual({ lots: 2, pieces: 6, missing: 1 });
});

it("lines are sorted by name, numbers in it by their value, then by colour, or in walking order", () => {
  const lines = [
    aParcelLine({ itemName: "Plate 1 x 10", location: "A2" }),
    aParcelLine({ itemName: "Plate 1 x 2", colorName: "White", location: "A10" }),
    aParcelLine({ itemName: "Plate 1 x 2", colorName: "Black", location: "UNKNOWN" }),
  ];
  const named = (sorted: ParcelLine[]) =>
    sorted.map(({ itemName, colorName }) => `${itemName} ${String(colorName)}`);
  expect(named(sortLines(lines, "name"))).toEqual([
    "Plate 1 x 2 Black",
    "Plate 1 x 2 White",
    "Plate 1 x 10 Red",
  ]);
  expect(named(sortLines(lines, "bin"))).toEqual([
    "Plate 1 x 10 Red",
    "Plate 1 x 2 White",
    "Plate 1 x 2 Black",
  ]);
});
