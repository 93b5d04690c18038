/** Ledger entries in words. */
import type { Doc } from "../_generated/dataModel";
import type { MovementKind } from "./schema";

/** What happened to the pieces of an entry. */
export const movementWords: Record<MovementKind, string> = {
  import: "imported",
  adjust: "adjusted",
  reserve: "reserved",
  release: "released",
  fulfil: "left the shelf",
  return: "came back to the shelf",
  missing: "missing from the bin",
  damaged: "damaged, taken out",
  found: "found after all",
};

type Entry = Pick<
  Doc<"inventoryLedger">,
  "kind" | "onHandBefore" | "onHandAfter" | "reservedBefore" | "reservedAfter"
>;

/** "3 × Plate 2 x 4 (A01-02) reserved". `lot` null: it is gone. */
export function movementText(
  entry: Entry,
  lot: Pick<Doc<"inventoryItems">, "itemName" | "colorName" | "location"> | null,
): string {
  const onHand = entry.onHandAfter - entry.onHandBefore;
  const reserved = entry.reservedAfter - entry.reservedBefore;
  const pieces = Math.max(Math.abs(onHand), Math.abs(reserved));
  if (lot === null) return `${pieces} × a lot since removed ${movementWords[entry.kind]}`;
  const color = lot.colorName === undefined ? "" : `${lot.colorName} `;
  const bin = lot.location === "" ? "no bin" : lot.location;
  return `${pieces} × ${color}${lot.itemName} (${bin}) ${movementWords[entry.kind]}`;
}
