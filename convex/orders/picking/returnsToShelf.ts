/** Picked pieces that their order no longer wants: they are in the parcel until somebody confirms that they are back. */
import { ConvexError, v, type Infer } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import { mutation, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { itemOf, recordDeed } from "../../accounts/deeds";
import { allocate } from "../../inventory/reservation";
import { openStock } from "../../inventory/stock";
import type { OrderContext } from "../allocation/allocateLine";
import { fillBackorders } from "../allocation/backorders";
import { holdingOf, UNKNOWN_LOCATION, type Line } from "../apply/lineChanges";
import { patchOrder } from "../patchOrder";
import { returnToShelfValidator } from "../schema";
import { changedPickCounts } from "./pickQuantities";

type ReturnToShelf = Doc<"returnsToShelf">;
type Order = Doc<"bricklinkOrders">;

/** Returns shown with their order; the others follow as these are confirmed. */
const RETURNS_SHOWN = 500;

export const returnViewValidator = v.object({
  returnId: v.id("returnsToShelf"),
  ...returnToShelfValidator.fields,
  /** The cancelled line that holds the pieces until they are back; null when the line was removed from its order. */
  lineId: v.union(v.id("bricklinkOrderItems"), v.null()),
});

/** The returns of an order, as staff see them. */
export async function returnsOfOrder(
  ctx: QueryCtx,
  orderId: Id<"bricklinkOrders">,
): Promise<Infer<typeof returnViewValidator>[]> {
  const returns = await ctx.db
    .query("returnsToShelf")
    .withIndex("by_order", (q) => q.eq("orderId", orderId))
    .take(RETURNS_SHOWN);
  return returns.map(
    ({ _id, itemName, partNumber, colorId, location, quantity, markedAt, lineId = null }) => ({
      returnId: _id,
      itemName,
      partNumber,
      colorId,
      location,
      quantity,
      markedAt,
      lineId,
    }),
  );
}

/** Where the pieces of a line came from. Of a line that matches no lot, the seller's remarks name the bin. */
function binOf({ matchedBy, remarks, location }: Line): string {
  return matchedBy === "unmatched" ? remarks || UNKNOWN_LOCATION : location;
}

async function insertReturn(
  ctx: MutationCtx,
  { businessAccountId, orderId, orderNumber }: OrderContext,
  line: Line,
  { markedAt, lineId }: { markedAt: number; lineId?: Id<"bricklinkOrderItems"> },
): Promise<void> {
  const { itemName, partNumber, colorId, pickedQuantity: quantity } = line;
  await ctx.db.insert("returnsToShelf", {
    businessAccountId,
    orderId,
    orderNumber,
    itemName,
    partNumber,
    colorId,
    location: binOf(line),
    quantity,
    markedAt,
    ...(lineId && { lineId }),
  });
}

/** The return of a line that was picked and then cancelled; null when there is none. */
async function findReturnOfLine(
  ctx: QueryCtx,
  { hasReturns, orderId }: OrderContext,
  { _id: lineId, pickedQuantity, openSince }: Line,
): Promise<ReturnToShelf | null> {
  if (!hasReturns || pickedQuantity === 0 || openSince !== undefined) return null;
  return await ctx.db
    .query("returnsToShelf")
    .withIndex("by_order", (q) => q.eq("orderId", orderId).eq("lineId", lineId))
    .unique();
}

/**
 * Lists the picked pieces of a line that is removed from its order. `line`: as stored before. Returns by how much the
 * order's count of returns changes.
 */
export async function returnRemovedLine(
  ctx: MutationCtx,
  context: OrderContext,
  line: Line,
  now: number,
): Promise<number> {
  if (line.pickedQuantity === 0) return 0;
  const listed = await findReturnOfLine(ctx, context, line);
  if (listed) {
    await ctx.db.patch("returnsToShelf", listed._id, { lineId: undefined });
    return 0;
  }
  await insertReturn(ctx, context, line, { markedAt: now });
  return 1;
}

/**
 * Lists the picked pieces of a line whose order becomes cancelled, and takes them off the list when the order is open again
 * or shipped. `line`: as stored before. Returns by how much the order's count of returns changes.
 */
export async function returnCancelledLine(
  ctx: MutationCtx,
  context: OrderContext,
  line: Line,
  now: number,
): Promise<number> {
  if (context.phase === "cancelled") {
    if (line.openSince === undefined || line.pickedQuantity === 0) return 0;
    await insertReturn(ctx, context, line, { markedAt: now, lineId: line._id });
    return 1;
  }
  const listed = await findReturnOfLine(ctx, context, line);
  if (listed === null) return 0;
  await ctx.db.delete("returnsToShelf", listed._id);
  return -1;
}

/** A return of this store. Throws ConvexError `notFound`. */
async function requireReturn(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  returnId: Id<"returnsToShelf">,
): Promise<ReturnToShelf> {
  const found = await ctx.db.get("returnsToShelf", returnId);
  if (found?.businessAccountId === businessAccountId) return found;
  throw new ConvexError({
    code: "notFound",
    message: "These pieces are no longer to be put back. Look at the order again.",
  });
}

/** Releases what a cancelled line holds, now that its pieces are back. Returns the lots that have more available. */
async function releaseParcel(
  ctx: MutationCtx,
  order: Order,
  line: Line,
  personReference: string,
): Promise<Id<"inventoryItems">[]> {
  const { businessAccountId, inventoryItemId: lotId } = line;
  if (lotId === undefined) return [];
  const adjustment = { personReference, reason: "returned" as const };
  const stock = openStock(ctx, { businessAccountId, at: Date.now(), adjustment });
  for (const movement of allocate("cancelled", line.quantity, holdingOf(line), 0).movements) {
    await stock.move(lotId, movement, {
      orderReference: order._id,
      orderNumber: order.orderNumber,
      lineReference: line._id,
    });
  }
  return await stock.commit();
}

/**
 * Confirms that the pieces are in their bin again. What a cancelled line held of them is released and goes to the backorders
 * of its lot. Throws ConvexError `notFound`, also when somebody else confirmed it already.
 */
export const confirm = mutation({
  args: { businessAccountId: v.id("businessAccounts"), returnId: v.id("returnsToShelf") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, returnId }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.picking.returnsToShelf.confirm");
    const returned = await requireReturn(ctx, businessAccountId, returnId);
    const { orderId, orderNumber, quantity, lineId } = returned;
    const order = await ctx.db.get("bricklinkOrders", orderId);
    if (order === null) throw new Error(`Return ${returnId} has no order.`);
    await ctx.db.delete("returnsToShelf", returnId);
    const counted = { returnCount: order.returnCount - 1, changedAt: Date.now() };
    const line = lineId === undefined ? null : await ctx.db.get("bricklinkOrderItems", lineId);
    const lotId = line?.inventoryItemId;
    await recordDeed(ctx, member, {
      action: "returnConfirmed",
      subject: { kind: "order", orderNumber, item: itemOf(returned), ...(lotId && { lotId }) },
      quantity,
    });
    if (line === null) {
      await patchOrder(ctx, order, counted);
      return null;
    }
    const freed = await releaseParcel(ctx, order, line, member.userId);
    const emptied = {
      reservedQuantity: 0,
      pickStatus: "unpicked" as const,
      pickedQuantity: 0,
      pickedBy: undefined,
      pickedAt: undefined,
    };
    await ctx.db.patch("bricklinkOrderItems", line._id, emptied);
    await patchOrder(ctx, order, {
      ...counted,
      reservedQuantity: order.reservedQuantity - line.reservedQuantity,
      ...changedPickCounts(order, line, { ...line, ...emptied }),
    });
    await fillBackorders(ctx, freed);
    return null;
  },
});
