/** Where an order stands, in a packer's terms. */
import { stageLabels } from "./stages";
import type { OrderRow } from "./types";

/** BrickLink's order statuses. */
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

type Staged = Pick<OrderRow, "stage" | "tab" | "status" | "pickedLines" | "lineCount">;

/**
 * Where an order stands, for staff: its stage, or BrickLink's own word where that says more. `progress`: how far it is picked, "3 of
 * 14"; null where that says nothing.
 */
export function stageText({ stage, tab, status, pickedLines, lineCount }: Staged): {
  label: string;
  progress: string | null;
} {
  const isBricklinksOwn = tab !== "toPack" || stage === null;
  return {
    label: isBricklinksOwn ? statusText(status) : stageLabels[stage],
    progress: stage === "picking" ? `${pickedLines} of ${lineCount}` : null,
  };
}
