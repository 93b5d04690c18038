import { expect, it } from "vitest";
import { matchLine, type LotCandidate, type WantedGoods } from "../../../convex/inventory/matching";

const item = {
  itemType: "PART",
  partNumber: "3001",
  colorId: 5,
  condition: "new",
  location: "A1",
} as const;

const line: WantedGoods = { ...item, sourceLotId: "bricklink:1", quantity: 4 };

/** A lot that matches `line` exactly, unless `changes` say otherwise. */
function aLot(changes: Partial<LotCandidate> = {}): LotCandidate {
  return { ...item, quantityOnHand: 10, quantityReserved: 0, createdAt: 1, ...changes };
}

it("a line is matched to the lot imported under its own lot id before any other lot", () => {
  const imported = aLot({ sourceLotId: "bricklink:1", location: "Z9", quantityOnHand: 0 });
  expect(matchLine(line, [aLot(), imported])).toEqual({ kind: "sourceLot", lot: imported });
});

it("a line with several exact matches takes the oldest lot with enough pieces, or the oldest if none has", () => {
  const youngest = aLot({ createdAt: 3 });
  const older = aLot({ createdAt: 2 });
  const oldest = aLot({ createdAt: 1, quantityReserved: 8 });
  expect(matchLine(line, [youngest, oldest, older])).toEqual({ kind: "exact", lot: older });
  expect(matchLine({ ...line, quantity: 99 }, [youngest, older, oldest])).toEqual({
    kind: "exact",
    lot: oldest,
  });
});

it.each([
  ["bin", { location: "A2" }],
  ["color", { colorId: 6 }],
  ["condition", { condition: "used" as const }],
  ["item type", { itemType: "MINIFIG" }],
  ["completeness", { completeness: "sealed" as const }],
])("a lot that differs from the line in %s is not matched", (_, changes) => {
  expect(matchLine(line, [aLot(changes)])).toEqual({ kind: "unmatched" });
});

it("a line without a bin is matched to the only lot of its item, and to none of several", () => {
  const lineWithoutBin = { ...line, location: "" };
  expect(matchLine(lineWithoutBin, [aLot({ location: "B7" })])).toMatchObject({ kind: "onlyFit" });
  expect(matchLine(lineWithoutBin, [aLot({ location: "B7" }), aLot({ location: "B8" })])).toEqual({
    kind: "unmatched",
  });
});

it("a line of unknown condition matches the lot of its own lot id, and no lot by its goods", () => {
  const wanted = { ...line, condition: "unknown" as const };
  const imported = aLot({ sourceLotId: "bricklink:1" });
  expect(matchLine(wanted, [imported])).toEqual({ kind: "sourceLot", lot: imported });
  expect(matchLine(wanted, [aLot({ condition: "unknown" })])).toEqual({ kind: "unmatched" });
});
