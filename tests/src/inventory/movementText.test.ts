import { expect, it } from "vitest";
import { ledgerText, movementText, type LedgerRow } from "../../../src/inventory/movementText";

function anEntry(fields: Partial<LedgerRow>): LedgerRow {
  return {
    entryId: "e1" as LedgerRow["entryId"],
    at: 0,
    kind: "reserve",
    reason: null,
    onHandBefore: 10,
    onHandAfter: 10,
    reservedBefore: 0,
    reservedAfter: 4,
    note: null,
    orderNumber: null,
    person: null,
    isAdjustment: false,
    undoes: null,
    ...fields,
  };
}

it.each([
  ["a reservation", {}, "4 reserved"],
  ["a release", { kind: "release", reservedBefore: 4, reservedAfter: 1 }, "3 no longer reserved"],
  [
    "a parcel put back",
    { kind: "release", reason: "returned", reservedBefore: 4, reservedAfter: 1 },
    "3 no longer reserved, put back after a cancellation",
  ],
  ["an import", { kind: "import", onHandBefore: 0, onHandAfter: 3 }, "Import: on hand 0 → 3"],
  ["a count", { kind: "adjust", reason: "counted", onHandAfter: 8 }, "On hand 10 → 8, counted"],
  ["a confirmed count", { kind: "adjust", reason: "counted" }, "On hand 10 confirmed, counted"],
  ["an undo", { kind: "adjust", reason: "undo", onHandAfter: 12 }, "On hand 10 → 12, an adjustment undone"],
  ["lost pieces", { kind: "damaged", onHandAfter: 9 }, "On hand 10 → 9, damaged while picking"],
] as const)("the ledger entry of %s says what changed and why", (_, fields, text) => {
  expect(ledgerText(anEntry(fields))).toBe(text);
});

it("a movement names pieces, colour, item and bin, and says so when the lot was removed", () => {
  const movement = { kind: "reserve", quantity: 4 } as const;
  const lot = { itemName: "Plate 2 x 4", colorName: "Red", location: "B02-03" };
  expect(movementText(movement, lot, "")).toBe("4 × Red Plate 2 x 4 (B02-03) reserved");
  expect(movementText(movement, { ...lot, colorName: null, location: "" }, "")).toBe(
    "4 × Plate 2 x 4 (no bin) reserved",
  );
  expect(movementText(movement, null, "a line since removed")).toBe("4 × a line since removed reserved");
});
