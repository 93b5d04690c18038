/**
 * The boundary: BrickLink's JSON in, our types out, once. Loose where BrickLink is loose (nulls are left out or
 * sent, unknown fields come along, numbers arrive as strings), exact in what it returns.
 */
import { decodeHTML } from "entities";
import { z } from "zod";
import { parseMoney } from "./money";
import { present } from "./present";
import type { EventType } from "./schema";
import { isObject, unknownFieldsOf } from "./unknownFields";
import type { Cost, LineSnapshot, OrderSnapshot, OrderSummary } from "./snapshot";

/** Numbers that BrickLink documents as strings or sends as such now and then. */
const integer = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .pipe(z.number().int().refine(Number.isSafeInteger, "too large to be exact"));
const quantity = integer.pipe(z.number().min(0));
const identifier = integer.pipe(z.number().positive());

const instant = z
  .string()
  .transform((text) => Date.parse(text))
  .pipe(z.number({ error: "not an ISO 8601 time" }));

const money = z.union([z.string(), z.number().transform(String)]).transform((text, context) => {
  const amount = parseMoney(text);
  if (amount === undefined) context.addIssue({ code: "custom", message: "not an amount with four decimals" });
  return amount ?? z.NEVER;
});

/** Names and remarks arrive with HTML entities, inconsistently even within one answer. Decoded once, here. */
const text = z.string().transform((raw) => decodeHTML(raw));

/** BrickLink leaves null fields out; some clients report nulls. Either way: absent. */
function maybe<Output>(schema: z.ZodType<Output>) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** A detail no order may fail over: when it cannot be read it counts as absent. */
function lenient<Output>(schema: z.ZodType<Output>) {
  return maybe(schema).catch(undefined);
}

/** meta.code is a number live and a string in the documentation's example. */
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

export type NotificationEvent = { eventType: EventType; resourceId: number; occurredAt: number };

/** One push notification. Time must name its zone: without one, ISO 8601 means local time. */
export const notificationEvent: z.ZodType<NotificationEvent> = z
  .object({
    event_type: z.enum(["Order", "Message", "Feedback"]),
    resource_id: z.number().int().positive(),
    timestamp: z.iso.datetime({ offset: true }),
  })
  .transform(({ event_type, resource_id, timestamp }) => ({
    eventType: event_type,
    resourceId: resource_id,
    occurredAt: Date.parse(timestamp),
  }));

export const orderSummary = z
  .object({
    order_id: identifier,
    status: z.string().min(1),
    date_ordered: instant,
    date_status_changed: lenient(instant),
  })
  .transform((sent): OrderSummary =>
    present({
      orderNumber: sent.order_id,
      status: sent.status.toUpperCase(),
      orderedAt: sent.date_ordered,
      statusChangedAt: sent.date_status_changed,
    }),
  );

const costFields = {
  currency_code: z.string().min(1),
  subtotal: money,
  grand_total: lenient(money),
  // The documentation's spelling; live it is grand_total.
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
  present({
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
  present({
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
  present({
    method: sent.method,
    status: sent.status,
    currency: sent.currency_code,
    paidAt: sent.date_paid,
  }),
);

const shippingFields = {
  method: lenient(text),
  tracking_no: lenient(z.string()),
  tracking_link: lenient(z.string()),
  date_shipped: lenient(instant),
  address: lenient(address),
};

const shipping = z.object(shippingFields).transform((sent) =>
  present({
    method: sent.method,
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

/** Sent with every order and of no use to the store: it knows its own name. */
const namesOfTheSeller = ["seller_name", "store_name"];

/** What we know of an order, at each path where BrickLink may send more. */
const knownAt = {
  "": [...Object.keys(orderFields), ...namesOfTheSeller],
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

export const orderDetail = z.preprocess(withUnknownFields, order).transform((sent): OrderSnapshot =>
  present({
    orderNumber: sent.order_id,
    status: sent.status.toUpperCase(),
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
    payment: sent.payment ?? {},
    shipping: sent.shipping ?? {},
    cost: sent.cost,
    displayCost: sent.disp_cost,
    unknownFieldsJson: sent.unknownFieldsJson,
  }),
);

const conditionWords = { N: "new", U: "used" } as const;
const condition = z.enum(["N", "U"]).transform((sent) => conditionWords[sent]);

const completenessWords = { C: "complete", B: "incomplete", S: "sealed" } as const;
const completeness = z.enum(["C", "B", "S"]).transform((sent) => completenessWords[sent]);

/** What an order's line and a lot of the inventory say alike. */
const goodsFields = {
  inventory_id: identifier,
  item: z.object({ no: z.string().min(1), name: lenient(text), type: z.string().min(1) }),
  color_id: integer,
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
    // Only sets have one (API manual, "Order item"); a client was seen to send it for parts.
    completeness: sent.item.type.toUpperCase() === "SET" ? sent.completeness : undefined,
    location: (sent.remarks ?? "").trim(),
    lotId: sent.inventory_id,
    quantity: sent.quantity,
  };
}

const orderItem = z
  .object({
    ...goodsFields,
    unit_price: money,
    unit_price_final: lenient(money),
    currency_code: lenient(z.string()),
  })
  .transform((sent) =>
    present({
      ...goods(sent),
      unitPrice: sent.unit_price_final ?? sent.unit_price,
      currency: sent.currency_code,
      description: sent.description,
    }),
  );

type UnplacedLine = z.output<typeof orderItem>;

/** BrickLink's order within a batch is not stable, so equals are told apart by what they are, not where they stood. */
function compareEquals(a: UnplacedLine, b: UnplacedLine): number {
  if (a.unitPrice !== b.unitPrice) return a.unitPrice < b.unitPrice ? -1 : 1;
  return a.quantity - b.quantity || (a.location < b.location ? -1 : a.location > b.location ? 1 : 0);
}

function placed(batch: UnplacedLine[], batchIndex: number): LineSnapshot[] {
  const seen = new Map<number, number>();
  return [...batch].sort(compareEquals).map((line) => {
    const place = seen.get(line.lotId) ?? 0;
    seen.set(line.lotId, place + 1);
    return { ...line, batch: batchIndex, place };
  });
}

/** The lines of an order: a list of batches, in the order in which the buyer added them (help 62), each a list. */
export const orderItems = z
  .array(z.array(orderItem))
  .transform((batches): LineSnapshot[] => batches.flatMap(placed));

export const inventoryLot = z.object(goodsFields).transform((sent) => present(goods(sent)));
export type InventoryLot = z.output<typeof inventoryLot>;
