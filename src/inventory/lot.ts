import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { uiText } from "../ui/uiText";
import { conditionText } from "./conditionText";

/** A lot as the inventory screen shows it. Quantities are pieces. */
export type Lot = FunctionReturnType<typeof api.inventory.lots.list>["page"][number];

/** Colour, condition and completeness of a lot: "Red, new". */
export function variantText({ colorId, colorName, condition, completeness }: Lot): string {
  // Colour 0 is "(Not Applicable)", that of items which have no colour.
  const color = colorId === 0 ? null : (colorName ?? uiText.noColor(colorId));
  const completenessLabel = completeness === null ? null : conditionText.completeness[completeness];
  return [color, conditionText.conditions[condition], completenessLabel]
    .filter((word) => word !== null)
    .join(", ");
}

/** Parameter of a catalogue URL by item type. */
const catalogueParameters: Record<string, string> = {
  PART: "P",
  SET: "S",
  MINIFIG: "M",
  BOOK: "B",
  GEAR: "G",
  CATALOG: "C",
  INSTRUCTION: "I",
  ORIGINAL_BOX: "O",
};

/** URL of a lot's item in BrickLink's catalogue; null for an item type that has no page there. */
export function catalogueUrl({ itemType, partNumber, colorId }: Lot): string | null {
  const parameter = catalogueParameters[itemType];
  if (parameter === undefined) return null;
  const color = colorId === 0 ? "" : `&idColor=${colorId}`;
  return `https://www.bricklink.com/v2/catalog/catalogitem.page?${parameter}=${encodeURIComponent(partNumber)}${color}`;
}
