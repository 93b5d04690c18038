/** A lot's ledger as staff read it: each entry with the order and the person behind it. */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import { personLabel, requireMember } from "../accounts/access";
import { boundedPage } from "../lib/pagination";
import { adjustmentReasonValidator, movementKindValidator } from "./schema";

/** Pieces that an entry moved: the change of on hand or of reserved, whichever is larger. Never negative. */
export function movedQuantity(
  entry: Pick<Doc<"inventoryLedger">, "onHandBefore" | "onHandAfter" | "reservedBefore" | "reservedAfter">,
): number {
  return Math.max(
    Math.abs(entry.onHandAfter - entry.onHandBefore),
    Math.abs(entry.reservedAfter - entry.reservedBefore),
  );
}

const ledgerRowValidator = v.object({
  entryId: v.id("inventoryLedger"),
  at: v.number(),
  kind: movementKindValidator,
  reason: v.union(adjustmentReasonValidator, v.null()),
  onHandBefore: v.number(),
  onHandAfter: v.number(),
  reservedBefore: v.number(),
  reservedAfter: v.number(),
  note: v.union(v.string(), v.null()),
  orderNumber: v.union(v.number(), v.null()),
  person: v.union(v.string(), v.null()),
  /** Whether it is a person's own adjustment, which can be undone. */
  isAdjustment: v.boolean(),
  /** Of an undo: the entry that it reverts. */
  undoes: v.union(v.id("inventoryLedger"), v.null()),
});

async function ledgerRow(
  ctx: QueryCtx,
  entry: Doc<"inventoryLedger">,
): Promise<Infer<typeof ledgerRowValidator>> {
  const { personReference } = entry;
  return {
    entryId: entry._id,
    at: entry.createdAt,
    kind: entry.kind,
    reason: entry.reason ?? null,
    onHandBefore: entry.onHandBefore,
    onHandAfter: entry.onHandAfter,
    reservedBefore: entry.reservedBefore,
    reservedAfter: entry.reservedAfter,
    note: entry.note ?? null,
    orderNumber: entry.orderNumber ?? null,
    person: personReference === undefined ? null : await personLabel(ctx, personReference),
    isAdjustment: entry.kind === "adjust" && entry.reason !== "undo",
    undoes: entry.undoes ?? null,
  };
}

/** A page of one lot's ledger, newest first; empty for a lot of another store. */
export const list = query({
  args: {
    businessAccountId: v.id("businessAccounts"),
    lotId: v.id("inventoryItems"),
    paginationOpts: paginationOptsValidator,
  },
  returns: paginationResultValidator(ledgerRowValidator),
  handler: async (ctx, { businessAccountId, lotId, paginationOpts }) => {
    await requireMember(ctx, businessAccountId, "inventory.ledger.list");
    const lot = await ctx.db.get("inventoryItems", lotId);
    if (lot?.businessAccountId !== businessAccountId) return { page: [], isDone: true, continueCursor: "" };
    const result = await ctx.db
      .query("inventoryLedger")
      .withIndex("by_item", (q) => q.eq("inventoryItemId", lotId))
      .order("desc")
      .paginate(boundedPage(paginationOpts));
    return { ...result, page: await Promise.all(result.page.map((entry) => ledgerRow(ctx, entry))) };
  },
});
