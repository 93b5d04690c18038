/** A lot's ledger as staff read it: each entry in words, with the order and the person behind it. */
import type { PaginationOptions, PaginationResult } from "convex/server";
import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import type { QueryCtx } from "../../_generated/server";
import type { AdjustmentReason } from "../../inventory/schema";

type Entry = Doc<"inventoryLedger">;

export const ledgerRowValidator = v.object({
  entryId: v.id("inventoryLedger"),
  at: v.number(),
  text: v.string(),
  note: v.union(v.string(), v.null()),
  orderNumber: v.union(v.number(), v.null()),
  person: v.union(v.string(), v.null()),
  onHandAfter: v.number(),
  reservedAfter: v.number(),
  isAdjustment: v.boolean(),
  /** Of an undo: the entry it takes back. */
  undoes: v.union(v.id("inventoryLedger"), v.null()),
});
export type LedgerRow = Infer<typeof ledgerRowValidator>;

const reasonWords: Record<AdjustmentReason, string> = {
  counted: "counted",
  found: "found",
  missing: "missing",
  damaged: "damaged",
  returned: "came back",
  other: "another reason",
  undo: "an adjustment taken back",
};

/** "4 reserved", "On hand 10 → 8, damaged". */
export function entryText(entry: Entry): string {
  const { kind, onHandBefore, onHandAfter, reservedBefore, reservedAfter, reason } = entry;
  const reserved = Math.abs(reservedAfter - reservedBefore);
  const onHand = Math.abs(onHandAfter - onHandBefore);
  switch (kind) {
    case "import":
      return `Import: on hand ${onHandBefore} → ${onHandAfter}`;
    case "adjust": {
      const why = reason === undefined ? "adjusted" : reasonWords[reason];
      return onHand === 0
        ? `On hand ${onHandAfter} confirmed, ${why}`
        : `On hand ${onHandBefore} → ${onHandAfter}, ${why}`;
    }
    case "reserve":
      return `${reserved} reserved`;
    case "release":
      return `${reserved} no longer reserved`;
    case "fulfil":
      return `${onHand} left the shelf`;
    case "return":
      return `${onHand} came back to the shelf, reserved`;
    case "missing":
    case "damaged":
      return `On hand ${onHandBefore} → ${onHandAfter}, ${kind} while picking`;
    case "found":
      return `On hand ${onHandBefore} → ${onHandAfter}, found after all`;
  }
}

async function orderNumberOf(ctx: QueryCtx, { orderReference }: Entry): Promise<number | null> {
  const id = orderReference === undefined ? null : ctx.db.normalizeId("bricklinkOrders", orderReference);
  const order = id === null ? null : await ctx.db.get("bricklinkOrders", id);
  return order?.orderNumber ?? null;
}

async function personOf(ctx: QueryCtx, { personReference }: Entry): Promise<string | null> {
  const id = personReference === undefined ? null : ctx.db.normalizeId("users", personReference);
  const user = id === null ? null : await ctx.db.get("users", id);
  return user?.email ?? null;
}

async function ledgerRow(ctx: QueryCtx, entry: Entry): Promise<LedgerRow> {
  return {
    entryId: entry._id,
    at: entry.createdAt,
    text: entryText(entry),
    note: entry.note ?? null,
    orderNumber: await orderNumberOf(ctx, entry),
    person: await personOf(ctx, entry),
    onHandAfter: entry.onHandAfter,
    reservedAfter: entry.reservedAfter,
    isAdjustment: entry.kind === "adjust" && entry.reason !== "undo",
    undoes: entry.undoes ?? null,
  };
}

/** Newest first. */
export async function ledgerPage(
  ctx: QueryCtx,
  lotId: Id<"inventoryItems">,
  paginationOpts: PaginationOptions,
): Promise<PaginationResult<LedgerRow>> {
  const result = await ctx.db
    .query("inventoryLedger")
    .withIndex("by_item", (q) => q.eq("inventoryItemId", lotId))
    .order("desc")
    .paginate(paginationOpts);
  return { ...result, page: await Promise.all(result.page.map((entry) => ledgerRow(ctx, entry))) };
}
