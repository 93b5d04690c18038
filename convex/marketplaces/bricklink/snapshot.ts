/**
 * An order as BrickLink described it at one moment, in our types. One validator a concept: arguments of upsertOrder,
 * columns of the tables and TypeScript types all come from here. Everything BrickLink may omit is optional.
 */
import { v, type Infer } from "convex/values";
import { lotAttributesValidator } from "../../inventory/schema";

/** Ten-thousandths of the currency's unit; see money.ts. */
export const moneyValidator = v.int64();

export const costValidator = v.object({
  currency: v.string(),
  subtotal: moneyValidator,
  grandTotal: moneyValidator,
  finalTotal: v.optional(moneyValidator),
  shipping: v.optional(moneyValidator),
  insurance: v.optional(moneyValidator),
  credit: v.optional(moneyValidator),
  coupon: v.optional(moneyValidator),
  additionalCharge1: v.optional(moneyValidator),
  additionalCharge2: v.optional(moneyValidator),
  vatAmount: v.optional(moneyValidator),
  salesTax: v.optional(moneyValidator),
});
export type Cost = Infer<typeof costValidator>;

const paymentValidator = v.object({
  method: v.optional(v.string()),
  status: v.optional(v.string()),
  currency: v.optional(v.string()),
  paidAt: v.optional(v.number()),
});

export const addressValidator = v.object({
  name: v.optional(v.string()),
  full: v.optional(v.string()),
  address1: v.optional(v.string()),
  address2: v.optional(v.string()),
  city: v.optional(v.string()),
  state: v.optional(v.string()),
  postalCode: v.optional(v.string()),
  countryCode: v.optional(v.string()),
  phoneNumber: v.optional(v.string()),
});

const shippingValidator = v.object({
  method: v.optional(v.string()),
  trackingNumber: v.optional(v.string()),
  trackingLink: v.optional(v.string()),
  shippedAt: v.optional(v.number()),
  address: v.optional(addressValidator),
});

export const orderSnapshotValidator = v.object({
  /** BrickLink's order id: what sellers call the order number. */
  orderNumber: v.number(),
  status: v.string(),
  /** Moves when a buyer adds to the order (help 62): never a key. */
  orderedAt: v.number(),
  statusChangedAt: v.optional(v.number()),
  buyerName: v.optional(v.string()),
  buyerEmail: v.optional(v.string()),
  buyerOrderCount: v.optional(v.number()),
  pieceCount: v.number(),
  lotCount: v.number(),
  isFiled: v.optional(v.boolean()),
  isInvoiced: v.optional(v.boolean()),
  isInsuranceRequired: v.optional(v.boolean()),
  isDriveThruSent: v.optional(v.boolean()),
  /** Grams, as a decimal string. */
  totalWeight: v.optional(v.string()),
  remarks: v.optional(v.string()),
  payment: paymentValidator,
  shipping: shippingValidator,
  cost: costValidator,
  displayCost: v.optional(costValidator),
  /** Fields we do not know, as BrickLink sent them: a JSON object. */
  unknownFieldsJson: v.optional(v.string()),
});
export type OrderSnapshot = Infer<typeof orderSnapshotValidator>;

export const lineSnapshotValidator = v.object({
  ...lotAttributesValidator.fields,
  /** Which addition of the buyer's the line came in, from 0. The same lot may be in two. */
  batch: v.number(),
  /** BrickLink's inventory id of the lot. */
  lotId: v.number(),
  /** Place among lines of the same lot in the same batch, from 0. */
  place: v.number(),
  itemName: v.string(),
  colorName: v.optional(v.string()),
  quantity: v.number(),
  /** After tier price and sale. */
  unitPrice: moneyValidator,
  currency: v.optional(v.string()),
  /** The lot's public text. */
  description: v.optional(v.string()),
});
export type LineSnapshot = Infer<typeof lineSnapshotValidator>;

/** What BrickLink's list of orders tells of one: enough to see whether ours is up to date. */
export const orderSummaryValidator = v.object({
  orderNumber: v.number(),
  status: v.string(),
  orderedAt: v.number(),
  statusChangedAt: v.optional(v.number()),
});
export type OrderSummary = Infer<typeof orderSummaryValidator>;
