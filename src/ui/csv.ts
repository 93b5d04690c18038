/** Rows as CSV (RFC 4180). */
import { downloadText } from "./download";

/** Tells Excel that the file is UTF-8. */
const BYTE_ORDER_MARK = "\ufeff";

export type CsvColumn<Row> = [header: string, value: (row: Row) => string | number | null];

/**
 * Escapes one value. Text that begins like a formula gets an apostrophe in front, because a spreadsheet would run it and
 * people outside the store choose some of it.
 */
function cell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function toCsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(([header]) => cell(header)),
    ...rows.map((row) => columns.map(([, value]) => cell(value(row)))),
  ];
  return `${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

/** Downloads rows as a file called after `name` and today's date. */
export function downloadCsv<Row>(
  name: string,
  columns: readonly CsvColumn<Row>[],
  rows: readonly Row[],
): void {
  downloadText(name, "csv", "text/csv", [BYTE_ORDER_MARK, toCsv(columns, rows)]);
}
