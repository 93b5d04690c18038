/** The papers that slips and labels are printed on. All measures are millimetres. */
import type { PaperId } from "./search";

/** CSS defines an inch, 25.4 mm, as 96 pixels. */
export const PIXELS_PER_MM = 96 / 25.4;

export type Paper = {
  width: number;
  height: number;
  /** Around a packing slip. At least the 5 mm that a printer for sheets cannot print on. */
  margin: number;
};

export const papers: Record<PaperId, Paper> = {
  a4: { width: 210, height: 297, margin: 14 },
  letter: { width: 215.9, height: 279.4, margin: 14 },
  label: { width: 100, height: 150, margin: 5 },
};

/** Where the address labels of a paper lie, from its upper left corner. */
export type Sheet = {
  columns: number;
  rows: number;
  labelWidth: number;
  labelHeight: number;
  left: number;
  top: number;
  /** Between two columns. Rows follow each other without a gap. */
  gap: number;
};

/** By Avery's templates L7163 (A4) and 5163 (letter, in inches: 4 x 2, left 5/32, top 1/2, gap 3/16). */
export const sheets: Record<PaperId, Sheet> = {
  a4: { columns: 2, rows: 7, labelWidth: 99.1, labelHeight: 38.1, left: 4.65, top: 15.15, gap: 2.5 },
  letter: { columns: 2, rows: 5, labelWidth: 101.6, labelHeight: 50.8, left: 3.97, top: 12.7, gap: 4.76 },
  label: { columns: 1, rows: 1, labelWidth: 100, labelHeight: 150, left: 0, top: 0, gap: 0 },
};

export function labelsPerSheet({ columns, rows }: Sheet): number {
  return columns * rows;
}

/** Labels as they lie on sheets, row by row. `first`: the place of the first one, from 1; the places before it stay empty (null). */
export function toSheets<Label>(
  labels: readonly Label[],
  perSheet: number,
  first: number,
): (Label | null)[][] {
  const start = Math.min(Math.max(1, first), perSheet) - 1;
  const places = [...Array.from({ length: start }, () => null), ...labels];
  const count = labels.length === 0 ? 0 : Math.ceil(places.length / perSheet);
  return Array.from({ length: count }, (_, sheet) => places.slice(sheet * perSheet, (sheet + 1) * perSheet));
}
