import { expect, it } from "vitest";
import { isPaid } from "../../../../../convex/marketplaces/bricklink/api/payment";

it.each([
  ["with a payment that PayPal completed", "paid", { status: "PENDING", payment: { status: "Completed" } }],
  ["with a payment that the seller received", "paid", { status: "PENDING", payment: { status: "Received" } }],
  ["in status PAID", "paid", { status: "PAID", payment: { status: "None" } }],
  ["with a payment that has a date", "paid", { status: "READY", payment: { status: "Sent", paidAt: 1 } }],
  ["whose payment bounced", "unpaid", { status: "PENDING", payment: { status: "Bounced", paidAt: 1 } }],
  ["whose payment is clearing", "unpaid", { status: "PENDING", payment: { status: "Clearing" } }],
  ["without a payment", "unpaid", { status: "PENDING", payment: {} }],
])("an order %s counts as %s", (_, outcome, order) => {
  expect(isPaid(order)).toBe(outcome === "paid");
});
