/** One order, whole: what the drawer shows. A person's address and e-mail only to those who send parcels. */
import { v } from "convex/values";
import { query } from "../_generated/server";
import { requireMember, roleAllows } from "../accounts/access";
import { findOrder, LINES_MAX } from "../marketplaces/bricklink/orderStore";
import { putBackValidator } from "../marketplaces/bricklink/schema";
import { addressValidator, costValidator } from "../marketplaces/bricklink/snapshot";
import { historyOf, historyValidator } from "./history";
import { lineValidator, lineView } from "./lineView";
import { orderRow, orderRowFields } from "./table";

/** An order by its number; null when this store has none of it. Lines come unsorted: the walk is the reader's. */
export const get = query({
  args: { businessAccountId: v.id("businessAccounts"), orderNumber: v.number() },
  returns: v.union(
    v.null(),
    v.object({
      ...orderRowFields,
      statusChangedAt: v.union(v.number(), v.null()),
      remarks: v.union(v.string(), v.null()),
      buyerOrderCount: v.union(v.number(), v.null()),
      totalWeight: v.union(v.string(), v.null()),
      trackingNumber: v.union(v.string(), v.null()),
      trackingLink: v.union(v.string(), v.null()),
      shippedAt: v.union(v.number(), v.null()),
      costs: costValidator,
      displayCosts: v.union(costValidator, v.null()),
      buyer: v.union(
        v.null(),
        v.object({
          email: v.union(v.string(), v.null()),
          address: v.union(addressValidator, v.null()),
        }),
      ),
      putBacks: v.array(putBackValidator),
      lines: v.array(lineValidator),
      history: v.array(historyValidator),
    }),
  ),
  handler: async (ctx, { businessAccountId, orderNumber }) => {
    const member = await requireMember(ctx, businessAccountId, "viewer");
    const order = await findOrder(ctx, businessAccountId, orderNumber);
    if (order === null) return null;
    const lines = await ctx.db
      .query("bricklinkOrderItems")
      .withIndex("by_order", (q) => q.eq("orderId", order._id))
      .take(LINES_MAX);
    return {
      ...orderRow(order),
      statusChangedAt: order.statusChangedAt ?? null,
      remarks: order.remarks ?? null,
      buyerOrderCount: order.buyerOrderCount ?? null,
      totalWeight: order.totalWeight ?? null,
      trackingNumber: order.shipping.trackingNumber ?? null,
      trackingLink: order.shipping.trackingLink ?? null,
      shippedAt: order.shipping.shippedAt ?? null,
      costs: order.cost,
      displayCosts: order.displayCost ?? null,
      buyer: roleAllows(member.role, "staff")
        ? { email: order.buyerEmail ?? null, address: order.shipping.address ?? null }
        : null,
      putBacks: order.putBacks,
      lines: lines.map(lineView),
      history: await historyOf(ctx, order, lines),
    };
  },
});
