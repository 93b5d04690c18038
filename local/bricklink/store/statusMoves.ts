/**
 * Who sets which order status, and who may change an order that has it. A move is allowed when both columns allow it.
 *
 * Sources. Who sets a status: `status.go` of go-bricklink-api, after BrickLink's help page 41. That sellers may move an
 * order freely, backwards too, while it is with them: BrickLink's forum, thread 268357 ("Changes to Order Status", May
 * 2020). The other limits name their source in the row.
 */
type Party = "seller" | "buyer" | "system";

type Row = {
  /** Who gives an order this status. */
  setBy: readonly Party[];
  /** Who may give an order that has this status another one. */
  changedBy: readonly Party[];
};

/** Removing an alert or a request happens on the page "Problem Order" and resets the order to PENDING (help 2148). */
const problem: Row = { setBy: ["system"], changedBy: ["system"] };

const withSeller: readonly Party[] = ["seller", "system"];

const rows: Record<string, Row> = {
  PENDING: { setBy: ["system"], changedBy: withSeller },
  UPDATED: { setBy: ["system"], changedBy: withSeller },
  PROCESSING: { setBy: ["seller"], changedBy: withSeller },
  READY: { setBy: ["seller"], changedBy: withSeller },
  // Not documented. Assumed: while the payment service has not confirmed the payment, nobody changes the status by hand.
  "PAID-PENDING": { setBy: ["system"], changedBy: ["system"] },
  PAID: { setBy: ["seller", "system"], changedBy: withSeller },
  PACKED: { setBy: ["seller"], changedBy: withSeller },
  // From here on the buyer may say that it has arrived (help 1138).
  SHIPPED: { setBy: ["seller"], changedBy: ["seller", "buyer", "system"] },
  // The API refuses sellers' changes after one by the buyer, and after BrickLink has completed the order by itself
  // (BL-Picklist, order-status-check.js). The week of help 41, in which "completed" can be undone, is for the site's pages.
  RECEIVED: { setBy: ["buyer"], changedBy: ["buyer", "system"] },
  COMPLETED: { setBy: ["seller", "buyer", "system"], changedBy: ["system"] },
  OCR: problem,
  NPB: problem,
  NPX: problem,
  NRS: problem,
  NSS: problem,
  // Final (help 79).
  CANCELLED: { setBy: ["system"], changedBy: ["system"] },
  PURGED: { setBy: ["system"], changedBy: [] },
};

export const orderStatuses: readonly string[] = Object.keys(rows);

/** Help 121, and "Paid", which the API sends. Assumed: sellers may set each of them. */
export const paymentStatuses: readonly string[] = [
  "None",
  "Sent",
  "Received",
  "Clearing",
  "Returned",
  "Bounced",
  "Completed",
  "Paid",
];

/** Payment statuses of an order that is paid (help 121). */
const paidStatuses: readonly string[] = ["Received", "Completed", "Paid"];

/** Whether a party may move an order from one status to another. Setting the status that it has is such a move too. */
export function mayMove(party: Party, from: string, to: string): boolean {
  const allows = (status: string, column: keyof Row) => rows[status]?.[column].includes(party) ?? false;
  return allows(from, "changedBy") && allows(to, "setBy");
}

/**
 * When an order was paid, after its payment status was set. Assumed: the date is set when the payment arrives, removed with
 * status "None", and kept otherwise. `paidAt`, `now`: milliseconds since the epoch, UTC; null: not paid.
 */
export function paidAtAfter(paymentStatus: string, paidAt: number | null, now: number): number | null {
  if (paymentStatus === "None") return null;
  return paidStatuses.includes(paymentStatus) ? (paidAt ?? now) : paidAt;
}

/** Whether the costs of an order can no longer be changed, because it is paid (API manual, "Update Order"). */
export function isPaid({ status, paymentStatus }: { status: string; paymentStatus: string }): boolean {
  return status === "PAID" || paidStatuses.includes(paymentStatus);
}
