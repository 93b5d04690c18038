/** Where an order stands, in a packer's terms. */
import { words } from "../language/language";
import { stageLabels } from "./stageText";
import type { OrderRow } from "./types";

const statusWords = words({
  en: {
    /** BrickLink's order statuses. */
    labels: {
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
    },
    progress: (pickedLines: number, lineCount: number) => `${pickedLines} of ${lineCount}`,
  },
  de: {
    labels: {
      PENDING: "Ausstehend",
      UPDATED: "Aktualisiert",
      PROCESSING: "In Bearbeitung",
      READY: "Bereit",
      PAID: "Bezahlt",
      "PAID-PENDING": "Zahlung läuft",
      PACKED: "Gepackt",
      SHIPPED: "Versendet",
      RECEIVED: "Erhalten",
      COMPLETED: "Abgeschlossen",
      OCR: "Storno erbeten",
      NPB: "Käufer zahlt nicht",
      NPX: "Käufer zahlt nicht (endgültig)",
      NRS: "Verkäufer antwortet nicht",
      NSS: "Verkäufer versendet nicht",
      CANCELLED: "Storniert",
      PURGED: "Gelöscht",
    },
    progress: (pickedLines, lineCount) => `${pickedLines} von ${lineCount}`,
  },
});

const statusLabels: Record<string, string> = statusWords.labels;

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
    progress: stage === "picking" ? statusWords.progress(pickedLines, lineCount) : null,
  };
}

const paymentLabels: Record<string, string> = words({
  en: {
    None: "None",
    Sent: "Sent",
    Received: "Received",
    Clearing: "Clearing",
    Returned: "Returned",
    Bounced: "Bounced",
    Completed: "Completed",
  },
  de: {
    None: "Keine",
    Sent: "Gesendet",
    Received: "Eingegangen",
    Clearing: "Wird verbucht",
    Returned: "Zurückgegeben",
    Bounced: "Geplatzt",
    Completed: "Abgeschlossen",
  },
});

/** BrickLink's status of a payment. One that is not known is shown as BrickLink has it. */
export function paymentStatusText(status: string): string {
  return Object.hasOwn(paymentLabels, status) ? (paymentLabels[status] ?? status) : status;
}
