/** A person sets what is on hand, gives a reason, and can undo it. The ledger has an entry for each. */
import { ConvexError } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { closeRecount } from "./recounts";
import type { AdjustmentReason } from "./schema";
import { openStock, type Adjustment, type Lot } from "./stock";

/** Far above any real bin: a larger number is a typing error. */
const ON_HAND_MAX = 1_000_000;
const NOTE_LENGTH_MAX = 200;

/** An adjustment with more later entries than this cannot be undone: they are all read to see whether one undid it. */
const LATER_ENTRIES_MAX = 200;

type LedgerEntry = Doc<"inventoryLedger">;

/** Why on hand may not become `onHand`; null when it may. */
function adjustmentError(
  lot: Pick<Lot, "quantityOnHand" | "quantityReserved">,
  onHand: number,
): { code: string; message: string } | null {
  if (!Number.isSafeInteger(onHand) || onHand < 0 || onHand > ON_HAND_MAX) {
    return { code: "quantityInvalid", message: "Enter a whole number of pieces, 0 or more." };
  }
  if (onHand < lot.quantityReserved) {
    return {
      code: "belowReserved",
      message: `${lot.quantityReserved} are reserved for orders, so on hand cannot become ${onHand}. Report the missing pieces in the order that waits for them.`,
    };
  }
  return null;
}

async function applyAdjustment(
  ctx: MutationCtx,
  lot: Lot,
  onHand: number,
  adjustment: Adjustment,
): Promise<Id<"inventoryItems">[]> {
  const refused = adjustmentError(lot, onHand);
  if (refused !== null) throw new ConvexError(refused);
  const { businessAccountId, _id, quantityOnHand } = lot;
  const stock = openStock(ctx, { businessAccountId, at: Date.now(), adjustment });
  await stock.move(_id, { kind: "adjust", onHandDelta: onHand - quantityOnHand, reservedDelta: 0 });
  return await stock.commit();
}

export type OnHandChange = {
  onHand: number;
  /** The number that the person saw; a different one means that on hand changed meanwhile. */
  seenOnHand: number;
  reason: AdjustmentReason;
  note: string;
  personReference: string;
};

/**
 * Sets what is on hand; the same number again records that it was counted. Returns the lots that have more available now.
 * Throws ConvexError `changedMeanwhile`, `noteTooLong`, `quantityInvalid` or `belowReserved`.
 */
export async function adjustOnHand(
  ctx: MutationCtx,
  lot: Lot,
  { onHand, seenOnHand, reason, note, personReference }: OnHandChange,
): Promise<Id<"inventoryItems">[]> {
  if (lot.quantityOnHand !== seenOnHand) {
    throw new ConvexError({
      code: "changedMeanwhile",
      message: `On hand changed from ${seenOnHand} to ${lot.quantityOnHand} meanwhile. Look again, then enter what is there.`,
    });
  }
  const trimmed = note.trim();
  if (trimmed.length > NOTE_LENGTH_MAX) {
    throw new ConvexError({
      code: "noteTooLong",
      message: `Keep the note under ${NOTE_LENGTH_MAX} characters.`,
    });
  }
  const freed = await applyAdjustment(ctx, lot, onHand, {
    personReference,
    reason,
    ...(trimmed !== "" && { note: trimmed }),
  });
  if (reason === "counted") await closeRecount(ctx, lot._id);
  return freed;
}

async function laterEntries(ctx: QueryCtx, entry: LedgerEntry): Promise<LedgerEntry[]> {
  return await ctx.db
    .query("inventoryLedger")
    .withIndex("by_item", (q) =>
      q.eq("inventoryItemId", entry.inventoryItemId).gt("_creationTime", entry._creationTime),
    )
    .take(LATER_ENTRIES_MAX + 1);
}

/**
 * Undoes an adjustment by the opposite entry. Returns the lots that have more available now. Throws ConvexError
 * `notUndoable`, `quantityInvalid` or `belowReserved`.
 */
export async function undoAdjustment(
  ctx: MutationCtx,
  lot: Lot,
  entry: LedgerEntry,
  personReference: string,
): Promise<Id<"inventoryItems">[]> {
  const later = await laterEntries(ctx, entry);
  const isUndone = later.some(({ undoes }) => undoes === entry._id);
  if (entry.kind !== "adjust" || entry.reason === "undo" || isUndone || later.length > LATER_ENTRIES_MAX) {
    const message = isUndone
      ? "This adjustment was undone already."
      : "This entry can no longer be undone. Set what is on hand instead.";
    throw new ConvexError({ code: "notUndoable", message });
  }
  const onHand = lot.quantityOnHand - (entry.onHandAfter - entry.onHandBefore);
  return await applyAdjustment(ctx, lot, onHand, { personReference, reason: "undo", undoes: entry._id });
}
