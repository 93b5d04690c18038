/** The lines of several orders, to be picked in one walk through the shelves. */
import { v, type Infer } from "convex/values";
import { query } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { lineValidator, lineViews } from "../lineView";
import { readOrdersWithLines } from "../ordersWithLines";
import { tabValidator } from "../tabs";

const pickListOrderValidator = v.object({
  orderNumber: v.number(),
  buyerName: v.union(v.string(), v.null()),
  status: v.string(),
  tab: tabValidator,
  isPaid: v.boolean(),
  lines: v.array(lineValidator),
});

/**
 * Orders with all their lines. An order is on the list whole or not at all: `leftOut` has the numbers of those for which the
 * list has no room. Numbers that this store does not have are in neither.
 */
export const get = query({
  args: { businessAccountId: v.id("businessAccounts"), orderNumbers: v.array(v.number()) },
  returns: v.object({ orders: v.array(pickListOrderValidator), leftOut: v.array(v.number()) }),
  handler: async (ctx, { businessAccountId, orderNumbers }) => {
    const { userId } = await requireMember(ctx, businessAccountId, "orders.picking.pickList.get");
    const { orders, leftOut } = await readOrdersWithLines(ctx, businessAccountId, orderNumbers);
    const listed: Infer<typeof pickListOrderValidator>[] = [];
    for (const { order, lines } of orders) {
      const { orderNumber, buyerName = null, status, tab, isPaid } = order;
      listed.push({
        orderNumber,
        buyerName,
        status,
        tab,
        isPaid,
        lines: await lineViews(ctx, lines, userId),
      });
    }
    return { orders: listed, leftOut };
  },
});
