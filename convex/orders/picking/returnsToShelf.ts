/** Picked pieces that their order no longer wants: they are in the parcel until somebody confirms that they are back. */
import { ConvexError, v, type Infer } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import { mutation, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import type { OrderContext } from "../allocation/allocateLine";
import { UNKNOWN_LOCATION, type Line } from "../apply/lineChanges";
import { returnToShelfValidator } from "../schema";

type ReturnToShelf = Doc<"returnsToShelf">;

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
  markedAt: number,
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
  });
}

/**
 * Lists the picked pieces of a line that is removed from its order. Returns by how much the order's count of returns
 * changes.
 */
export async function returnRemovedLine(
  ctx: MutationCtx,
  context: OrderContext,
  line: Line,
  now: number,
): Promise<number> {
  if (line.pickedQuantity === 0) return 0;
  await insertReturn(ctx, context, line, now);
  return 1;
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

/** Confirms that the pieces are in their bin again. Throws ConvexError `notFound`, also when it was confirmed already. */
export const confirm = mutation({
  args: { businessAccountId: v.id("businessAccounts"), returnId: v.id("returnsToShelf") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, returnId }) => {
    await requireMember(ctx, businessAccountId, "staff");
    const { orderId } = await requireReturn(ctx, businessAccountId, returnId);
    const order = await ctx.db.get("bricklinkOrders", orderId);
    if (order === null) throw new Error(`Return ${returnId} has no order.`);
    await ctx.db.delete("returnsToShelf", returnId);
    await ctx.db.patch("bricklinkOrders", orderId, { returnCount: order.returnCount - 1 });
    return null;
  },
});
