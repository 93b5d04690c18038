/** Orders as CSV. */
import { downloadCsv, type CsvColumn } from "../../ui/csv";
import { decimalString } from "../../ui/money";
import { statusText } from "../statusText";
import type { OrderRow } from "../types";

const columns: CsvColumn<OrderRow>[] = [
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

/** The file's name warns whoever finds it later: buyers are named in it. */
export function downloadOrders(rows: readonly OrderRow[]): void {
  downloadCsv("orders-personal-data", columns, rows);
}
