/** The orders table: pages of rows in the sort order and under the filters that a person chose. */
import {
  paginationOptsValidator,
  paginationResultValidator,
  type PaginationOptions,
  type PaginationResult,
} from "convex/server";
import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { isPermitted } from "../accounts/permissions";
import { boundedPage } from "../lib/pagination";
import { termsOf } from "../lib/searchWords";
import { filtersValidator, passesFilters } from "./filters";
import { sourceValidator } from "./schema";
import { isFound, ordersWithAnyTerm } from "./search";
import { moneyValidator } from "./snapshot";
import { stageValidator, type Stage } from "./stages";
import { tabValidator } from "./tabs";

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
  /** Null for a moment after an update, on orders stored before there were stages. */
  stage: v.union(stageValidator, v.null()),
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
  /** Where the parcel goes: two letters, as in ISO 3166. */
  countryCode: v.union(v.string(), v.null()),
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
    stage: order.stage ?? null,
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
    countryCode: order.shipping.address?.countryCode ?? null,
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
type Order = Doc<"bricklinkOrders">;

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

function ordersOfStage(ctx: QueryCtx, business: BusinessId, stage: Stage, sort: Sort, direction: Direction) {
  const orders = ctx.db.query("bricklinkOrders");
  const indexed = {
    ordered: () =>
      orders.withIndex("by_stage_ordered", (q) => q.eq("businessAccountId", business).eq("stage", stage)),
    number: () =>
      orders.withIndex("by_stage_number", (q) => q.eq("businessAccountId", business).eq("stage", stage)),
    buyer: () =>
      orders.withIndex("by_stage_buyer", (q) => q.eq("businessAccountId", business).eq("stage", stage)),
    total: () =>
      orders.withIndex("by_stage_total", (q) => q.eq("businessAccountId", business).eq("stage", stage)),
    pieces: () =>
      orders.withIndex("by_stage_pieces", (q) => q.eq("businessAccountId", business).eq("stage", stage)),
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

/** A page of the orders that a search finds, the best first. */
async function searchedPage(
  ctx: QueryCtx,
  { businessAccountId, role }: Pick<Doc<"members">, "businessAccountId" | "role">,
  terms: readonly string[],
  paginationOpts: PaginationOptions,
): Promise<PaginationResult<Order>> {
  if (terms.length === 0) return { page: [], isDone: true, continueCursor: "" };
  const result = await ordersWithAnyTerm(ctx, businessAccountId, terms).paginate(boundedPage(paginationOpts));
  const mayFindRecipient = isPermitted(role, "orders.detail.buyer");
  const found = result.page.filter((text) => isFound(text, terms, mayFindRecipient));
  const orders = await Promise.all(found.map(({ orderId }) => ctx.db.get("bricklinkOrders", orderId)));
  return { ...result, page: orders.filter((order) => order !== null) };
}

/**
 * A page of orders: of a stage, with a status, found by a search and through the filters, all together. A search finds the orders that
 * have all its words (see search.ts), of at most 1,024 that have any, and is not sorted. A search, a status beside a stage, and filters
 * choose from the page that was read, so that a page may hold fewer orders than were asked for: the caller asks for further pages
 * until there is enough to show.
 */
export const list = query({
  args: {
    businessAccountId: v.id("businessAccounts"),
    stage: v.union(stageValidator, v.literal("all")),
    status: v.union(v.string(), v.null()),
    sort: sortValidator,
    direction: directionValidator,
    search: v.string(),
    filters: filtersValidator,
    paginationOpts: paginationOptsValidator,
  },
  returns: paginationResultValidator(orderRowValidator),
  handler: async (ctx, args) => {
    const { businessAccountId, stage, status, sort, direction, search, filters, paginationOpts } = args;
    const member = await requireMember(ctx, businessAccountId, "orders.table.list");
    const orders = () =>
      status !== null
        ? ordersOfStatus(ctx, businessAccountId, status, sort, direction)
        : stage === "all"
          ? allOrders(ctx, businessAccountId, sort, direction)
          : ordersOfStage(ctx, businessAccountId, stage, sort, direction);
    const result =
      search.trim() === ""
        ? await orders().paginate(boundedPage(paginationOpts))
        : await searchedPage(ctx, member, termsOf(search), paginationOpts);
    const isShown = (row: OrderRow) =>
      (stage === "all" || row.stage === stage) &&
      (status === null || row.status === status) &&
      passesFilters(row, filters);
    return { ...result, page: result.page.map(orderRow).filter(isShown) };
  },
});

/** Newest orders from which the choices of two filters are made. */
const CHOICES_FROM = 500;

/** The shipping methods and countries of the newest orders, to filter by. */
export const filterChoices = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.object({ shippingMethods: v.array(v.string()), countryCodes: v.array(v.string()) }),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "orders.table.filterChoices");
    const orders = await allOrders(ctx, businessAccountId, "ordered", "desc").take(CHOICES_FROM);
    const distinct = (values: (string | undefined)[]) =>
      [...new Set(values)].filter((value) => value !== undefined).sort();
    return {
      shippingMethods: distinct(orders.map(({ shipping }) => shipping.method)),
      countryCodes: distinct(orders.map(({ shipping }) => shipping.address?.countryCode)),
    };
  },
});
