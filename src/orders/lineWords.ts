/** A line's bin and kind in words, the same on the drawer, the pick list and paper. */
import type { OrderLine } from "./types";
import { UNKNOWN_LOCATION } from "./walk";

const completenessWords = { complete: "complete", incomplete: "incomplete", sealed: "sealed" };

export function isBin(location: string): boolean {
  return location !== UNKNOWN_LOCATION && location !== "";
}

export function binName(location: string): string {
  return isBin(location) ? location : "No bin";
}

/** "Red · Used · added later (batch 2)". An item without a colour has colour 0. */
export function kindWords({
  colorId,
  colorName,
  condition,
  completeness,
  batch,
}: Pick<OrderLine, "colorId" | "colorName" | "condition" | "completeness" | "batch">): string {
  return [
    colorId === 0 ? null : (colorName ?? `Colour ${colorId}`),
    condition === "new" ? "New" : "Used",
    completeness && completenessWords[completeness],
    batch > 0 && `added later (batch ${batch + 1})`,
  ]
    .filter(Boolean)
    .join(" · ");
}
