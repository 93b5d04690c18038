/** Orders as CSV. */
import { downloadCsv, type CsvColumn } from "../../ui/csv";
import { decimalString } from "../../ui/money";
import { statusText } from "../statusText";
import type { OrderRow } from "../types";
import { csvText } from "./csvText";

const columns: CsvColumn<OrderRow>[] = [
  [csvText.order, ({ orderNumber }) => orderNumber],
  [csvText.buyer, ({ buyerName }) => buyerName],
  [csvText.placed, ({ orderedAt }) => new Date(orderedAt).toISOString()],
  [csvText.status, ({ status }) => statusText(status)],
  [csvText.lots, ({ lotCount }) => lotCount],
  [csvText.pieces, ({ pieceCount }) => pieceCount],
  [csvText.reserved, ({ reservedQuantity }) => reservedQuantity],
  [csvText.short, ({ shortQuantity }) => shortQuantity],
  [csvText.unmatched, ({ unmatchedLines }) => unmatchedLines],
  [csvText.picked, ({ pickedLines }) => pickedLines],
  [csvText.total, ({ grandTotal }) => decimalString(grandTotal)],
  [csvText.currency, ({ currency }) => currency],
  [csvText.payment, ({ paymentStatus }) => paymentStatus],
  [csvText.shipping, ({ shippingMethod }) => shippingMethod],
];

/** The file's name warns whoever finds it later: buyers are named in it. */
export function downloadOrders(rows: readonly OrderRow[]): void {
  downloadCsv("orders-personal-data", columns, rows);
}
