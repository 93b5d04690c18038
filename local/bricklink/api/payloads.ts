/** The model in BrickLink's JSON: money as strings with four decimals, absent values omitted. */
import type { Feedback } from "../store/feedback";
import type { Lot, Order, OrderLine, StoreState } from "../store/model";
import { shippingMethodIdOf, type ShippingMethod } from "../store/shippingMethods";

/** Formats whole ten-thousandths: 131210 as "13.1210". */
export function money(amount: number): string {
  const digits = String(Math.abs(amount)).padStart(5, "0");
  return `${amount < 0 ? "-" : ""}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function itemFields(line: OrderLine | Lot) {
  return {
    inventory_id: line.inventoryId,
    item: { no: line.no, name: line.name, type: line.type, category_id: line.categoryId },
    color_id: line.colorId,
    color_name: line.colorName,
    quantity: line.quantity,
    new_or_used: line.newOrUsed,
    ...(line.completeness !== null && { completeness: line.completeness }),
    unit_price: money(line.unitPrice),
    description: line.description,
    remarks: line.remarks,
  };
}

export function lotBody(lot: Lot) {
  return {
    ...itemFields(lot),
    bind_id: 0,
    bulk: 1,
    is_retain: lot.isRetain,
    is_stock_room: lot.stockRoom !== null,
    ...(lot.stockRoom !== null && { stock_room_id: lot.stockRoom }),
    date_created: lot.dateCreated,
    my_cost: "0.0000",
    sale_rate: 0,
    tier_quantity1: 0,
    tier_price1: "0.0000",
    tier_quantity2: 0,
    tier_price2: "0.0000",
    tier_quantity3: 0,
    tier_price3: "0.0000",
    my_weight: "0.0000",
  };
}

export function itemsBody(order: Order, { currency }: StoreState) {
  return order.batches.map((batch) =>
    batch.map((line) => ({
      ...itemFields(line),
      unit_price_final: money(line.unitPrice),
      disp_unit_price: money(line.unitPrice),
      disp_unit_price_final: money(line.unitPrice),
      currency_code: currency,
      disp_currency_code: order.buyer.currency,
      order_cost: "0.0000",
      weight: "0.00",
    })),
  );
}

function totals(order: Order, currency: string) {
  const lines = order.batches.flat();
  const subtotal = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
  const { credit, insurance, etc1, etc2 } = order.charges;
  return {
    lines,
    cost: {
      currency_code: currency,
      subtotal: money(subtotal),
      grand_total: money(subtotal + order.shippingCost + insurance + etc1 + etc2 - credit),
    },
  };
}

/** An entry of the order list, which has no e-mail address, postal address or remarks. */
export function summaryBody(order: Order, { name, currency }: StoreState) {
  const { lines, cost } = totals(order, currency);
  return {
    order_id: order.id,
    date_ordered: iso(order.orderedAt),
    date_status_changed: iso(order.statusChangedAt),
    seller_name: name,
    store_name: name,
    buyer_name: order.buyer.username,
    status: order.status,
    total_count: lines.reduce((sum, line) => sum + line.quantity, 0),
    unique_count: new Set(lines.map((line) => line.inventoryId)).size,
    is_filed: order.isFiled,
    payment: {
      method: order.paymentMethod,
      currency_code: order.buyer.currency,
      status: order.paymentStatus,
      ...(order.paidAt !== null && { date_paid: iso(order.paidAt) }),
    },
    cost,
    disp_cost: { ...cost, currency_code: order.buyer.currency },
  };
}

export function orderBody(order: Order, state: StoreState) {
  const summary = summaryBody(order, state);
  const { buyer, charges, shipment } = order;
  const extras = {
    etc1: money(charges.etc1),
    etc2: money(charges.etc2),
    insurance: money(charges.insurance),
    shipping: money(order.shippingCost),
    credit: money(charges.credit),
    coupon: "0.0000",
    vat_rate: "0.00",
    vat_amount: "0.0000",
  };
  return {
    ...summary,
    buyer_email: `${buyer.username}@example.com`,
    buyer_order_count: 1 + (order.id % 7),
    require_insurance: false,
    is_invoiced: order.isInvoiced,
    drive_thru_sent: order.isDriveThruSent,
    salesTax_collected_by_bl: false,
    ...(order.remarks !== null && { remarks: order.remarks }),
    total_weight: "0.00",
    shipping: {
      method: order.shippingMethod,
      method_id: shippingMethodIdOf(order.shippingMethod),
      ...(shipment.trackingNumber !== null && { tracking_no: shipment.trackingNumber }),
      ...(shipment.trackingLink !== null && { tracking_link: shipment.trackingLink }),
      ...(shipment.shippedAt !== null && { date_shipped: iso(shipment.shippedAt) }),
      address: {
        name: { full: buyer.fullName },
        full: `${buyer.fullName}\n${buyer.address1}\n${buyer.postalCode} ${buyer.city}`,
        address1: buyer.address1,
        city: buyer.city,
        postal_code: buyer.postalCode,
        country_code: buyer.countryCode,
        phone_number: buyer.phoneNumber,
      },
    },
    cost: { ...summary.cost, ...extras },
    disp_cost: { ...summary.disp_cost, ...extras },
  };
}

/** The date is `dateSent`, unlike every other field of the API (API manual, "Order Message"). */
export function messagesBody({ messages, buyer }: Order, { name }: StoreState) {
  return messages.map(({ subject, body, sentAt }) => ({
    subject,
    body,
    from: buyer.username,
    to: name,
    dateSent: iso(sentAt),
  }));
}

/** `rating_of_bs`: "S" is about the seller, "B" about the buyer (API manual, "Feedback"). */
export function feedbackBody({ id, buyer }: Order, feedback: Feedback, { name }: StoreState) {
  const isAboutSeller = feedback.about === "seller";
  return {
    feedback_id: feedback.id,
    order_id: id,
    from: isAboutSeller ? buyer.username : name,
    to: isAboutSeller ? name : buyer.username,
    date_rated: iso(feedback.ratedAt),
    rating: feedback.rating,
    rating_of_bs: isAboutSeller ? "S" : "B",
    comment: feedback.comment,
    ...(feedback.reply !== null && { reply: feedback.reply }),
  };
}

/** Fields as in BricklinkSharp, `ShippingMethod.cs`. */
export function shippingMethodBody({ id, name, isAvailable }: ShippingMethod) {
  return {
    method_id: id,
    name,
    note: "",
    insurance: false,
    is_default: false,
    area: "B",
    is_available: isAvailable,
  };
}
