/** One order with everything that its page shows. Address and e-mail only for staff and owners. */
import { v } from "convex/values";
import { query } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { isPermitted } from "../accounts/permissions";
import { findOrder, linesOf } from "./apply/applySnapshot";
import { lineValidator, lineViews } from "./lineView";
import { returnsOfOrder, returnViewValidator } from "./picking/returnsToShelf";
import { addressValidator, costValidator } from "./snapshot";
import { orderRow, orderRowFields } from "./table";

/** An order by its number; null when this store has none. Lines are not sorted: the dashboard sorts them by bin. */
export const get = query({
  args: { businessAccountId: v.id("businessAccounts"), orderNumber: v.number() },
  returns: v.union(
    v.null(),
    v.object({
      ...orderRowFields,
      statusChangedAt: v.union(v.number(), v.null()),
      remarks: v.union(v.string(), v.null()),
      isFiled: v.boolean(),
      isDriveThruSent: v.boolean(),
      buyerOrderCount: v.union(v.number(), v.null()),
      totalWeight: v.union(v.string(), v.null()),
      trackingNumber: v.union(v.string(), v.null()),
      trackingLink: v.union(v.string(), v.null()),
      shippedAt: v.union(v.number(), v.null()),
      shippingMethodId: v.union(v.number(), v.null()),
      costs: costValidator,
      displayCosts: v.union(costValidator, v.null()),
      buyer: v.union(
        v.null(),
        v.object({
          email: v.union(v.string(), v.null()),
          address: v.union(addressValidator, v.null()),
        }),
      ),
      returnsToShelf: v.array(returnViewValidator),
      lines: v.array(lineValidator),
    }),
  ),
  handler: async (ctx, { businessAccountId, orderNumber }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.detail.get");
    const order = await findOrder(ctx, businessAccountId, orderNumber);
    if (order === null) return null;
    const lines = await linesOf(ctx, order._id);
    return {
      ...orderRow(order),
      statusChangedAt: order.statusChangedAt ?? null,
      remarks: order.remarks ?? null,
      isFiled: order.isFiled ?? false,
      isDriveThruSent: order.isDriveThruSent ?? false,
      buyerOrderCount: order.buyerOrderCount ?? null,
      totalWeight: order.totalWeight ?? null,
      trackingNumber: order.shipping.trackingNumber ?? null,
      trackingLink: order.shipping.trackingLink ?? null,
      shippedAt: order.shipping.shippedAt ?? null,
      shippingMethodId: order.shipping.methodId ?? null,
      costs: order.cost,
      displayCosts: order.displayCost ?? null,
      buyer: isPermitted(member.role, "orders.detail.buyer")
        ? { email: order.buyerEmail ?? null, address: order.shipping.address ?? null }
        : null,
      returnsToShelf: await returnsOfOrder(ctx, order._id),
      lines: await lineViews(ctx, lines, member.userId),
    };
  },
});
