/** What packing slips and address labels say of several orders. Addresses only for staff and owners; no prices. */
import { v, type Infer } from "convex/values";
import { query } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { isPermitted } from "../accounts/permissions";
import { lineValidator, lineViews } from "./lineView";
import { readOrdersWithLines } from "./ordersWithLines";
import { addressValidator } from "./snapshot";
import { tabValidator } from "./tabs";

const parcelLineValidator = lineValidator.pick(
  "lineId",
  "batch",
  "partNumber",
  "itemName",
  "colorId",
  "colorName",
  "condition",
  "completeness",
  "location",
  "quantity",
  "matchedBy",
  "shortQuantity",
  "pickStatus",
  "pickedQuantity",
);

const parcelValidator = v.object({
  orderNumber: v.number(),
  orderedAt: v.number(),
  status: v.string(),
  tab: tabValidator,
  buyerName: v.union(v.string(), v.null()),
  shippingMethod: v.union(v.string(), v.null()),
  /** Null for viewers too. */
  address: v.union(addressValidator.omit("phoneNumber"), v.null()),
  lines: v.array(parcelLineValidator),
});

function parcelLine(view: Infer<typeof lineValidator>): Infer<typeof parcelLineValidator> {
  return {
    lineId: view.lineId,
    batch: view.batch,
    partNumber: view.partNumber,
    itemName: view.itemName,
    colorId: view.colorId,
    colorName: view.colorName,
    condition: view.condition,
    completeness: view.completeness,
    location: view.location,
    quantity: view.quantity,
    matchedBy: view.matchedBy,
    shortQuantity: view.shortQuantity,
    pickStatus: view.pickStatus,
    pickedQuantity: view.pickedQuantity,
  };
}

/** Nobody needs a telephone number on paper. */
function withoutPhone({ phoneNumber: _phone, ...address }: Infer<typeof addressValidator>) {
  return address;
}

/**
 * Orders with all their lines, in the order of their numbers. An order is there whole or not at all: `leftOut` has the numbers
 * of those for which there is no room. Numbers that this store does not have are in neither.
 */
export const get = query({
  args: { businessAccountId: v.id("businessAccounts"), orderNumbers: v.array(v.number()) },
  returns: v.object({ orders: v.array(parcelValidator), leftOut: v.array(v.number()) }),
  handler: async (ctx, { businessAccountId, orderNumbers }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.parcels.get");
    const seesAddresses = isPermitted(member.role, "orders.detail.buyer");
    const { orders, leftOut } = await readOrdersWithLines(ctx, businessAccountId, orderNumbers);
    const parcels: Infer<typeof parcelValidator>[] = [];
    for (const { order, lines } of orders) {
      parcels.push({
        orderNumber: order.orderNumber,
        orderedAt: order.orderedAt,
        status: order.status,
        tab: order.tab,
        buyerName: order.buyerName ?? null,
        shippingMethod: order.shipping.method ?? null,
        address: seesAddresses && order.shipping.address ? withoutPhone(order.shipping.address) : null,
        lines: (await lineViews(ctx, lines, member.userId)).map(parcelLine),
      });
    }
    return { orders: parcels, leftOut };
  },
});
