/** The lines of several orders, to be picked in one walk through the shelves. */
import { v, type Infer } from "convex/values";
import { query } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { findOrder, linesOf } from "../apply/applySnapshot";
import { lineValidator, lineViews } from "../lineView";
import { tabValidator } from "../tabs";

/** Orders of one pick list: what fits on a trolley. */
const ORDERS_MAX = 30;

/**
 * Lines of one pick list. A line is stored in less than 1 kB, so the list stays far below what Convex reads in one query
 * (32,000 documents, 16 MiB), and above what a single order may have, so that each order fits on a list of its own.
 */
const LINES_PER_LIST_MAX = 6_000;

/** Order numbers that are looked up. The dashboard asks for thirty at most; only a URL typed by hand has more. */
const LOOK_UPS_MAX = 200;

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
    const wanted = [...new Set(orderNumbers)];
    const orders: Infer<typeof pickListOrderValidator>[] = [];
    const leftOut: number[] = [];
    let lineCount = 0;
    // One after another, so that the lines of an order without room are not read.
    for (const orderNumber of wanted.slice(0, LOOK_UPS_MAX)) {
      const order = await findOrder(ctx, businessAccountId, orderNumber);
      if (order === null) continue;
      if (orders.length === ORDERS_MAX || lineCount + order.lineCount > LINES_PER_LIST_MAX) {
        leftOut.push(orderNumber);
        continue;
      }
      lineCount += order.lineCount;
      const { buyerName = null, status, tab, isPaid } = order;
      const lines = await lineViews(ctx, await linesOf(ctx, order._id), userId);
      orders.push({ orderNumber, buyerName, status, tab, isPaid, lines });
    }
    return { orders, leftOut: [...leftOut, ...wanted.slice(LOOK_UPS_MAX)] };
  },
});
