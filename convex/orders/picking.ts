/** Picking, as packers do it: tick, report, undo. Everybody who looks at the order sees it at once. */
import { ConvexError, v } from "convex/values";
import { mutation, query } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { tabValidator } from "../marketplaces/bricklink/orderStatus";
import { findOrder, LINES_MAX } from "../marketplaces/bricklink/orderStore";
import {
  clearPutBack,
  pickLines,
  reportLoss,
  spareOf,
  takeLossBack,
} from "../marketplaces/bricklink/pickLines";
import { isPaid } from "./filters";
import { lineValidator, lineView } from "./lineView";

/** Ticks taken in one go: a bin, or an order. */
const LINES_AT_ONCE = 500;

/** Orders in one walk through the shelves; more do not fit a trolley. */
const ORDERS_IN_LIST = 30;

const lossReasonValidator = v.union(v.literal("missing"), v.literal("damaged"));

const businessArgs = { businessAccountId: v.id("businessAccounts") };
const lineArgs = { ...businessArgs, lineId: v.id("bricklinkOrderItems") };

/** Ticks lines, or takes their ticks back. Throws ConvexError `notFound`, `notOpen` or `tooMany`. */
export const setPicked = mutation({
  args: { ...businessArgs, lineIds: v.array(v.id("bricklinkOrderItems")), isPicked: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, lineIds, isPicked }) => {
    await requireMember(ctx, businessAccountId, "staff");
    if (lineIds.length > LINES_AT_ONCE) {
      throw new ConvexError({ code: "tooMany", message: `Tick ${LINES_AT_ONCE} lines at most in one go.` });
    }
    await pickLines(ctx, businessAccountId, lineIds, isPicked);
    return null;
  },
});

/** Reports pieces of a line missing or damaged. Throws ConvexError `badQuantity`, `unmatched`, `notFound` or `notOpen`. */
export const report = mutation({
  args: {
    ...lineArgs,
    quantity: v.number(),
    reason: lossReasonValidator,
  },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, lineId, quantity, reason }) => {
    const { userId } = await requireMember(ctx, businessAccountId, "staff");
    await reportLoss(ctx, businessAccountId, lineId, quantity, reason, userId);
    return null;
  },
});

/** Takes such a report back. Throws ConvexError `badQuantity`, `notFound` or `notOpen`. */
export const undoReport = mutation({
  args: { ...lineArgs, quantity: v.number(), reason: lossReasonValidator },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, lineId, quantity, reason }) => {
    const { userId } = await requireMember(ctx, businessAccountId, "staff");
    await takeLossBack(ctx, businessAccountId, lineId, quantity, reason, userId);
    return null;
  },
});

/** How many pieces a line's lot has to spare, beside those promised to orders; 0 when the line or its lot is gone. */
export const spare = query({
  args: lineArgs,
  returns: v.number(),
  handler: async (ctx, { businessAccountId, lineId }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const line = await ctx.db.get("bricklinkOrderItems", lineId);
    return line?.businessAccountId === businessAccountId ? await spareOf(ctx, line) : 0;
  },
});

/** Says that what the buyer no longer wants lies in its bin again. `place`: among the order's put-backs, from 0. */
export const putBackDone = mutation({
  args: { ...businessArgs, orderNumber: v.number(), place: v.number() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, orderNumber, place }) => {
    await requireMember(ctx, businessAccountId, "staff");
    const order = await findOrder(ctx, businessAccountId, orderNumber);
    if (order) await clearPutBack(ctx, businessAccountId, order, place);
    return null;
  },
});

/** The lines of several orders, for one walk. Orders that this store does not have are left out; 30 at most. */
export const list = query({
  args: { ...businessArgs, orderNumbers: v.array(v.number()) },
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
    const wanted = [...new Set(orderNumbers)].slice(0, ORDERS_IN_LIST);
    const orders = await Promise.all(wanted.map((number) => findOrder(ctx, businessAccountId, number)));
    return await Promise.all(
      orders
        .filter((order) => order !== null)
        .map(async (order) => {
          const { _id, orderNumber, buyerName = null, status, tab } = order;
          const lines = await ctx.db
            .query("bricklinkOrderItems")
            .withIndex("by_order", (q) => q.eq("orderId", _id))
            .take(Math.floor(LINES_MAX / ORDERS_IN_LIST) * 3);
          return { orderNumber, buyerName, status, tab, isPaid: isPaid(order), lines: lines.map(lineView) };
        }),
    );
  },
});
