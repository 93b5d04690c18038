/** How many pieces of a line a packer takes from the bin or returns to it. Shared with the dashboard, so it imports types only. */
import type { MatchKind } from "../../inventory/matching";

type Wanted = { quantity: number; shortQuantity: number; matchedBy: MatchKind };
/** The part of a line that says what is to be picked of it. */
export type PickQuantities = Wanted & {
  pickStatus: "unpicked" | "picked" | "changed";
  pickedQuantity: number;
};

/**
 * Pieces of a line that a packer can put into the parcel now: what the order asks for less what is short. Of an unmatched
 * line, whose stock is unknown, all of them.
 */
export function pickableQuantity({ quantity, shortQuantity, matchedBy }: Wanted): number {
  return matchedBy === "unmatched" ? quantity : quantity - shortQuantity;
}

/**
 * Pieces to take from the bin. For a line that changed after it was picked, the pieces already in the parcel are
 * subtracted. For a picked line nothing is, so that the list keeps showing how many were taken.
 */
export function quantityToTake(line: PickQuantities): number {
  const inParcel = line.pickStatus === "changed" ? line.pickedQuantity : 0;
  return Math.max(0, pickableQuantity(line) - inParcel);
}

/** Pieces in the parcel that the buyer no longer wants and that return to the shelf. */
export function quantityToReturn({ pickStatus, pickedQuantity, quantity }: PickQuantities): number {
  return pickStatus === "changed" ? Math.max(0, pickedQuantity - quantity) : 0;
}

/**
 * The pick state of a line after a tick. `inTote`: pieces that the picker has in the tote, as far as they knew; undefined for all that
 * can be picked. No more are stored than can be picked now, and a line with pieces left to take is "changed", not picked.
 */
export function pickStateAfterTick(
  line: PickQuantities,
  inTote = Infinity,
): Pick<PickQuantities, "pickStatus" | "pickedQuantity"> {
  // The tick is older than the one that picked all of it.
  if (line.pickStatus === "picked") return { pickStatus: "picked", pickedQuantity: line.pickedQuantity };
  const pickable = pickableQuantity(line);
  const pickedQuantity = Math.min(inTote, pickable);
  if (pickedQuantity === pickable) return { pickStatus: "picked", pickedQuantity };
  return { pickStatus: pickedQuantity === 0 ? "unpicked" : "changed", pickedQuantity };
}

/** Whether a packer still has to take or put back anything of the line. One of which there is nothing offers no tick. */
export function isToDo(line: PickQuantities): boolean {
  return line.pickStatus !== "picked" && quantityToTake(line) + quantityToReturn(line) > 0;
}

/** How many lines are picked, and how many a packer still has something to do for. A line without stock is neither. */
export type PickCounts = { pickedLines: number; toDoLines: number };

/** The counts of some lines. */
export function pickCountsOf(lines: readonly PickQuantities[]): PickCounts {
  return {
    pickedLines: lines.filter(({ pickStatus }) => pickStatus === "picked").length,
    toDoLines: lines.filter(isToDo).length,
  };
}

type StoredCounts = { pickedLines: number; toDoLines?: number };

/** An order's counts once one of its lines changed. A count that the order lacks it still lacks afterwards. */
export function changedPickCounts(
  { pickedLines, toDoLines }: StoredCounts,
  before: PickQuantities,
  after: PickQuantities,
): StoredCounts {
  const [left, joined] = [pickCountsOf([before]), pickCountsOf([after])];
  return {
    pickedLines: pickedLines - left.pickedLines + joined.pickedLines,
    ...(toDoLines !== undefined && { toDoLines: toDoLines - left.toDoLines + joined.toDoLines }),
  };
}
