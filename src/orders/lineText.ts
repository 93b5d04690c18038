/** An order line in words: its bin, its item and its match. The panel, the pick list and the printed list share them. */
import { words } from "../language/language";
import { uiText } from "../ui/uiText";
import { isKnownBin } from "./bins";
import type { OrderLine } from "./types";

const lineWords = words({
  en: {
    conditions: { new: "New", used: "Used", unknown: "Condition unknown" },
    completeness: { complete: "complete", incomplete: "incomplete", sealed: "sealed" },
    noBin: "No bin",
    addedLater: (batch: number) => `added later (batch ${batch})`,
    fields: { unitPrice: "price" },
    unread: (fields: string) =>
      `BrickLink sent no readable ${fields} for this line. See the order on BrickLink.`,
    matches: {
      exact: "matched by part, colour, condition and bin",
      onlyFit: "the only lot of these goods",
      unmatched: "not in your inventory: look for it yourself",
    },
  },
  de: {
    conditions: { new: "Neu", used: "Gebraucht", unknown: "Zustand unbekannt" },
    completeness: { complete: "vollständig", incomplete: "unvollständig", sealed: "versiegelt" },
    noBin: "Kein Fach",
    addedLater: (batch) => `später ergänzt (Nachbestellung ${batch})`,
    fields: { unitPrice: "Preis" },
    unread: (fields) =>
      `BrickLink hat für diese Position nichts Lesbares geschickt bei: ${fields}. Sehen Sie sich die Bestellung bei BrickLink an.`,
    matches: {
      exact: "zugeordnet nach Teil, Farbe, Zustand und Fach",
      onlyFit: "das einzige Lot mit dieser Ware",
      unmatched: "nicht in Ihrem Lager: selbst suchen",
    },
  },
});

export const conditionLabels: Record<OrderLine["condition"], string> = lineWords.conditions;

export function binText(location: string): string {
  return isKnownBin(location) ? location : lineWords.noBin;
}

/** "Red · Used · added later (batch 2)", where no line ends with a dot. BrickLink's colour 0 means that the item has no colour. */
export function itemDetailsText({
  colorId,
  colorName,
  condition,
  completeness,
  batch,
}: Pick<OrderLine, "colorId" | "colorName" | "condition" | "completeness" | "batch">): string {
  return [
    colorId === 0 ? null : (colorName ?? uiText.noColor(colorId)),
    conditionLabels[condition],
    completeness && lineWords.completeness[completeness],
    batch > 0 && lineWords.addedLater(batch + 1),
  ]
    .filter(Boolean)
    .join(" ·\u00a0");
}

const fieldLabels: Record<string, string> = lineWords.fields;

/** Which fields of a line could not be read; null when all could. */
export function unreadFieldsText(unreadFields: readonly string[]): string | null {
  if (unreadFields.length === 0) return null;
  const labels = unreadFields.map((field) => fieldLabels[field] ?? field);
  return lineWords.unread(labels.join(", "));
}

/** How a line was matched to its lot. Null for a match by BrickLink's own lot id, which is the normal case. */
export const matchLabels: Record<OrderLine["matchedBy"], string | null> = {
  sourceLot: null,
  ...lineWords.matches,
};
