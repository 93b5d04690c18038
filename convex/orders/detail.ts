/** One order, whole: what the drawer shows. A person's address and e-mail only to those who send parcels. */
import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { query } from "../_generated/server";
import { requireMember, roleAllows } from "../accounts/access";
import { completenessValidator, conditionValidator } from "../inventory/schema";
import { findOrder, LINES_MAX } from "../marketplaces/bricklink/orderStore";
import { matchKindValidator, pickStatusValidator, putBackValidator } from "../marketplaces/bricklink/schema";
import { addressValidator, costValidator, moneyValidator } from "../marketplaces/bricklink/snapshot";
import { historyOf, historyValidator } from "./history";
import { orderRow, orderRowFields } from "./table";

const lineValidator = v.object({
  lineId: v.id("bricklinkOrderItems"),
  batch: v.number(),
  lotId: v.number(),
  itemType: v.string(),
  partNumber: v.string(),
  itemName: v.string(),
  colorId: v.number(),
  colorName: v.union(v.string(), v.null()),
  condition: conditionValidator,
  completeness: v.union(completenessValidator, v.null()),
  quantity: v.number(),
  unitPrice: moneyValidator,
  currency: v.union(v.string(), v.null()),
  description: v.union(v.string(), v.null()),
  remarks: v.string(),
  location: v.string(),
  matchedBy: matchKindValidator,
  reservedQuantity: v.number(),
  shortQuantity: v.number(),
  fulfilledQuantity: v.number(),
  shippedWithoutStock: v.number(),
  pickStatus: pickStatusValidator,
  pickedQuantity: v.number(),
});
type LineView = Infer<typeof lineValidator>;

function lineView(line: Doc<"bricklinkOrderItems">): LineView {
  return {
    lineId: line._id,
    batch: line.batch,
    lotId: line.lotId,
    itemType: line.itemType,
    partNumber: line.partNumber,
    itemName: line.itemName,
    colorId: line.colorId,
    colorName: line.colorName ?? null,
    condition: line.condition,
    completeness: line.completeness ?? null,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    currency: line.currency ?? null,
    description: line.description ?? null,
    remarks: line.remarks,
    location: line.location,
    matchedBy: line.matchedBy,
    reservedQuantity: line.reservedQuantity,
    shortQuantity: line.shortQuantity,
    fulfilledQuantity: line.fulfilledQuantity,
    shippedWithoutStock: line.shippedWithoutStock,
    pickStatus: line.pickStatus,
    pickedQuantity: line.pickedQuantity,
  };
}

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
