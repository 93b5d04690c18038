/** Which rows the orders table shows while somebody aims at one of them. */
import type { OrderRow } from "../types";

type Row = Pick<OrderRow, "orderId">;

/**
 * The rows `shown`, each in its place and with what has changed in its order since, although others have arrived and some have left. Rows
 * that follow the last one shown, as those loaded by scrolling, are added: they move none.
 */
export function holdRows<Held extends Row>(shown: readonly Held[], rows: readonly Held[]): Held[] {
  const byId = new Map(rows.map((row) => [row.orderId, row]));
  const shownIds = new Set(shown.map(({ orderId }) => orderId));
  const last = rows.findLastIndex(({ orderId }) => shownIds.has(orderId));
  return [...shown.map((row) => byId.get(row.orderId) ?? row), ...rows.slice(last + 1)];
}

/** Whether another row is now in the place of one that was there before. */
export function haveRowsMoved(before: readonly Row[], after: readonly Row[]): boolean {
  return before.some(({ orderId }, index) => after[index]?.orderId !== orderId);
}

/** How many of `rows` are not among those shown. */
export function countHeld(shown: readonly Row[], rows: readonly Row[]): number {
  const shownIds = new Set(shown.map(({ orderId }) => orderId));
  return rows.filter(({ orderId }) => !shownIds.has(orderId)).length;
}
