/** What BrickLink's payment fields mean. */

/**
 * Statuses of a payment that has arrived: "Completed" as PayPal reports it, "Received" as sellers set it (BrickLink help
 * 121), "Paid" as seen in answers.
 */
const arrived: readonly string[] = ["Completed", "Received", "Paid"];

/** Statuses of a payment that arrived and was reverted (BrickLink help 121). */
const reverted: readonly string[] = ["Returned", "Bounced"];

/** Whether the payment of an order has arrived. `paidAt` alone does not say so: it stays when a payment bounces. */
export function isPaid(order: { status: string; payment: { paidAt?: number; status?: string } }): boolean {
  const { paidAt, status = "None" } = order.payment;
  if (arrived.includes(status) || order.status === "PAID") return true;
  return paidAt !== undefined && !reverted.includes(status);
}
