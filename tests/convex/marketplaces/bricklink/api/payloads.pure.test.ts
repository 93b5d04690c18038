import { expect, it } from "vitest";
import {
  envelope,
  lotIdOf,
  orderDetail,
  orderItems,
  orderNumberOf,
  orderSummary,
} from "../../../../../convex/marketplaces/bricklink/api/payloads";
import items from "../../../../fixtures/bricklink/items.json";
import order from "../../../../fixtures/bricklink/order.json";

it("an order is parsed to exact amounts and times, with HTML entities decoded and unknown fields retained", () => {
  expect(orderDetail.parse(order)).toEqual({
    orderNumber: 28_400_112,
    status: "PAID",
    tab: "toPack",
    isPacked: false,
    isPaid: true,
    orderedAt: Date.parse("2026-11-02T17:59:06.373Z"),
    statusChangedAt: Date.parse("2026-11-03T01:26:55.467Z"),
    buyerName: "ann's bricks",
    buyerEmail: "ann@example.com",
    buyerOrderCount: 2,
    pieceCount: 7,
    lotCount: 2,
    isFiled: false,
    isInvoiced: true,
    isInsuranceRequired: false,
    isDriveThruSent: true,
    totalWeight: "1.03",
    remarks: "please (no) plastic",
    payment: {
      method: "PayPal.com",
      status: "Sent",
      currency: "EUR",
      paidAt: Date.parse("2026-11-03T01:29:28.147Z"),
    },
    shipping: {
      method: "PostBox",
      methodId: 17_862,
      address: { name: "Ann & Co", full: "1 Plate Lane", countryCode: "UK" },
    },
    cost: {
      currency: "EUR",
      subtotal: 101_210n,
      grandTotal: 131_210n,
      shipping: 30_000n,
      insurance: 0n,
      credit: 0n,
      coupon: 0n,
      additionalCharge1: 0n,
      additionalCharge2: 0n,
      vatAmount: 20_949n,
    },
    unknownFieldsJson: '{"vat_collected_by_bl":false,"cost.vat_rate":"19.00"}',
  });
});

it("an order without any of the fields that BrickLink may omit is parsed", () => {
  const smallest = {
    order_id: "12",
    status: "ON_THE_MOON",
    date_ordered: order.date_ordered,
    total_count: 1,
    unique_count: "1",
    buyer_name: null,
    cost: { currency_code: "EUR", subtotal: "1.0000", grandtotal: "2.0000" },
  };
  expect(orderDetail.parse(smallest)).toMatchObject({
    orderNumber: 12,
    payment: {},
    shipping: {},
    cost: { grandTotal: 20_000n },
  });
});

it("an unreadable date is left out of its order, and an unreadable amount makes the order malformed", () => {
  expect(orderDetail.parse({ ...order, date_status_changed: "yesterday" }).statusChangedAt).toBeUndefined();
  expect(orderDetail.safeParse({ ...order, cost: { ...order.cost, subtotal: "ten" } }).success).toBe(false);
});

it("order lines are parsed with their batch, final price and trimmed bin, and with completeness for sets only", () => {
  const lines = orderItems.parse(items);
  expect(lines.map(({ batch, lotId, place, quantity }) => [batch, lotId, place, quantity])).toEqual([
    [0, 294_632_795, 0, 4],
    [0, 408_912_967, 0, 1],
    [1, 294_632_795, 0, 2],
  ]);
  expect(lines[0]).toMatchObject({
    location: "A01-03",
    unitPrice: 6_300n,
    description: "Don't buy this. :)",
  });
  expect(lines[1]).toMatchObject({ completeness: "incomplete", condition: "used", location: "" });
  expect(lines[2]).not.toHaveProperty("completeness");
});

it("two lines of one lot in a batch are parsed to the same result in either order", () => {
  const line = items[0]?.[0];
  const three = { ...line, quantity: 3 };
  const five = { ...line, quantity: 5 };
  expect(orderItems.parse([[three, five]])).toEqual(orderItems.parse([[five, three]]));
});

it("a status in mixed case and an envelope whose code is text are parsed", () => {
  expect(orderSummary.parse({ ...order, status: "Paid" })).toMatchObject({
    orderNumber: 28_400_112,
    status: "PAID",
  });
  expect(envelope.parse({ meta: { code: "200" }, data: [] }).meta).toEqual({
    code: 200,
    message: "",
    description: "",
  });
});

it("a line with a condition that is not known, no price, no colour and a numeric item number is kept, and names its missing price", () => {
  const sent = {
    inventory_id: 71,
    item: { no: 2357, name: "Brick", type: "PART" },
    quantity: 4,
    new_or_used: "X",
  };
  expect(orderItems.parse([[sent]])).toMatchObject([
    { partNumber: "2357", colorId: 0, condition: "unknown", unitPrice: 0n, unreadFields: ["unitPrice"] },
  ]);
  expect(orderItems.parse(items)[0]).not.toHaveProperty("unreadFields");
});

it("the number of a list's entry is read where the rest of the entry cannot be", () => {
  expect(orderNumberOf({ order_id: "101", status: 5 })).toBe(101);
  expect(lotIdOf({ inventory_id: 71 })).toBe(71);
  expect([orderNumberOf(null), orderNumberOf({}), lotIdOf("71")]).toEqual([undefined, undefined, undefined]);
});
