/** All text about ledger entries and the stock movements they record. Quantities are pieces. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

/** An entry of a lot's ledger. */
export type LedgerRow = FunctionReturnType<typeof api.inventory.ledger.list>["page"][number];
type MovementKind = LedgerRow["kind"];

/** What happened to the pieces; follows "3 × Plate 2 x 4 (A01-02)". */
const movementLabels: Record<MovementKind, string> = {
  import: "imported",
  adjust: "adjusted",
  reserve: "reserved",
  release: "released",
  fulfil: "left the shelf",
  return: "came back to the shelf",
  missing: "missing from the bin",
  damaged: "damaged, taken out",
  found: "found after all",
  transfer: "moved between two bins",
};

/**
 * "3 × Red Plate 2 x 4 (A01-02) reserved". When the line or lot no longer exists, `item` is null and `fallback`
 * names it.
 */
export function movementText(
  { kind, quantity }: { kind: MovementKind; quantity: number },
  item: { itemName: string; colorName?: string | null; location: string } | null,
  fallback: string,
): string {
  if (item === null) return `${quantity} × ${fallback} ${movementLabels[kind]}`;
  const { itemName, colorName = null, location } = item;
  const name = colorName === null ? itemName : `${colorName} ${itemName}`;
  return `${quantity} × ${name} (${location === "" ? "no bin" : location}) ${movementLabels[kind]}`;
}

/** Reasons of an adjustment; follows "On hand 10 → 8, ". */
const reasonLabels: Record<NonNullable<LedgerRow["reason"]>, string> = {
  counted: "counted",
  found: "found",
  missing: "missing",
  damaged: "damaged",
  returned: "came back",
  other: "another reason",
  undo: "an adjustment undone",
};

/** A ledger entry where its lot is known from the context: "4 reserved", "On hand 10 → 8, damaged". */
export function ledgerText(row: LedgerRow): string {
  const { kind, reason, onHandBefore, onHandAfter, reservedBefore, reservedAfter } = row;
  const reserved = Math.abs(reservedAfter - reservedBefore);
  const onHand = Math.abs(onHandAfter - onHandBefore);
  const change = `On hand ${onHandBefore} → ${onHandAfter}`;
  switch (kind) {
    case "import":
      return `Import: on hand ${onHandBefore} → ${onHandAfter}`;
    case "adjust": {
      const reasonLabel = reason === null ? "adjusted" : reasonLabels[reason];
      return onHand === 0 ? `On hand ${onHandAfter} confirmed, ${reasonLabel}` : `${change}, ${reasonLabel}`;
    }
    case "reserve":
      return `${reserved} reserved`;
    case "release":
      return reason === "returned"
        ? `${reserved} no longer reserved, put back after a cancellation`
        : `${reserved} no longer reserved`;
    case "fulfil":
      return `${onHand} left the shelf`;
    case "return":
      return `${onHand} came back to the shelf, reserved`;
    case "missing":
    case "damaged":
      return `${change}, ${kind} while picking`;
    case "found":
      return `${change}, found after all`;
    case "transfer":
      return `${change}, moved ${onHandAfter > onHandBefore ? "here from" : "to"} another bin for an order`;
  }
}
