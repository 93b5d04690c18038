/** What must hold for a lot, checked against its ledger and against those who hold it. Used by tests and by staff. */
import type { Doc } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import type { Lot } from "./stock";

type LedgerEntry = Doc<"inventoryLedger">;

/** Newest entries read of one lot. What is older was checked when it was new, by earlier audits. */
export const LEDGER_READ_MAX = 400;

/** A lot's newest ledger entries, newest first, and whether these are all. */
export type LedgerTail = { entries: LedgerEntry[]; isWhole: boolean };

export async function readLedgerTail(ctx: QueryCtx, lot: Lot): Promise<LedgerTail> {
  const entries = await ctx.db
    .query("inventoryLedger")
    .withIndex("by_item", (q) => q.eq("inventoryItemId", lot._id))
    .order("desc")
    .take(LEDGER_READ_MAX + 1);
  return { entries: entries.slice(0, LEDGER_READ_MAX), isWhole: entries.length <= LEDGER_READ_MAX };
}

/** Whether each entry begins where the one before it ended, the first at nothing: then their sum is the last one's end. */
function breaksOf({ entries, isWhole }: LedgerTail): string[] {
  const broken = entries.filter((entry, index) => {
    const before = entries[index + 1];
    if (before === undefined) return isWhole && (entry.onHandBefore !== 0 || entry.reservedBefore !== 0);
    return entry.onHandBefore !== before.onHandAfter || entry.reservedBefore !== before.reservedAfter;
  });
  return broken.map(
    (entry) =>
      `The ${entry.kind} of ${new Date(entry.createdAt).toISOString()} does not begin where the entry before it ended.`,
  );
}

/**
 * What is wrong with a lot, in words; empty when all is well. `held`: pieces of it that order lines hold. The invariants are
 * 0 ≤ reserved ≤ on hand; reserved = held; on hand and reserved = the sums of the ledger.
 */
export function violationsOf(
  lot: Pick<Lot, "quantityOnHand" | "quantityReserved">,
  held: number,
  ledger: LedgerTail,
): string[] {
  const { quantityOnHand, quantityReserved } = lot;
  const found: string[] = [];
  if (quantityReserved < 0 || quantityReserved > quantityOnHand) {
    found.push(`${quantityReserved} are reserved of ${quantityOnHand} on hand.`);
  }
  if (quantityReserved !== held) found.push(`${quantityReserved} are reserved; order lines hold ${held}.`);
  const latest = ledger.entries[0];
  const [onHandWritten, reservedWritten] = [latest?.onHandAfter ?? 0, latest?.reservedAfter ?? 0];
  if (onHandWritten !== quantityOnHand) {
    found.push(`${quantityOnHand} are on hand; the ledger comes to ${onHandWritten}.`);
  }
  if (reservedWritten !== quantityReserved) {
    found.push(`${quantityReserved} are reserved; the ledger comes to ${reservedWritten}.`);
  }
  return [...found, ...breaksOf(ledger)];
}
