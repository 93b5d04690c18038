/** What must hold for a lot, checked against its ledger and the order lines that hold it. Used by tests and by staff. */
import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import type { Lot } from "./stock";

type LedgerEntry = Doc<"inventoryLedger">;

/** Newest entries read per lot. Older ones were checked when they were new, by earlier audits. */
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

/**
 * One broken rule. outOfRange: not 0 ≤ reserved ≤ on hand. heldDiffers: order lines hold `expected` pieces, not `actual`.
 * onHandDiffers, reservedDiffers: the ledger sums to `expected`, the lot says `actual`. gap: the entry written at `at` does
 * not start where the entry before it ended.
 */
export const violationValidator = v.union(
  v.object({ rule: v.literal("outOfRange"), reserved: v.number(), onHand: v.number() }),
  v.object({ rule: v.literal("heldDiffers"), actual: v.number(), expected: v.number() }),
  v.object({ rule: v.literal("onHandDiffers"), actual: v.number(), expected: v.number() }),
  v.object({ rule: v.literal("reservedDiffers"), actual: v.number(), expected: v.number() }),
  v.object({ rule: v.literal("gap"), at: v.number() }),
);
export type Violation = Infer<typeof violationValidator>;

/** Entries that do not start where the one before them ended. The first entry of a lot starts at zero. */
function gapsOf({ entries, isWhole }: LedgerTail): Violation[] {
  const broken = entries.filter((entry, index) => {
    const before = entries[index + 1];
    if (before === undefined) return isWhole && (entry.onHandBefore !== 0 || entry.reservedBefore !== 0);
    return entry.onHandBefore !== before.onHandAfter || entry.reservedBefore !== before.reservedAfter;
  });
  return broken.map(({ createdAt }) => ({ rule: "gap" as const, at: createdAt }));
}

/**
 * The rules that a lot breaks; empty when it breaks none. `held`: pieces that order lines hold of it. The rules are
 * 0 ≤ reserved ≤ on hand; reserved = held; on hand and reserved = the sums of the ledger.
 */
export function violationsOf(
  lot: Pick<Lot, "quantityOnHand" | "quantityReserved">,
  held: number,
  ledger: LedgerTail,
): Violation[] {
  const { quantityOnHand: onHand, quantityReserved: reserved } = lot;
  const latest = ledger.entries[0];
  const expectedOnHand = latest?.onHandAfter ?? 0;
  const expectedReserved = latest?.reservedAfter ?? 0;
  const found: Violation[] = [];
  if (reserved < 0 || reserved > onHand) found.push({ rule: "outOfRange", reserved, onHand });
  if (reserved !== held) found.push({ rule: "heldDiffers", actual: reserved, expected: held });
  if (onHand !== expectedOnHand) {
    found.push({ rule: "onHandDiffers", actual: onHand, expected: expectedOnHand });
  }
  if (reserved !== expectedReserved) {
    found.push({ rule: "reservedDiffers", actual: reserved, expected: expectedReserved });
  }
  return [...found, ...gapsOf(ledger)];
}
