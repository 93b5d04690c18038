/** What an order did to stock and who picked it, for its history. The marketplace's adapter lists the marketplace's own events. */
import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { deedsOfOrder } from "../accounts/auditLog";
import { movedQuantity } from "../inventory/ledger";
import { movementKindValidator } from "../inventory/schema";

/** Newest ledger entries shown; older ones stay in the ledger. */
const MOVEMENTS_SHOWN = 200;

export const orderMovementValidator = v.object({
  at: v.number(),
  kind: movementKindValidator,
  /** Whole pieces, never negative: what the movement changed of on hand, or else of reserved. */
  quantity: v.number(),
  /** The order line; null when it was removed from the order. */
  line: v.union(v.null(), v.object({ itemName: v.string(), location: v.string() })),
});

/** The stock movements of an order, newest first. */
export async function orderMovements(
  ctx: QueryCtx,
  orderId: Id<"bricklinkOrders">,
  lines: readonly Doc<"bricklinkOrderItems">[],
): Promise<Infer<typeof orderMovementValidator>[]> {
  const entries = await ctx.db
    .query("inventoryLedger")
    .withIndex("by_order", (q) => q.eq("orderReference", orderId))
    .order("desc")
    .take(MOVEMENTS_SHOWN);
  const lineById = new Map<string, Doc<"bricklinkOrderItems">>(lines.map((line) => [line._id, line]));
  return entries.map((entry) => {
    const line = lineById.get(entry.lineReference ?? "");
    return {
      at: entry.createdAt,
      kind: entry.kind,
      quantity: movedQuantity(entry),
      line: line ? { itemName: line.itemName, location: line.location } : null,
    };
  });
}

export const orderPickValidator = v.object({
  at: v.number(),
  person: v.union(v.string(), v.null()),
  /** False for a tick that was taken back. */
  isPicked: v.boolean(),
  /** Pieces of the line in the parcel, or before it was taken out. */
  quantity: v.number(),
  itemName: v.string(),
  location: v.string(),
});

/** Who marked which lines of an order picked or not picked, newest first. */
export async function orderPicks(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
): Promise<Infer<typeof orderPickValidator>[]> {
  const deeds = await deedsOfOrder(ctx, businessAccountId, orderNumber);
  return deeds.flatMap(({ at, person, deed }) => {
    if (deed.action !== "linePicked" && deed.action !== "lineUnpicked") return [];
    const isPicked = deed.action === "linePicked";
    const { itemName, location } = deed.subject.item;
    return [{ at, person, isPicked, quantity: isPicked ? deed.after : deed.before, itemName, location }];
  });
}
