/** An order line in words: its bin, its item and its match. The panel, the pick list and the printed list share them. */
import { isKnownBin } from "./bins";
import type { OrderLine } from "./types";

export const conditionLabels: Record<OrderLine["condition"], string> = {
  new: "New",
  used: "Used",
  unknown: "Condition unknown",
};

const completenessLabels = { complete: "complete", incomplete: "incomplete", sealed: "sealed" };

export function binText(location: string): string {
  return isKnownBin(location) ? location : "No bin";
}

/** "Red · Used · added later (batch 2)". BrickLink's colour 0 means that the item has no colour. */
export function itemDetailsText({
  colorId,
  colorName,
  condition,
  completeness,
  batch,
}: Pick<OrderLine, "colorId" | "colorName" | "condition" | "completeness" | "batch">): string {
  return [
    colorId === 0 ? null : (colorName ?? `Colour ${colorId}`),
    conditionLabels[condition],
    completeness && completenessLabels[completeness],
    batch > 0 && `added later (batch ${batch + 1})`,
  ]
    .filter(Boolean)
    .join(" · ");
}

const fieldLabels: Record<string, string> = { unitPrice: "price" };

/** Which fields of a line could not be read; null when all could. */
export function unreadFieldsText(unreadFields: readonly string[]): string | null {
  if (unreadFields.length === 0) return null;
  const labels = unreadFields.map((field) => fieldLabels[field] ?? field);
  return `BrickLink sent no readable ${labels.join(", ")} for this line. See the order on BrickLink.`;
}

/** How a line was matched to its lot. Null for a match by BrickLink's own lot id, which is the normal case. */
export const matchLabels: Record<OrderLine["matchedBy"], string | null> = {
  sourceLot: null,
  exact: "matched by part, colour, condition and bin",
  onlyFit: "the only lot of these goods",
  unmatched: "no lot of these goods: look for it by hand",
};
