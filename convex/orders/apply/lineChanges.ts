/** What a new snapshot means for the lines that an order has, decided on plain values. */
import type { WithoutSystemFields } from "convex/server";
import type { Doc } from "../../_generated/dataModel";
import { nothingHeld, type Allocation, type Holding, type Phase } from "../../inventory/reservation";
import { omitUndefined } from "../../lib/collections";
import { pickableQuantity, pickCountsOf } from "../picking/pickQuantities";
import type { LineSnapshot } from "../snapshot";

export type Line = Doc<"bricklinkOrderItems">;
export type LineFields = WithoutSystemFields<Line>;

/** The location of a line that matches no lot. */
export const UNKNOWN_LOCATION = "UNKNOWN";

type LineIdentity = Pick<LineSnapshot, "batch" | "lotId" | "place">;

/** Identifies a line within its order by batch, lot and position among equals: everything else may change. */
export function lineKey({ batch, lotId, place }: LineIdentity): string {
  return `${batch}:${lotId}:${place}`;
}

/** A line of the snapshot with the stored line it continues, if any. */
export type PresentLine = { sent: LineSnapshot; stored: Line | undefined };

export type LineChanges = {
  present: PresentLine[];
  removed: Line[];
};

/** Pairs the snapshot's lines with the stored ones; `removed` are stored lines that the snapshot no longer has. */
export function compareLines(stored: readonly Line[], sent: readonly LineSnapshot[]): LineChanges {
  const byKey = new Map(stored.map((line) => [lineKey(line), line]));
  const present = sent.map((line) => {
    const key = lineKey(line);
    const continued = byKey.get(key);
    byKey.delete(key);
    return { sent: line, stored: continued };
  });
  return { present, removed: [...byKey.values()] };
}

/** Whether a snapshot requires other quantities of the order's lots than the stored lines did. */
export function isDemandChanged({ present, removed }: LineChanges, phase: Phase): boolean {
  const isChanged = ({ sent, stored }: PresentLine) =>
    sent.quantity !== stored?.quantity || (stored.openSince !== undefined) !== (phase === "open");
  return removed.length > 0 || present.some(isChanged);
}

/** Whether a stored line still asks for the same goods from the same bin, so that its match remains valid. */
export function asksForSameGoods(stored: Line, sent: LineSnapshot): boolean {
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

/**
 * The pick state of a line after a snapshot or after more stock became available. Picked stays picked only while the
 * quantity is unchanged and there is nothing more to fetch; otherwise the line becomes "changed", and its picked quantity
 * says how many pieces to fetch or to put back. `pickable`: pieces that can be picked now; 0 when the order is closed.
 */
export function nextPickState(
  stored: (PickState & Pick<LineFields, "quantity">) | undefined,
  quantity: number,
  pickable: number,
): PickState {
  if (!stored || stored.pickStatus === "unpicked") return { pickStatus: "unpicked", pickedQuantity: 0 };
  const { pickStatus, pickedQuantity } = stored;
  const isComplete =
    stored.quantity === quantity
      ? pickStatus === "picked" && pickedQuantity >= pickable
      : pickedQuantity === quantity;
  if (isComplete) return { pickStatus: "picked", pickedQuantity };
  return { pickStatus: pickedQuantity === 0 ? "unpicked" : "changed", pickedQuantity };
}

/** What a stored line holds; a new one holds nothing. */
export function holdingOf(line: Line | undefined): Holding {
  if (line === undefined) return nothingHeld;
  const { reservedQuantity: reserved, fulfilledQuantity: fulfilled, shippedWithoutStock } = line;
  return { reserved, fulfilled, shippedWithoutStock };
}

/** The columns of a line that follow from its allocation. `firstSeenAt`: the order's, which is its place in the queue. */
export function allocationColumns(
  phase: Phase,
  { holding, short }: Omit<Allocation, "movements">,
  firstSeenAt: number,
) {
  return {
    reservedQuantity: holding.reserved,
    fulfilledQuantity: holding.fulfilled,
    shortQuantity: short,
    shippedWithoutStock: holding.shippedWithoutStock,
    ...(phase === "open" && { openSince: firstSeenAt }),
    ...(phase === "open" && short > 0 && { backorderedSince: firstSeenAt }),
  };
}

/** The pick state after an allocation (see `nextPickState`), and who picked, as long as anything is in the parcel. */
export function pickColumns(
  stored: Line | undefined,
  line: Pick<LineFields, "quantity" | "shortQuantity" | "matchedBy">,
  phase: Phase,
): PickState & Pick<LineFields, "pickedBy" | "pickedAt"> {
  const state = nextPickState(stored, line.quantity, phase === "open" ? pickableQuantity(line) : 0);
  if (state.pickStatus === "unpicked") return state;
  return { ...state, ...omitUndefined({ pickedBy: stored?.pickedBy, pickedAt: stored?.pickedAt }) };
}

/** Sums that a row of the orders table shows. */
export function stockSummary(
  lines: readonly Pick<
    LineFields,
    | "quantity"
    | "reservedQuantity"
    | "shortQuantity"
    | "fulfilledQuantity"
    | "matchedBy"
    | "pickStatus"
    | "pickedQuantity"
  >[],
) {
  const sum = (quantity: (line: (typeof lines)[number]) => number) =>
    lines.reduce((total, line) => total + quantity(line), 0);
  return {
    reservedQuantity: sum((line) => line.reservedQuantity),
    // A line without a lot is counted as unmatched instead of as short.
    shortQuantity: sum((line) => (line.matchedBy === "unmatched" ? 0 : line.shortQuantity)),
    fulfilledQuantity: sum((line) => line.fulfilledQuantity),
    unmatchedLines: sum((line) => (line.matchedBy === "unmatched" ? 1 : 0)),
    lineCount: lines.length,
    ...pickCountsOf(lines),
  };
}
