/** Picked pieces whose line left the order: they are in the parcel until somebody confirms that they are back. */
import { ConvexError, v } from "convex/values";
import { mutation } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { findOrder } from "../apply/applySnapshot";

/**
 * Confirms that the pieces are in their bin again. `place`: index in the order's `returnsToShelf`. Does nothing when the
 * store has no such order. Throws ConvexError `notFound` when the entry was confirmed already.
 */
export const confirm = mutation({
  args: { businessAccountId: v.id("businessAccounts"), orderNumber: v.number(), place: v.number() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, orderNumber, place }) => {
    await requireMember(ctx, businessAccountId, "staff");
    const order = await findOrder(ctx, businessAccountId, orderNumber);
    if (order === null) return null;
    if (order.returnsToShelf[place] === undefined) {
      throw new ConvexError({ code: "notFound", message: "These pieces were put back already." });
    }
    await ctx.db.patch("bricklinkOrders", order._id, {
      returnsToShelf: order.returnsToShelf.filter((_, index) => index !== place),
    });
    return null;
  },
});
