/** All text about ledger entries and the stock movements they record. Quantities are pieces. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { words } from "../language/language";

/** An entry of a lot's ledger. */
export type LedgerRow = FunctionReturnType<typeof api.inventory.ledger.list>["page"][number];
type MovementKind = LedgerRow["kind"];
type Reason = NonNullable<LedgerRow["reason"]>;

type MovementWords = {
  /** What happened to the pieces; follows "3 × Plate 2 x 4 (A01-02)". */
  kinds: Record<MovementKind, string>;
  noBin: string;
  /** Reasons of an adjustment; follows "On hand 10 → 8, ". */
  reasons: Record<Reason, string>;
  adjusted: string;
};

const movementWords = words<MovementWords>({
  en: {
    kinds: {
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
    },
    noBin: "no bin",
    reasons: {
      counted: "counted",
      found: "found",
      missing: "missing",
      damaged: "damaged",
      returned: "came back",
      other: "another reason",
      undo: "an adjustment undone",
    },
    adjusted: "adjusted",
  },
  de: {
    kinds: {
      import: "importiert",
      adjust: "angepasst",
      reserve: "reserviert",
      release: "freigegeben",
      fulfil: "aus dem Regal entnommen",
      return: "wieder im Regal",
      missing: "nicht im Fach gefunden",
      damaged: "beschädigt, herausgenommen",
      found: "doch gefunden",
      transfer: "zwischen zwei Fächern umgelagert",
    },
    noBin: "kein Fach",
    reasons: {
      counted: "gezählt",
      found: "gefunden",
      missing: "fehlt",
      damaged: "beschädigt",
      returned: "zurückgekommen",
      other: "sonstiger Grund",
      undo: "eine Anpassung rückgängig gemacht",
    },
    adjusted: "angepasst",
  },
});

export const ledgerWords = words({
  en: {
    title: "Ledger",
    order: (orderNumber: number) => `order ${orderNumber}`,
    undo: "Undo",
    undoLabel: (entry: string) => `Undo: ${entry}`,
    earlier: "Show earlier ones",
    /** Follows the time of an entry. */
    then: (onHand: number, reserved: number) => `, then ${onHand} on hand, ${reserved} reserved`,
    byThen: (person: string, onHand: number, reserved: number) =>
      ` by ${person}, then ${onHand} on hand, ${reserved} reserved`,
    /** `change`: "10 → 8". `why`: a reason. */
    imported: (change: string) => `Import: on hand ${change}`,
    changed: (change: string, why: string) => `On hand ${change}, ${why}`,
    confirmed: (onHand: number, why: string) => `On hand ${onHand} confirmed, ${why}`,
    reserved: (quantity: number) => `${quantity} reserved`,
    released: (quantity: number) => `${quantity} no longer reserved`,
    putBack: (quantity: number) => `${quantity} no longer reserved, put back after a cancellation`,
    fulfilled: (quantity: number) => `${quantity} left the shelf`,
    returned: (quantity: number) => `${quantity} came back to the shelf, reserved`,
    missing: "missing while picking",
    damaged: "damaged while picking",
    found: "found after all",
    movedHere: "moved here from another bin for an order",
    movedAway: "moved to another bin for an order",
  },
  de: {
    title: "Bewegungen",
    order: (orderNumber) => `Bestellung ${orderNumber}`,
    undo: "Rückgängig",
    undoLabel: (entry) => `Rückgängig: ${entry}`,
    earlier: "Frühere anzeigen",
    then: (onHand, reserved) => `, danach ${onHand} auf Lager, ${reserved} reserviert`,
    byThen: (person, onHand, reserved) =>
      ` von ${person}, danach ${onHand} auf Lager, ${reserved} reserviert`,
    imported: (change) => `Import: auf Lager ${change}`,
    changed: (change, why) => `Auf Lager ${change}, ${why}`,
    confirmed: (onHand, why) => `Auf Lager ${onHand} bestätigt, ${why}`,
    reserved: (quantity) => `${quantity} reserviert`,
    released: (quantity) => `${quantity} nicht mehr reserviert`,
    putBack: (quantity) => `${quantity} nicht mehr reserviert, nach einer Stornierung zurückgelegt`,
    fulfilled: (quantity) => `${quantity} aus dem Regal entnommen`,
    returned: (quantity) => `${quantity} wieder im Regal, reserviert`,
    missing: "beim Picken nicht gefunden",
    damaged: "beim Picken beschädigt",
    found: "doch gefunden",
    movedHere: "für eine Bestellung aus einem anderen Fach hierher umgelagert",
    movedAway: "für eine Bestellung in ein anderes Fach umgelagert",
  },
});

/**
 * "3 × Red Plate 2 x 4 (A01-02) reserved". When the line or lot no longer exists, `item` is null and `fallback`
 * names it.
 */
export function movementText(
  { kind, quantity }: { kind: MovementKind; quantity: number },
  item: { itemName: string; colorName?: string | null; location: string } | null,
  fallback: string,
): string {
  const happened = movementWords.kinds[kind];
  if (item === null) return `${quantity} × ${fallback} ${happened}`;
  const { itemName, colorName = null, location } = item;
  const name = colorName === null ? itemName : `${colorName} ${itemName}`;
  return `${quantity} × ${name} (${location === "" ? movementWords.noBin : location}) ${happened}`;
}

/** A ledger entry where its lot is known from the context: "4 reserved", "On hand 10 → 8, damaged". */
export function ledgerText(row: LedgerRow): string {
  const { kind, reason, onHandBefore, onHandAfter, reservedBefore, reservedAfter } = row;
  const reserved = Math.abs(reservedAfter - reservedBefore);
  const onHand = Math.abs(onHandAfter - onHandBefore);
  const change = `${onHandBefore} → ${onHandAfter}`;
  switch (kind) {
    case "import":
      return ledgerWords.imported(change);
    case "adjust": {
      const why = reason === null ? movementWords.adjusted : movementWords.reasons[reason];
      return onHand === 0 ? ledgerWords.confirmed(onHandAfter, why) : ledgerWords.changed(change, why);
    }
    case "reserve":
      return ledgerWords.reserved(reserved);
    case "release":
      return reason === "returned" ? ledgerWords.putBack(reserved) : ledgerWords.released(reserved);
    case "fulfil":
      return ledgerWords.fulfilled(onHand);
    case "return":
      return ledgerWords.returned(onHand);
    case "missing":
    case "damaged":
    case "found":
      return ledgerWords.changed(change, ledgerWords[kind]);
    case "transfer":
      return ledgerWords.changed(
        change,
        onHandAfter > onHandBefore ? ledgerWords.movedHere : ledgerWords.movedAway,
      );
  }
}
