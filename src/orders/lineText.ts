/** An order line in words: its bin, its item and its match. The panel, the pick list and the printed list share them. */
import { isKnownBin } from "./bins";
import type { OrderLine } from "./types";

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
    condition === "new" ? "New" : "Used",
    completeness && completenessLabels[completeness],
    batch > 0 && `added later (batch ${batch + 1})`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** How a line was matched to its lot. Null for a match by BrickLink's own lot id, which is the normal case. */
export const matchLabels: Record<OrderLine["matchedBy"], string | null> = {
  sourceLot: null,
  exact: "matched by part, colour, condition and bin",
  onlyFit: "the only lot of these goods",
  unmatched: "no lot of these goods: look for it by hand",
};
