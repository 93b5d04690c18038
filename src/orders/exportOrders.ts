/** Exports all orders of a view from the server, because the table has loaded only those that were scrolled to. */
import type { ConvexReactClient } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { downloadOrders } from "./csv";
import { listArgs } from "./listArgs";
import type { OrderRow } from "./types";
import type { OrdersView } from "./view";

/** Orders in one request: few enough for a quick answer, so that the progress moves. */
const PAGE_SIZE = 500;

/** Orders in one file. Bounds the memory and the requests of one export; a person who needs more filters the view. */
export const EXPORT_MAX = 10_000;

/**
 * Fetches page by page and downloads the file. `onProgress` receives the number of orders fetched so far. `isMore`: there
 * are orders beyond EXPORT_MAX.
 */
export async function exportOrders(
  client: ConvexReactClient,
  businessAccountId: Business["businessAccountId"],
  view: OrdersView,
  onProgress: (count: number) => void,
): Promise<{ isMore: boolean }> {
  // Keyed by id, because an order that moves while the pages are read would be exported twice.
  const orders = new Map<string, OrderRow>();
  let cursor: string | null = null;
  let isDone = false;
  const args = listArgs(businessAccountId, view, Date.now());
  while (!isDone && orders.size < EXPORT_MAX) {
    const paginationOpts = { numItems: PAGE_SIZE, cursor };
    const answer: { page: OrderRow[]; isDone: boolean; continueCursor: string } = await client.query(
      api.orders.table.list,
      { ...args, paginationOpts },
    );
    for (const order of answer.page) orders.set(order.orderId, order);
    onProgress(orders.size);
    ({ isDone, continueCursor: cursor } = answer);
  }
  downloadOrders([...orders.values()]);
  return { isMore: !isDone };
}
