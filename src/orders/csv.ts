/** Orders as CSV (RFC 4180). */
import { decimalString } from "../ui/money";
import { statusText } from "./statusText";
import type { OrderRow } from "./types";

/** Tells Excel that the file is UTF-8. */
const BYTE_ORDER_MARK = "\ufeff";

const columns: [header: string, value: (row: OrderRow) => string | number | null][] = [
  ["Order", ({ orderNumber }) => orderNumber],
  ["Buyer", ({ buyerName }) => buyerName],
  ["Placed", ({ orderedAt }) => new Date(orderedAt).toISOString()],
  ["Status", ({ status }) => statusText(status)],
  ["Lots", ({ lotCount }) => lotCount],
  ["Pieces", ({ pieceCount }) => pieceCount],
  ["Reserved", ({ reservedQuantity }) => reservedQuantity],
  ["Short", ({ shortQuantity }) => shortQuantity],
  ["Unmatched lines", ({ unmatchedLines }) => unmatchedLines],
  ["Picked lines", ({ pickedLines }) => pickedLines],
  ["Total", ({ grandTotal }) => decimalString(grandTotal)],
  ["Currency", ({ currency }) => currency],
  ["Payment", ({ paymentStatus }) => paymentStatus],
  ["Shipping", ({ shippingMethod }) => shippingMethod],
];

/**
 * Escapes one value. Text that begins like a formula gets an apostrophe in front, because a spreadsheet would run it and
 * buyers choose their own names.
 */
function cell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toCsv(rows: readonly OrderRow[]): string {
  const lines = [
    columns.map(([header]) => cell(header)),
    ...rows.map((row) => columns.map(([, value]) => cell(value(row)))),
  ];
  return `${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

export function downloadCsv(rows: readonly OrderRow[]): void {
  const url = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, toCsv(rows)], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `orders-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
