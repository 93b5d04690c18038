/** How many orders of each status a store has, updated by the transaction that changes an order. */
import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { query, type MutationCtx, type QueryCtx } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { statusCountValidator } from "./schema";
import { isOpenTab } from "./tabs";

type Counted = Pick<Doc<"bricklinkOrders">, "status" | "tab" | "stage">;
type StatusCount = Infer<typeof statusCountValidator>;

/**
 * Rows over which a store's orders are counted, by their number. Two orders that change at one moment write the same row, and
 * Convex retries one of them, in a sixteenth of the cases; of four, none needs more than three retries.
 */
const SHARDS = 16;

function keyOf({ status, tab, stage }: Counted): string {
  return JSON.stringify([status, tab, stage ?? null]);
}

/** The counts with one order more or less. Zero counts are dropped. */
function countsWith(byStatus: readonly StatusCount[], order: Counted, difference: 1 | -1): StatusCount[] {
  const { status, tab, stage } = order;
  const isOf = (entry: StatusCount) => keyOf(entry) === keyOf(order);
  const count = (byStatus.find(isOf)?.count ?? 0) + difference;
  const others = byStatus.filter((entry) => !isOf(entry));
  return count > 0 ? [...others, { status, tab, ...(stage && { stage }), count }] : others;
}

/**
 * Counts one order's change of status or stage. Call it in the transaction that changes the order. `from` null: the order is new.
 */
export async function countOrder(
  ctx: MutationCtx,
  { businessAccountId, orderNumber }: Pick<Doc<"bricklinkOrders">, "businessAccountId" | "orderNumber">,
  from: Counted | null,
  to: Counted,
): Promise<void> {
  if (from !== null && keyOf(from) === keyOf(to)) return;
  const shard = orderNumber % SHARDS;
  const stored = await ctx.db
    .query("orderCounts")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId).eq("shard", shard))
    .unique();
  const before = stored?.byStatus ?? [];
  const byStatus = countsWith(from === null ? before : countsWith(before, from, -1), to, 1);
  if (stored) await ctx.db.patch("orderCounts", stored._id, { byStatus });
  else await ctx.db.insert("orderCounts", { businessAccountId, shard, byStatus });
}

/** The counts of all rows of a store, added up. */
async function countsOf(ctx: QueryCtx, businessAccountId: Id<"businessAccounts">): Promise<StatusCount[]> {
  const rows = await ctx.db
    .query("orderCounts")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .take(SHARDS);
  const counts = new Map<string, StatusCount>();
  for (const entry of rows.flatMap(({ byStatus }) => byStatus)) {
    const count = (counts.get(keyOf(entry))?.count ?? 0) + entry.count;
    counts.set(keyOf(entry), { ...entry, count });
  }
  return [...counts.values()];
}

const countsValidator = v.object({
  waitingForPayment: v.number(),
  readyToPick: v.number(),
  picking: v.number(),
  picked: v.number(),
  packed: v.number(),
  onHold: v.number(),
  shipped: v.number(),
  cancelled: v.number(),
  /** Orders of all stages but shipped and cancelled. */
  open: v.number(),
  all: v.number(),
  byStatus: v.array(statusCountValidator),
});

/** How many orders each stage and each status has. */
export const get = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: countsValidator,
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "orders.counts.get");
    const byStatus = await countsOf(ctx, businessAccountId);
    const counts: Infer<typeof countsValidator> = {
      waitingForPayment: 0,
      readyToPick: 0,
      picking: 0,
      picked: 0,
      packed: 0,
      onHold: 0,
      shipped: 0,
      cancelled: 0,
      open: 0,
      all: 0,
      byStatus,
    };
    for (const { tab, stage, count } of byStatus) {
      if (stage) counts[stage] += count;
      if (isOpenTab(tab)) counts.open += count;
      counts.all += count;
    }
    return counts;
  },
});
