/** BrickLink's statuses in words a packer uses. One not listed is shown as BrickLink sends it. */
import type { OrderRow } from "./types";

const words: Record<string, string> = {
  PENDING: "Pending",
  UPDATED: "Updated",
  PROCESSING: "Processing",
  READY: "Ready",
  PAID: "Paid",
  "PAID-PENDING": "Payment clearing",
  PACKED: "Packed",
  SHIPPED: "Shipped",
  RECEIVED: "Received",
  COMPLETED: "Completed",
  OCR: "Cancel requested",
  NPB: "Buyer not paying",
  NPX: "Buyer not paying (final)",
  NRS: "Seller not responding",
  NSS: "Seller not shipping",
  CANCELLED: "Cancelled",
  PURGED: "Purged",
};

export function statusWord(status: string): string {
  return Object.hasOwn(words, status) ? (words[status] ?? status) : status;
}

export const sourceWords: Record<OrderRow["source"], string> = {
  webhook: "Callback",
  poll: "Poll",
  reconcile: "Comparison",
  manual: "By hand",
};
