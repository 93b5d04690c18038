/** What the inventory screen shows, as its address says it, and in words. */
import type { FunctionArgs, FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

export type StockRow = FunctionReturnType<typeof api.marketplaces.bricklink.lots.list>["page"][number];
export type LedgerRow = FunctionReturnType<typeof api.marketplaces.bricklink.lots.ledger>["page"][number];

export type Show = "all" | "short" | "drift";
export type LotSort = FunctionArgs<typeof api.marketplaces.bricklink.lots.list>["sort"];

type Choice<Value> = { value: Value; label: string };

export const shows: Choice<Show>[] = [
  { value: "all", label: "All lots" },
  { value: "short", label: "Waited for" },
  { value: "drift", label: "Drifted" },
];

export const sorts: Choice<LotSort>[] = [
  { value: "location", label: "By bin" },
  { value: "part", label: "By part number" },
  { value: "name", label: "By name" },
];

export type InventorySearch = { show?: Show; sort?: LotSort; q?: string; lot?: string };

/** Reads an address's parameters, leaving out what is absent or wrong. */
export function readInventory(search: Record<string, unknown>): InventorySearch {
  const show = shows.find(({ value }) => value === search.show)?.value;
  const sort = sorts.find(({ value }) => value === search.sort)?.value;
  // The router reads a search of digits, as most part numbers are, as a number.
  const q = typeof search.q === "number" ? String(search.q) : search.q;
  return {
    ...(show !== undefined && { show }),
    ...(sort !== undefined && { sort }),
    ...(typeof q === "string" && q !== "" && { q }),
    ...(typeof search.lot === "string" && { lot: search.lot }),
  };
}

/** "Red, new". */
export function kindOf({ colorId, colorName, condition, completeness }: StockRow): string {
  const color = colorId === 0 ? null : (colorName ?? `Colour ${colorId}`);
  return [color, condition, completeness].filter((word) => word !== null).join(", ");
}

const catalogueLetters: Record<string, string> = {
  PART: "P",
  SET: "S",
  MINIFIG: "M",
  BOOK: "B",
  GEAR: "G",
  CATALOG: "C",
  INSTRUCTION: "I",
  ORIGINAL_BOX: "O",
};

/** The part in BrickLink's catalogue; null for a kind that has no page there. */
export function catalogueUrl({ itemType, partNumber, colorId }: StockRow): string | null {
  const letter = catalogueLetters[itemType];
  if (letter === undefined) return null;
  const color = colorId === 0 ? "" : `&idColor=${colorId}`;
  return `https://www.bricklink.com/v2/catalog/catalogitem.page?${letter}=${encodeURIComponent(partNumber)}${color}`;
}
