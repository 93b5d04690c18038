/** What is stored about one buyer, for an owner whom the buyer asks: to give it out, or to forget it. */
import { ConvexError, v, type Infer, type ObjectType } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import { action, internalMutation, internalQuery, mutation, type QueryCtx } from "../_generated/server";
import { requireMember, requireMemberInAction } from "../accounts/access";
import { recordDeed } from "../accounts/deeds";
import { searchKeyOf } from "../lib/searchKey";
import { linesOf } from "./apply/applySnapshot";
import { feedbackOf } from "./correspondence/feedback";
import { messagesOf, sentMessage } from "./correspondence/messages";
import { feedbackValidator, messageValidator } from "./correspondence/schema";
import { eraseBuyerOf } from "./personalData";
import { addressValidator, moneyValidator } from "./snapshot";

/** Orders exported at once: few, because each may have thousands of lines and a hundred long messages. */
const EXPORT_PAGE_SIZE = 4;

/** Orders changed in one transaction. */
const ERASE_PAGE_SIZE = 100;

const buyerArgs = {
  businessAccountId: v.id("businessAccounts"),
  /** The buyer's user name at the marketplace, in upper or lower case. */
  buyerName: v.string(),
  /** Null for the first page. */
  cursor: v.union(v.string(), v.null()),
};

const pageFields = { continueCursor: v.string(), isDone: v.boolean() };

/** Everything about an order that concerns its buyer. Times in milliseconds UTC. */
const exportedOrderValidator = v.object({
  orderNumber: v.number(),
  status: v.string(),
  orderedAt: v.number(),
  buyerName: v.union(v.string(), v.null()),
  email: v.union(v.string(), v.null()),
  address: v.union(addressValidator, v.null()),
  remarks: v.union(v.string(), v.null()),
  shippingMethod: v.union(v.string(), v.null()),
  trackingNumber: v.union(v.string(), v.null()),
  shippedAt: v.union(v.number(), v.null()),
  paymentMethod: v.union(v.string(), v.null()),
  paidAt: v.union(v.number(), v.null()),
  grandTotal: moneyValidator,
  currency: v.string(),
  unknownFieldsJson: v.union(v.string(), v.null()),
  lines: v.array(
    v.object({ itemName: v.string(), partNumber: v.string(), colorId: v.number(), quantity: v.number() }),
  ),
  messages: v.array(messageValidator),
  feedback: v.array(feedbackValidator),
});

const exportPageValidator = v.object({ orders: v.array(exportedOrderValidator), ...pageFields });

async function exportedOrder(
  ctx: QueryCtx,
  order: Doc<"bricklinkOrders">,
): Promise<Infer<typeof exportedOrderValidator>> {
  const { shipping, payment, cost } = order;
  const lines = await linesOf(ctx, order._id);
  return {
    orderNumber: order.orderNumber,
    status: order.status,
    orderedAt: order.orderedAt,
    buyerName: order.buyerName ?? null,
    email: order.buyerEmail ?? null,
    address: shipping.address ?? null,
    remarks: order.remarks ?? null,
    shippingMethod: shipping.method ?? null,
    trackingNumber: shipping.trackingNumber ?? null,
    shippedAt: shipping.shippedAt ?? null,
    paymentMethod: payment.method ?? null,
    paidAt: payment.paidAt ?? null,
    grandTotal: cost.grandTotal,
    currency: cost.currency,
    unknownFieldsJson: order.unknownFieldsJson ?? null,
    lines: lines.map(({ itemName, partNumber, colorId, quantity }) => ({
      itemName,
      partNumber,
      colorId,
      quantity,
    })),
    messages: (await messagesOf(ctx, order._id)).map(sentMessage),
    feedback: await feedbackOf(ctx, order._id),
  };
}

/** Throws ConvexError `buyerMissing` for a blank name, under which erased orders would be found. */
function requireBuyerKey(buyerName: string): string {
  const buyerKey = searchKeyOf(buyerName);
  if (buyerKey !== "") return buyerKey;
  throw new ConvexError({ code: "buyerMissing", message: "Enter the buyer's user name." });
}

/** The orders of one buyer. Throws as `requireBuyerKey` does. */
function ordersOf(ctx: QueryCtx, { businessAccountId, buyerName }: ObjectType<typeof buyerArgs>) {
  const buyerKey = requireBuyerKey(buyerName);
  return ctx.db
    .query("bricklinkOrders")
    .withIndex("by_buyer", (q) => q.eq("businessAccountId", businessAccountId).eq("buyerKey", buyerKey));
}

/** A page of what `exportPage` returns. */
export const readPage = internalQuery({
  args: buyerArgs,
  returns: exportPageValidator,
  handler: async (ctx, args) => {
    const { cursor } = args;
    const { page, continueCursor, isDone } = await ordersOf(ctx, args).paginate({
      cursor,
      numItems: EXPORT_PAGE_SIZE,
    });
    const orders = await Promise.all(page.map((order) => exportedOrder(ctx, order)));
    return { orders, continueCursor, isDone };
  },
});

/** Records that the caller exports a buyer's data. Throws ConvexError `buyerMissing`. */
export const recordExport = internalMutation({
  args: buyerArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId, buyerName }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.buyerData.exportPage");
    requireBuyerKey(buyerName);
    await recordDeed(ctx, member, { action: "buyerDataExported", subject: { kind: "buyer" } });
    return null;
  },
});

/** A page of everything that is stored about a buyer: their orders. Throws ConvexError `buyerMissing`. */
export const exportPage = action({
  args: buyerArgs,
  returns: exportPageValidator,
  handler: async (ctx, args): Promise<Infer<typeof exportPageValidator>> => {
    await requireMemberInAction(ctx, args.businessAccountId, "orders.buyerData.exportPage");
    if (args.cursor === null) await ctx.runMutation(internal.orders.buyerData.recordExport, args);
    return await ctx.runQuery(internal.orders.buyerData.readPage, args);
  },
});

/**
 * Forgets a buyer in a page of their orders: name, addresses, remarks, messages, feedback and tracking numbers, for good. Call it until `isDone`.
 * `openOrders`: numbers of orders that keep their data because they are not closed. Throws ConvexError `buyerMissing`.
 */
export const erase = mutation({
  args: buyerArgs,
  returns: v.object({ erased: v.number(), openOrders: v.array(v.number()), ...pageFields }),
  handler: async (ctx, args) => {
    const member = await requireMember(ctx, args.businessAccountId, "orders.buyerData.erase");
    const { page, continueCursor, isDone } = await ordersOf(ctx, args).paginate({
      cursor: args.cursor,
      numItems: ERASE_PAGE_SIZE,
    });
    const now = Date.now();
    const openOrders: number[] = [];
    for (const order of page) {
      if (!(await eraseBuyerOf(ctx, order, now))) openOrders.push(order.orderNumber);
    }
    const erased = page.length - openOrders.length;
    if (erased > 0) {
      const deed = { action: "buyerDataErased" as const, subject: { kind: "buyer" as const } };
      await recordDeed(ctx, member, { ...deed, quantity: erased });
    }
    return { erased, openOrders, continueCursor, isDone };
  },
});
