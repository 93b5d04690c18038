/** The batches in which selected orders are picked and printed. */

/** Orders in one pick list or print. The server allows as many; see ORDERS_MAX in convex/orders/ordersWithLines.ts. */
export const BATCH_MAX = 30;

export type Batch<Item> = {
  items: readonly Item[];
  /** From 0. */
  index: number;
  count: number;
  /** Places of the first and the last of them among all, from 1. */
  from: number;
  to: number;
};

/** One batch; the last one when there are no longer as many, because orders have left the selection. */
export function batchOf<Item>(all: readonly Item[], index: number): Batch<Item> {
  const count = Math.max(1, Math.ceil(all.length / BATCH_MAX));
  const valid = Math.min(Math.max(index, 0), count - 1);
  const start = valid * BATCH_MAX;
  const items = all.slice(start, start + BATCH_MAX);
  return { items, index: valid, count, from: start + 1, to: start + items.length };
}
