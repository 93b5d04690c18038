/** What a packing slip says of an order: its lines in an order that suits, and what of them is in the parcel. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { pickableQuantity } from "../../convex/orders/picking/pickQuantities";
import { sortInWalkingOrder } from "../orders/bins";
import { isOpenTab } from "../orders/tabs";

export type Parcel = FunctionReturnType<typeof api.orders.parcels.get>["orders"][number];
export type ParcelLine = Parcel["lines"][number];

/** What a slip says of the store. `countryCode`: by ISO 3166-1. */
export type SlipStore = { name: string; thanks: string; countryCode: string | null };

export const slipSorts = ["name", "bin"] as const;
export type SlipSort = (typeof slipSorts)[number];

const naturalOrder = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** By name, so that a buyer finds a part, or by bin, as the packer put them into the parcel. */
export function sortLines(lines: readonly ParcelLine[], sort: SlipSort): ParcelLine[] {
  if (sort === "bin") return sortInWalkingOrder(lines);
  return [...lines].sort(
    (a, b) =>
      naturalOrder.compare(a.itemName, b.itemName) ||
      naturalOrder.compare(a.colorName ?? "", b.colorName ?? "") ||
      naturalOrder.compare(a.partNumber, b.partNumber),
  );
}

/**
 * Pieces of a line that are in the parcel: what the packer ticked; before that, what there is in stock. Of an order that was sent
 * without ticking, all of them, because nobody said otherwise.
 */
export function piecesInParcel(line: ParcelLine, tab: Parcel["tab"]): number {
  const { quantity, pickStatus, pickedQuantity } = line;
  if (pickStatus === "picked") return Math.min(quantity, pickedQuantity);
  return isOpenTab(tab) ? pickableQuantity(line) : quantity;
}

export type SlipTotals = {
  lots: number;
  /** Pieces ordered. */
  pieces: number;
  missing: number;
};

export function slipTotals({ lines, tab }: Pick<Parcel, "lines" | "tab">): SlipTotals {
  const sum = (quantity: (line: ParcelLine) => number) =>
    lines.reduce((total, line) => total + quantity(line), 0);
  const pieces = sum((line) => line.quantity);
  return { lots: lines.length, pieces, missing: pieces - sum((line) => piecesInParcel(line, tab)) };
}
