/** The orders table: pages of rows in the order and under the filter that a person chose, and the tabs' counts. */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { AFTER_PREFIX, searchKeyOf } from "../inventory/searchKey";
import { moneyValidator } from "../marketplaces/bricklink/snapshot";
import { sourceValidator } from "../marketplaces/bricklink/notificationState";
import { tabOf, tabValidator, type Tab } from "../marketplaces/bricklink/orderStatus";
import { findCounts } from "./counts";
import { filtersValidator, fits, isPaid } from "./filters";

const sortValidator = v.union(
  v.literal("ordered"),
  v.literal("number"),
  v.literal("buyer"),
  v.literal("total"),
  v.literal("pieces"),
);
type Sort = Infer<typeof sortValidator>;

const directionValidator = v.union(v.literal("asc"), v.literal("desc"));
type Direction = Infer<typeof directionValidator>;

export const orderRowFields = {
  orderId: v.id("bricklinkOrders"),
  orderNumber: v.number(),
  status: v.string(),
  tab: tabValidator,
  buyerName: v.union(v.string(), v.null()),
  orderedAt: v.number(),
  firstSeenAt: v.number(),
  changedAt: v.number(),
  pieceCount: v.number(),
  lotCount: v.number(),
  grandTotal: moneyValidator,
  currency: v.string(),
  paymentMethod: v.union(v.string(), v.null()),
  paymentStatus: v.union(v.string(), v.null()),
  paidAt: v.union(v.number(), v.null()),
  isPaid: v.boolean(),
  shippingMethod: v.union(v.string(), v.null()),
  reservedQuantity: v.number(),
  shortQuantity: v.number(),
  unmatchedLines: v.number(),
  fulfilledQuantity: v.number(),
  putBackCount: v.number(),
  lineCount: v.number(),
  pickedLines: v.number(),
  source: sourceValidator,
};
const orderRowValidator = v.object(orderRowFields);
export type OrderRow = Infer<typeof orderRowValidator>;

/** An order as the table shows it: no address, no e-mail, and nothing that changes without being seen. */
export function orderRow(order: Doc<"bricklinkOrders">): OrderRow {
  return {
    orderId: order._id,
    orderNumber: order.orderNumber,
    status: order.status,
    tab: order.tab,
    buyerName: order.buyerName ?? null,
    orderedAt: order.orderedAt,
    firstSeenAt: order.firstSeenAt,
    changedAt: order.changedAt,
    pieceCount: order.pieceCount,
    lotCount: order.lotCount,
    grandTotal: order.grandTotal,
    currency: order.cost.currency,
    paymentMethod: order.payment.method ?? null,
    paymentStatus: order.payment.status ?? null,
    paidAt: order.payment.paidAt ?? null,
    isPaid: isPaid(order),
    shippingMethod: order.shipping.method ?? null,
    reservedQuantity: order.reservedQuantity,
    shortQuantity: order.shortQuantity,
    unmatchedLines: order.unmatchedLines,
    fulfilledQuantity: order.fulfilledQuantity,
    putBackCount: order.putBacks.length,
    lineCount: order.lineCount,
    pickedLines: order.pickedLines,
    source: order.source,
  };
}

type BusinessId = Id<"businessAccounts">;

function ofAll(ctx: QueryCtx, business: BusinessId, sort: Sort, direction: Direction) {
  const orders = ctx.db.query("bricklinkOrders");
  const indexed = {
    ordered: () => orders.withIndex("by_ordered", (q) => q.eq("businessAccountId", business)),
    number: () => orders.withIndex("by_number", (q) => q.eq("businessAccountId", business)),
    buyer: () => orders.withIndex("by_buyer", (q) => q.eq("businessAccountId", business)),
    total: () => orders.withIndex("by_total", (q) => q.eq("businessAccountId", business)),
    pieces: () => orders.withIndex("by_pieces", (q) => q.eq("businessAccountId", business)),
  };
  return indexed[sort]().order(direction);
}

function ofTab(ctx: QueryCtx, business: BusinessId, tab: Tab, sort: Sort, direction: Direction) {
  const orders = ctx.db.query("bricklinkOrders");
  const indexed = {
    ordered: () =>
      orders.withIndex("by_tab_ordered", (q) => q.eq("businessAccountId", business).eq("tab", tab)),
    number: () =>
      orders.withIndex("by_tab_number", (q) => q.eq("businessAccountId", business).eq("tab", tab)),
    buyer: () => orders.withIndex("by_tab_buyer", (q) => q.eq("businessAccountId", business).eq("tab", tab)),
    total: () => orders.withIndex("by_tab_total", (q) => q.eq("businessAccountId", business).eq("tab", tab)),
    pieces: () =>
      orders.withIndex("by_tab_pieces", (q) => q.eq("businessAccountId", business).eq("tab", tab)),
  };
  return indexed[sort]().order(direction);
}

function ofStatus(ctx: QueryCtx, business: BusinessId, status: string, sort: Sort, direction: Direction) {
  const orders = ctx.db.query("bricklinkOrders");
  const indexed = {
    ordered: () =>
      orders.withIndex("by_status_ordered", (q) => q.eq("businessAccountId", business).eq("status", status)),
    number: () =>
      orders.withIndex("by_status_number", (q) => q.eq("businessAccountId", business).eq("status", status)),
    buyer: () =>
      orders.withIndex("by_status_buyer", (q) => q.eq("businessAccountId", business).eq("status", status)),
    total: () =>
      orders.withIndex("by_status_total", (q) => q.eq("businessAccountId", business).eq("status", status)),
    pieces: () =>
      orders.withIndex("by_status_pieces", (q) => q.eq("businessAccountId", business).eq("status", status)),
  };
  return indexed[sort]().order(direction);
}

/** Orders whose number, or buyer, begins with what was typed. */
function found(ctx: QueryCtx, business: BusinessId, search: string) {
  const orders = ctx.db.query("bricklinkOrders");
  if (/^\d+$/.test(search)) {
    return orders
      .withIndex("by_number_text", (q) =>
        q
          .eq("businessAccountId", business)
          .gte("orderNumberText", search)
          .lt("orderNumberText", search + AFTER_PREFIX),
      )
      .order("desc");
  }
  return orders.withIndex("by_buyer", (q) =>
    q
      .eq("businessAccountId", business)
      .gte("buyerKey", search)
      .lt("buyerKey", search + AFTER_PREFIX),
  );
}

/**
 * A page of orders. A search looks at the beginning of order numbers (digits) or of buyers' names, over all orders,
 * and then tab, status, filters and sort do not apply; a status applies instead of the tab. Filters choose from the
 * page: it reads as many orders as were asked for, and may hold fewer. They are for open orders, of which a store has
 * some hundred, and who shows them asks for the next page until there is enough to see.
 */
export const list = query({
  args: {
    businessAccountId: v.id("businessAccounts"),
    tab: v.union(tabValidator, v.literal("all")),
    status: v.union(v.string(), v.null()),
    sort: sortValidator,
    direction: directionValidator,
    search: v.string(),
    filters: filtersValidator,
    paginationOpts: paginationOptsValidator,
  },
  returns: paginationResultValidator(orderRowValidator),
  handler: async (ctx, args) => {
    const { businessAccountId, tab, status, sort, direction, search, filters, paginationOpts } = args;
    await requireMember(ctx, businessAccountId, "viewer");
    const typed = searchKeyOf(search);
    const orders =
      typed !== ""
        ? found(ctx, businessAccountId, typed)
        : status !== null
          ? ofStatus(ctx, businessAccountId, status, sort, direction)
          : tab === "all"
            ? ofAll(ctx, businessAccountId, sort, direction)
            : ofTab(ctx, businessAccountId, tab, sort, direction);
    const result = await orders.paginate(paginationOpts);
    const rows = result.page.map(orderRow);
    return { ...result, page: typed === "" ? rows.filter((row) => fits(row, filters)) : rows };
  },
});

/** How many orders each tab and each status has. */
export const counts = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.object({
    toPack: v.number(),
    problem: v.number(),
    shipped: v.number(),
    cancelled: v.number(),
    all: v.number(),
    byStatus: v.array(v.object({ status: v.string(), tab: tabValidator, count: v.number() })),
  }),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const stored = await findCounts(ctx, businessAccountId);
    const byStatus = stored?.byStatus ?? [];
    const totals = { toPack: 0, problem: 0, shipped: 0, cancelled: 0, all: 0 };
    for (const { status, count } of byStatus) {
      totals[tabOf(status)] += count;
      totals.all += count;
    }
    return { ...totals, byStatus: byStatus.map((counted) => ({ ...counted, tab: tabOf(counted.status) })) };
  },
});
