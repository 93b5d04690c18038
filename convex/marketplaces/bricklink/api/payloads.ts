/**
 * The boundary: BrickLink's JSON becomes our types here, once. It accepts what BrickLink sends (fields left out or null,
 * unknown fields, numbers as strings) and returns exact types.
 */
import { z } from "zod";
import { omitUndefined } from "../../../lib/collections";
import type { Cost, LineSnapshot, OrderSnapshot } from "../../../orders/snapshot";
import { code, identifier, instant, integer, lenient, money, quantity, text } from "./fields";
import { tabOf, type OrderSummary } from "./orderStatus";
import { isPaid } from "./payment";
import { isObject, unknownFieldsOf } from "./unknownFields";

/** Every answer's frame. meta.code is a number live, and a string in the documentation's example. */
export const envelope = z.object({
  meta: z.object({
    code: z.union([
      z.number(),
      z
        .string()
        .regex(/^\d{3}$/)
        .transform(Number),
    ]),
    message: z
      .string()
      .nullish()
      .transform((value) => value ?? ""),
    description: z
      .string()
      .nullish()
      .transform((value) => value ?? ""),
  }),
  data: z.unknown().optional(),
});

export const orderSummary = z
  .object({
    order_id: identifier,
    status: z.string().min(1),
    date_ordered: instant,
    date_status_changed: lenient(instant),
  })
  .transform((sent): OrderSummary =>
    omitUndefined({
      orderNumber: sent.order_id,
      status: sent.status.toUpperCase(),
      orderedAt: sent.date_ordered,
      statusChangedAt: sent.date_status_changed,
    }),
  );

/** The number of an entry in the list of orders that cannot be read otherwise; undefined when it cannot be either. */
export function orderNumberOf(sent: unknown): number | undefined {
  return isObject(sent) ? identifier.safeParse(sent.order_id).data : undefined;
}

/** As `orderNumberOf`, for an entry in the list of lots. */
export function lotIdOf(sent: unknown): number | undefined {
  return isObject(sent) ? identifier.safeParse(sent.inventory_id).data : undefined;
}

const costFields = {
  currency_code: z.string().min(1),
  subtotal: money,
  grand_total: lenient(money),
  // Documented as grandtotal, sent as grand_total.
  grandtotal: lenient(money),
  final_total: lenient(money),
  shipping: lenient(money),
  insurance: lenient(money),
  credit: lenient(money),
  coupon: lenient(money),
  etc1: lenient(money),
  etc2: lenient(money),
  vat_amount: lenient(money),
  salesTax_collected_by_BL: lenient(money),
};

const cost = z.object(costFields).transform((sent): Cost =>
  omitUndefined({
    currency: sent.currency_code,
    subtotal: sent.subtotal,
    grandTotal: sent.grand_total ?? sent.grandtotal ?? sent.subtotal,
    finalTotal: sent.final_total,
    shipping: sent.shipping,
    insurance: sent.insurance,
    credit: sent.credit,
    coupon: sent.coupon,
    additionalCharge1: sent.etc1,
    additionalCharge2: sent.etc2,
    vatAmount: sent.vat_amount,
    salesTax: sent.salesTax_collected_by_BL,
  }),
);

const addressFields = {
  name: lenient(z.object({ full: lenient(text) })),
  full: lenient(text),
  address1: lenient(text),
  address2: lenient(text),
  city: lenient(text),
  state: lenient(text),
  postal_code: lenient(text),
  country_code: lenient(text),
  phone_number: lenient(text),
};

const address = z.object(addressFields).transform((sent) =>
  omitUndefined({
    name: sent.name?.full,
    full: sent.full,
    address1: sent.address1,
    address2: sent.address2,
    city: sent.city,
    state: sent.state,
    postalCode: sent.postal_code,
    countryCode: sent.country_code,
    phoneNumber: sent.phone_number,
  }),
);

const paymentFields = {
  method: lenient(text),
  status: lenient(z.string()),
  currency_code: lenient(z.string()),
  date_paid: lenient(instant),
};

const payment = z.object(paymentFields).transform((sent) =>
  omitUndefined({
    method: sent.method,
    status: sent.status,
    currency: sent.currency_code,
    paidAt: sent.date_paid,
  }),
);

const shippingFields = {
  method: lenient(text),
  method_id: lenient(identifier),
  tracking_no: lenient(z.string()),
  tracking_link: lenient(z.string()),
  date_shipped: lenient(instant),
  address: lenient(address),
};

const shipping = z.object(shippingFields).transform((sent) =>
  omitUndefined({
    method: sent.method,
    methodId: sent.method_id,
    trackingNumber: sent.tracking_no,
    trackingLink: sent.tracking_link,
    shippedAt: sent.date_shipped,
    address: sent.address,
  }),
);

const orderFields = {
  order_id: identifier,
  status: z.string().min(1),
  date_ordered: instant,
  date_status_changed: lenient(instant),
  buyer_name: lenient(text),
  buyer_email: lenient(z.string()),
  buyer_order_count: lenient(integer),
  total_count: quantity,
  unique_count: quantity,
  is_filed: lenient(z.boolean()),
  is_invoiced: lenient(z.boolean()),
  require_insurance: lenient(z.boolean()),
  drive_thru_sent: lenient(z.boolean()),
  total_weight: lenient(z.string()),
  remarks: lenient(text),
  payment: lenient(payment),
  shipping: lenient(shipping),
  cost,
  disp_cost: lenient(cost),
};

/** Sent with every order and not stored: a store knows its own name. */
const ignoredFields = ["seller_name", "store_name"];

/** The known fields of an order by the path of the object that has them; others are stored as unknown fields. */
const knownAt = {
  "": [...Object.keys(orderFields), ...ignoredFields],
  cost: Object.keys(costFields),
  disp_cost: Object.keys(costFields),
  payment: Object.keys(paymentFields),
  shipping: Object.keys(shippingFields),
  "shipping.address": Object.keys(addressFields),
};

const order = z.object({ ...orderFields, unknownFieldsJson: z.string().optional() });

function withUnknownFields(sent: unknown): unknown {
  return isObject(sent) ? { ...sent, unknownFieldsJson: unknownFieldsOf(sent, knownAt) } : sent;
}

export const orderDetail = z.preprocess(withUnknownFields, order).transform((sent): OrderSnapshot => {
  const status = sent.status.toUpperCase();
  const paid = sent.payment ?? {};
  return omitUndefined({
    orderNumber: sent.order_id,
    status,
    tab: tabOf(status),
    isPaid: isPaid({ status, payment: paid }),
    isPacked: status === "PACKED",
    orderedAt: sent.date_ordered,
    statusChangedAt: sent.date_status_changed,
    buyerName: sent.buyer_name,
    buyerEmail: sent.buyer_email,
    buyerOrderCount: sent.buyer_order_count,
    pieceCount: sent.total_count,
    lotCount: sent.unique_count,
    isFiled: sent.is_filed,
    isInvoiced: sent.is_invoiced,
    isInsuranceRequired: sent.require_insurance,
    isDriveThruSent: sent.drive_thru_sent,
    totalWeight: sent.total_weight,
    remarks: sent.remarks,
    payment: paid,
    shipping: sent.shipping ?? {},
    cost: sent.cost,
    displayCost: sent.disp_cost,
    unknownFieldsJson: sent.unknownFieldsJson,
  });
});

const conditions = { N: "new", U: "used" } as const;
const condition = lenient(z.enum(["N", "U"]).transform((sent) => conditions[sent])).transform(
  (known) => known ?? ("unknown" as const),
);

const completenessValues = { C: "complete", B: "incomplete", S: "sealed" } as const;
const completeness = z.enum(["C", "B", "S"]).transform((sent) => completenessValues[sent]);

/** The fields that an order line and a lot of the inventory share. */
const goodsFields = {
  inventory_id: identifier,
  item: z.object({ no: code, name: lenient(text), type: z.string().min(1) }),
  // 0 is BrickLink's "(Not Applicable)": some goods have no colour.
  color_id: integer.nullish().transform((sent) => sent ?? 0),
  color_name: lenient(text),
  quantity,
  new_or_used: condition,
  completeness: lenient(completeness),
  remarks: lenient(text),
  description: lenient(text),
};

type SentGoods = z.output<z.ZodObject<typeof goodsFields>>;

function goods(sent: SentGoods) {
  return {
    itemType: sent.item.type.toUpperCase(),
    partNumber: sent.item.no,
    itemName: sent.item.name ?? sent.item.no,
    colorId: sent.color_id,
    colorName: sent.color_name,
    condition: sent.new_or_used,
    // Only sets have it (API manual, "Order item"), though it was seen for parts.
    completeness: sent.item.type.toUpperCase() === "SET" ? sent.completeness : undefined,
    location: (sent.remarks ?? "").trim(),
    lotId: sent.inventory_id,
    quantity: sent.quantity,
  };
}

/** A price is not needed to pick and pack, so that a line without one is kept, and says so. */
function unitPriceOf(sent: bigint | undefined) {
  return sent === undefined ? { unitPrice: 0n, unreadFields: ["unitPrice"] } : { unitPrice: sent };
}

const orderItem = z
  .object({
    ...goodsFields,
    unit_price: lenient(money),
    unit_price_final: lenient(money),
    currency_code: lenient(z.string()),
  })
  .transform((sent) =>
    omitUndefined({
      ...goods(sent),
      ...unitPriceOf(sent.unit_price_final ?? sent.unit_price),
      currency: sent.currency_code,
      description: sent.description,
    }),
  );

type LineWithoutPlace = z.output<typeof orderItem>;

/** BrickLink's order within a batch is not stable, so lines of one lot are sorted by their content. */
function compareLinesOfLot(a: LineWithoutPlace, b: LineWithoutPlace): number {
  if (a.unitPrice !== b.unitPrice) return a.unitPrice < b.unitPrice ? -1 : 1;
  return a.quantity - b.quantity || (a.location < b.location ? -1 : a.location > b.location ? 1 : 0);
}

function withPlaces(batch: LineWithoutPlace[], batchIndex: number): LineSnapshot[] {
  const seen = new Map<number, number>();
  return [...batch].sort(compareLinesOfLot).map((line) => {
    const place = seen.get(line.lotId) ?? 0;
    seen.set(line.lotId, place + 1);
    return { ...line, batch: batchIndex, place };
  });
}

/** The lines of an order: a list of batches, each a list, in the order in which the buyer added them (help 62). */
export const orderItems = z
  .array(z.array(orderItem))
  .transform((batches): LineSnapshot[] => batches.flatMap(withPlaces));

export const inventoryLot = z.object(goodsFields).transform((sent) => omitUndefined(goods(sent)));
export type InventoryLot = z.output<typeof inventoryLot>;

/** A way of shipping that a seller offers. Fields as in BricklinkSharp, `ShippingMethod.cs`. */
export const shippingMethod = z
  .object({ method_id: identifier, name: text, is_available: lenient(z.boolean()) })
  .transform(({ method_id, name, is_available }) => ({
    methodId: method_id,
    name,
    isAvailable: is_available ?? true,
  }));
export type ShippingMethod = z.output<typeof shippingMethod>;
