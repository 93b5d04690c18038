/** BrickLink's order statuses in a packer's terms. */
const statusLabels: Record<string, string> = {
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

/** A status that is not listed is returned as BrickLink sends it. */
export function statusText(status: string): string {
  return Object.hasOwn(statusLabels, status) ? (statusLabels[status] ?? status) : status;
}
