/**
 * An order as its marketplace described it at one moment, in our types. Arguments, columns of the tables and TypeScript
 * types all come from these validators. Everything that a marketplace may omit is optional. All `…At` fields are
 * milliseconds since the epoch, UTC; quantities are whole pieces.
 */
import { v, type Infer } from "convex/values";
import { lotAttributesValidator } from "../inventory/schema";
import { tabValidator } from "./tabs";

/** Ten-thousandths of the currency's unit, so that arithmetic is exact. */
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
  /** The marketplace's own id of the method. */
  methodId: v.optional(v.number()),
  trackingNumber: v.optional(v.string()),
  trackingLink: v.optional(v.string()),
  shippedAt: v.optional(v.number()),
  address: v.optional(addressValidator),
});

export const orderSnapshotValidator = v.object({
  /** The number by which the marketplace, its sellers and buyers know the order. */
  orderNumber: v.number(),
  /** The marketplace's own word for the order's state. */
  status: v.string(),
  /** What that status means for staff and for stock. */
  tab: tabValidator,
  /** Whether the payment has arrived. */
  isPaid: v.boolean(),
  /** Whether the parcel is packed and not sent. Absent on orders stored before it was known. */
  isPacked: v.optional(v.boolean()),
  /** Changes when a buyer adds to the order (BrickLink help 62), so it is never a key. */
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
  /** Fields that the adapter does not know, as the marketplace sent them: a JSON object. */
  unknownFieldsJson: v.optional(v.string()),
});
export type OrderSnapshot = Infer<typeof orderSnapshotValidator>;

export const lineSnapshotValidator = v.object({
  ...lotAttributesValidator.fields,
  /** Which of the buyer's additions the line belongs to, from 0. The same lot may be in two. */
  batch: v.number(),
  /** The marketplace's id of the lot. */
  lotId: v.number(),
  /** Position among lines of the same lot in the same batch, from 0. */
  place: v.number(),
  itemName: v.string(),
  colorName: v.optional(v.string()),
  quantity: v.number(),
  /** After tier price and sale. 0 when `unreadFields` has it. */
  unitPrice: moneyValidator,
  /** Fields that could not be read and have a stand-in. Absent when all could. */
  unreadFields: v.optional(v.array(v.string())),
  currency: v.optional(v.string()),
  /** The lot's public text. */
  description: v.optional(v.string()),
});
export type LineSnapshot = Infer<typeof lineSnapshotValidator>;
