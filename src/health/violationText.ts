/** All text about the audit of the stock, and about violations, the contradictions that it finds. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";
import { formatDateTime } from "../ui/time";

export const auditText = words({
  en: {
    title: "Stock audit",
    explanation:
      "Every night each lot is checked against its ledger and against the orders that hold it. What disagrees is listed here and never repaired by itself: it comes from an error in this program, so report it, and count the lot's bin before you rely on its numbers.",
    notYet: "The stock has not been checked yet.",
    checking: (lots: number) => `Checking: ${formatCount(lots, "lot")} so far.`,
    agrees: (lots: number) => `${formatCount(lots, "lot")} checked, nothing disagrees.`,
    disagrees: (lots: number, violations: number) =>
      `${formatCount(lots, "lot")} checked, ${formatCount(violations, "disagreement")} found.`,
    checked: (ago: string) => `Checked ${ago}`,
    violations: "Disagreements",
    lot: (itemName: string, location: string) => `${itemName} (${location === "" ? "no bin" : location})`,
    start: "Check now",
  },
  de: {
    title: "Bestandsprüfung",
    explanation:
      "Jede Nacht wird jedes Lot mit seinen Bewegungen und mit den Bestellungen verglichen, für die es reserviert ist. Was nicht stimmt, steht hier und wird nie von selbst behoben: Es kommt von einem Fehler in diesem Programm. Melden Sie es, und zählen Sie das Fach des Lots, bevor Sie sich auf seine Zahlen verlassen.",
    notYet: "Der Bestand ist noch nicht geprüft worden.",
    checking: (lots) => `Prüfung läuft: bisher ${formatCount(lots, "Lot", "Lots")}.`,
    agrees: (lots) => `${formatCount(lots, "Lot", "Lots")} geprüft, alles stimmt.`,
    disagrees: (lots, violations) =>
      `${formatCount(lots, "Lot", "Lots")} geprüft, ${formatCount(violations, "Widerspruch", "Widersprüche")} gefunden.`,
    checked: (ago) => `Geprüft ${ago}`,
    violations: "Widersprüche",
    lot: (itemName, location) => `${itemName} (${location === "" ? "kein Fach" : location})`,
    start: "Jetzt prüfen",
  },
});

const violationWords = words({
  en: {
    outOfRange: (reserved: number, onHand: number) => `Reserved: ${reserved}, on hand: ${onHand}.`,
    heldDiffers: (actual: number, expected: number) =>
      `Reserved: ${actual}, held by order lines: ${expected}.`,
    onHandDiffers: (actual: number, expected: number) => `On hand: ${actual}, by the ledger: ${expected}.`,
    reservedDiffers: (actual: number, expected: number) => `Reserved: ${actual}, by the ledger: ${expected}.`,
    gap: (at: string) => `The ledger entry of ${at} does not start where the entry before it ended.`,
  },
  de: {
    outOfRange: (reserved, onHand) => `Reserviert: ${reserved}, auf Lager: ${onHand}.`,
    heldDiffers: (actual, expected) => `Reserviert: ${actual}, für Positionen von Bestellungen: ${expected}.`,
    onHandDiffers: (actual, expected) => `Auf Lager: ${actual}, laut den Bewegungen: ${expected}.`,
    reservedDiffers: (actual, expected) => `Reserviert: ${actual}, laut den Bewegungen: ${expected}.`,
    gap: (at) => `Die Bewegung vom ${at} beginnt nicht dort, wo die vorige geendet hat.`,
  },
});

type Audit = NonNullable<FunctionReturnType<typeof api.orders.allocation.audit.latest>>;
type Violation = Audit["violations"][number]["violation"];

/** Quantities are pieces of one lot. */
export function violationText(violation: Violation): string {
  switch (violation.rule) {
    case "outOfRange":
      return violationWords.outOfRange(violation.reserved, violation.onHand);
    case "heldDiffers":
    case "onHandDiffers":
    case "reservedDiffers":
      return violationWords[violation.rule](violation.actual, violation.expected);
    case "gap":
      return violationWords.gap(formatDateTime(violation.at));
  }
}
