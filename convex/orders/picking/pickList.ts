/** The lines of several orders, to be picked in one walk through the shelves. */
import { v } from "convex/values";
import { query } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { findOrder, LINES_MAX } from "../apply/applySnapshot";
import { lineValidator, lineView } from "../lineView";
import { tabValidator } from "../tabs";

/** Orders of one pick list: what fits on a trolley. */
const ORDERS_MAX = 30;

/** Lines read per order. */
const LINES_PER_ORDER_MAX = Math.floor(LINES_MAX / ORDERS_MAX) * 3;

/** The orders with their lines. Orders that this store does not have are left out, and any past the thirtieth. */
export const get = query({
  args: { businessAccountId: v.id("businessAccounts"), orderNumbers: v.array(v.number()) },
  returns: v.array(
    v.object({
      orderNumber: v.number(),
      buyerName: v.union(v.string(), v.null()),
      status: v.string(),
      tab: tabValidator,
      isPaid: v.boolean(),
      lines: v.array(lineValidator),
    }),
  ),
  handler: async (ctx, { businessAccountId, orderNumbers }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const wanted = [...new Set(orderNumbers)].slice(0, ORDERS_MAX);
    const orders = await Promise.all(wanted.map((number) => findOrder(ctx, businessAccountId, number)));
    return await Promise.all(
      orders
        .filter((order) => order !== null)
        .map(async ({ _id, orderNumber, buyerName = null, status, tab, isPaid }) => {
          const lines = await ctx.db
            .query("bricklinkOrderItems")
            .withIndex("by_order", (q) => q.eq("orderId", _id))
            .take(LINES_PER_ORDER_MAX);
          return { orderNumber, buyerName, status, tab, isPaid, lines: lines.map(lineView) };
        }),
    );
  },
});
