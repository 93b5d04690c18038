/** The orders table: pages of rows in the sort order and under the filters that a person chose. */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { boundedPage } from "../lib/pagination";
import { AFTER_PREFIX, searchKeyOf } from "../lib/searchKey";
import { filtersValidator, passesFilters } from "./filters";
import { sourceValidator } from "./schema";
import { moneyValidator } from "./snapshot";
import { tabValidator, type Tab } from "./tabs";

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
  returnCount: v.number(),
  lineCount: v.number(),
  pickedLines: v.number(),
  source: sourceValidator,
};
const orderRowValidator = v.object(orderRowFields);
export type OrderRow = Infer<typeof orderRowValidator>;

/** An order as the table shows it: without address and e-mail, and only fields whose change staff can see. */
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
    isPaid: order.isPaid,
    shippingMethod: order.shipping.method ?? null,
    reservedQuantity: order.reservedQuantity,
    shortQuantity: order.shortQuantity,
    unmatchedLines: order.unmatchedLines,
    fulfilledQuantity: order.fulfilledQuantity,
    returnCount: order.returnCount,
    lineCount: order.lineCount,
    pickedLines: order.pickedLines,
    source: order.source,
  };
}

type BusinessId = Id<"businessAccounts">;

function allOrders(ctx: QueryCtx, business: BusinessId, sort: Sort, direction: Direction) {
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

function ordersOfTab(ctx: QueryCtx, business: BusinessId, tab: Tab, sort: Sort, direction: Direction) {
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

function ordersOfStatus(
  ctx: QueryCtx,
  business: BusinessId,
  status: string,
  sort: Sort,
  direction: Direction,
) {
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

/** Orders whose number (digits), or buyer, starts with what was typed. */
function ordersFound(ctx: QueryCtx, business: BusinessId, search: string) {
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
 * A page of orders. A search looks for order numbers (digits) or buyers that start with the text, among all orders; tab,
 * status, filters and sort do not apply to it. A status applies instead of the tab. Filters choose from the page that was
 * read, so that a page may hold fewer orders than were asked for: they are meant for open orders, of which a store has some
 * hundred, and the caller asks for further pages until there is enough to show.
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
    await requireMember(ctx, businessAccountId, "orders.table.list");
    const typed = searchKeyOf(search);
    const orders =
      typed !== ""
        ? ordersFound(ctx, businessAccountId, typed)
        : status !== null
          ? ordersOfStatus(ctx, businessAccountId, status, sort, direction)
          : tab === "all"
            ? allOrders(ctx, businessAccountId, sort, direction)
            : ordersOfTab(ctx, businessAccountId, tab, sort, direction);
    const result = await orders.paginate(boundedPage(paginationOpts));
    const rows = result.page.map(orderRow);
    return { ...result, page: typed === "" ? rows.filter((row) => passesFilters(row, filters)) : rows };
  },
});
