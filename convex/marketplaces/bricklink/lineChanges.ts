/** What a new snapshot means for the lines an order has: decided on plain values. */
import type { WithoutSystemFields } from "convex/server";
import type { Doc } from "../../_generated/dataModel";
import { nothingHeld, type Holding, type Phase, type Settlement } from "../../inventory/reservation";
import type { LineSnapshot } from "./snapshot";

export type Line = Doc<"bricklinkOrderItems">;
export type LineFields = WithoutSystemFields<Line>;

/** Shown as the bin of a line that fits no lot. */
export const UNKNOWN_LOCATION = "UNKNOWN";

type LineIdentity = Pick<LineSnapshot, "batch" | "lotId" | "place">;

/** Within its order a line is its batch, its lot and its place among equals: nothing else stays the same. */
export function lineKey({ batch, lotId, place }: LineIdentity): string {
  return `${batch}:${lotId}:${place}`;
}

/** A line of the snapshot with the stored line it continues, if any. */
export type PresentLine = { sent: LineSnapshot; stored: Line | undefined };

export type LineChanges = {
  present: PresentLine[];
  vanished: Line[];
};

export function compareLines(stored: readonly Line[], sent: readonly LineSnapshot[]): LineChanges {
  const byKey = new Map(stored.map((line) => [lineKey(line), line]));
  const present = sent.map((line) => {
    const key = lineKey(line);
    const continued = byKey.get(key);
    byKey.delete(key);
    return { sent: line, stored: continued };
  });
  return { present, vanished: [...byKey.values()] };
}

/** Whether a stored line still wants the same goods from the same bin, so that its match stands. */
export function isSameWant(stored: Line, sent: LineSnapshot): boolean {
  return (
    stored.itemType === sent.itemType &&
    stored.partNumber === sent.partNumber &&
    stored.colorId === sent.colorId &&
    stored.condition === sent.condition &&
    stored.completeness === sent.completeness &&
    stored.remarks === sent.location
  );
}

type PickState = Pick<LineFields, "pickStatus" | "pickedQuantity">;

/** Pieces that a packer can lay in the parcel: what is required, less what is short. */
export function pickableQuantity({
  quantity,
  shortQuantity,
  matchedBy,
}: Pick<LineFields, "quantity" | "shortQuantity" | "matchedBy">): number {
  return matchedBy === "unmatched" ? quantity : quantity - shortQuantity;
}

/**
 * A tick survives a re-send. It survives neither another quantity nor more stock than there was when it was made: what
 * lies in the parcel stays known, so that staff see how many to fetch or put back. `pickable`: see pickableQuantity; 0
 * where nothing is to be fetched any more.
 */
export function pickAfter(
  stored: (PickState & Pick<LineFields, "quantity">) | undefined,
  quantity: number,
  pickable: number,
): PickState {
  if (!stored || stored.pickStatus === "unpicked") return { pickStatus: "unpicked", pickedQuantity: 0 };
  const { pickStatus, pickedQuantity } = stored;
  const isRight =
    stored.quantity === quantity
      ? pickStatus === "picked" && pickedQuantity >= pickable
      : pickedQuantity === quantity;
  if (isRight) return { pickStatus: "picked", pickedQuantity };
  return { pickStatus: pickedQuantity === 0 ? "unpicked" : "changed", pickedQuantity };
}

/** By how much a line's new state changes its order's count of picked lines. */
export function pickedDifference(
  before: Pick<PickState, "pickStatus">,
  after: Pick<PickState, "pickStatus">,
): number {
  return Number(after.pickStatus === "picked") - Number(before.pickStatus === "picked");
}

/** What a stored line holds; a new one holds nothing. */
export function holdingOf(line: Line | undefined): Holding {
  if (line === undefined) return nothingHeld;
  const { reservedQuantity: reserved, fulfilledQuantity: fulfilled, shippedWithoutStock } = line;
  return { reserved, fulfilled, shippedWithoutStock };
}

/** The columns that follow from how a line stands with its lot. `firstSeenAt` is the order's place in the queue. */
export function stockColumns(
  phase: Phase,
  { holding, short }: Omit<Settlement, "movements">,
  firstSeenAt: number,
) {
  return {
    reservedQuantity: holding.reserved,
    fulfilledQuantity: holding.fulfilled,
    shortQuantity: short,
    shippedWithoutStock: holding.shippedWithoutStock,
    ...(phase === "open" && { openSince: firstSeenAt }),
    ...(phase === "open" && short > 0 && { waitingSince: firstSeenAt }),
  };
}

/** Sums that a row of the orders table shows. */
export function stockSummary(
  lines: readonly Pick<
    LineFields,
    "reservedQuantity" | "shortQuantity" | "fulfilledQuantity" | "matchedBy" | "pickStatus"
  >[],
) {
  const sum = (quantity: (line: (typeof lines)[number]) => number) =>
    lines.reduce((total, line) => total + quantity(line), 0);
  return {
    reservedQuantity: sum((line) => line.reservedQuantity),
    // An unmatched line is not short of a lot's stock: it has no lot. It is counted as unmatched instead.
    shortQuantity: sum((line) => (line.matchedBy === "unmatched" ? 0 : line.shortQuantity)),
    fulfilledQuantity: sum((line) => line.fulfilledQuantity),
    unmatchedLines: sum((line) => (line.matchedBy === "unmatched" ? 1 : 0)),
    lineCount: lines.length,
    pickedLines: sum((line) => (line.pickStatus === "picked" ? 1 : 0)),
  };
}
