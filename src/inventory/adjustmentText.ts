/** All text about adjusting what is on hand: the form, the reasons to choose from, and the effect on stock. */
import type { FunctionArgs } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { words } from "../language/language";
import type { Lot } from "./lot";

export type AdjustmentReason = FunctionArgs<typeof api.orders.allocation.adjustments.adjust>["reason"];

export const adjustmentText = words({
  en: {
    title: "Count the bin",
    titleWithoutBin: "Count the lot",
    onHand: "On hand",
    reason: "Reason",
    reasons: {
      counted: "Counted",
      found: "Found",
      missing: "Missing",
      damaged: "Damaged",
      returned: "A parcel came back",
      other: "Another reason",
    },
    note: "Note",
    changeThere: "Change it on BrickLink too: the next import brings back what is listed there.",
    count: "Save count",
    noNumber: "Enter how many pieces there are: a whole number, 0 or more.",
    lessThanReserved: (reserved: number) =>
      `${reserved === 1 ? "1 piece is" : `${reserved} pieces are`} reserved for orders, so on hand cannot be less. Report what is missing on the order's line.`,
    sameNumber: "Same number: only the count is recorded.",
    /** Quantities before and after. */
    effect: (onHand: readonly [number, number], available: readonly [number, number]) =>
      `On hand ${onHand.join(" → ")}, available ${available.join(" → ")}.`,
    toOrders: (allocated: number) =>
      `${allocated} of them ${allocated === 1 ? "goes" : "go"} to orders that need them.`,
  },
  de: {
    title: "Fach zählen",
    titleWithoutBin: "Lot zählen",
    onHand: "Auf Lager",
    reason: "Grund",
    reasons: {
      counted: "Gezählt",
      found: "Gefunden",
      missing: "Fehlt",
      damaged: "Beschädigt",
      returned: "Zurückgekommen",
      other: "Sonstiges",
    },
    note: "Notiz",
    changeThere: "Ändern Sie es auch bei BrickLink: Der nächste Import holt zurück, was dort steht.",
    count: "Zählung speichern",
    noNumber: "Geben Sie ein, wie viele Stück es sind: eine ganze Zahl, mindestens 0.",
    lessThanReserved: (reserved) =>
      `${reserved} Stück ${reserved === 1 ? "ist" : "sind"} für Bestellungen reserviert, weniger kann also nicht auf Lager sein. Melden Sie Fehlendes an der Position der Bestellung.`,
    sameNumber: "Unverändert: nur die Zählung wird vermerkt.",
    effect: (onHand, available) => `Auf Lager ${onHand.join(" → ")}, verfügbar ${available.join(" → ")}.`,
    toOrders: (allocated) =>
      `Davon ${allocated === 1 ? "geht" : "gehen"} ${allocated} an Bestellungen, die sie brauchen.`,
  },
});

const reasons: readonly AdjustmentReason[] = ["counted", "found", "missing", "damaged", "returned", "other"];

export const adjustmentReasons: { value: AdjustmentReason; label: string }[] = reasons.map((value) => ({
  value,
  label: adjustmentText.reasons[value],
}));

/** What is counted: the bin, or the lot where no bin of it is known. */
export function adjustmentTitle({ location }: Pick<Lot, "location">): string {
  return location === "" ? adjustmentText.titleWithoutBin : adjustmentText.title;
}

/** Why a count is not possible, and what to do; null when it is. `onHand`: pieces, null while none is entered. */
export function adjustmentErrorText(
  { reserved }: Pick<Lot, "reserved">,
  onHand: number | null,
): string | null {
  if (onHand === null) return adjustmentText.noNumber;
  return onHand >= reserved ? null : adjustmentText.lessThanReserved(reserved);
}

/** What a count of `onHand` pieces will change, and what to do on BrickLink then. */
export function adjustmentEffectText(lot: Lot, onHand: number): string {
  if (onHand === lot.onHand) return adjustmentText.sameNumber;
  const available = onHand - lot.reserved;
  const allocated = Math.min(available, lot.backordered);
  const effect = adjustmentText.effect([lot.onHand, onHand], [lot.available, available]);
  const toOrders = allocated > 0 ? [adjustmentText.toOrders(allocated)] : [];
  return [effect, ...toOrders, adjustmentText.changeThere].join(" ");
}
