/** Fetches all orders of a view from the server, because the table has loaded only those that were scrolled to. */
import type { ConvexReactClient } from "convex/react";
import { api } from "../../../convex/_generated/api";
import type { Business } from "../../account/business";
import { listArgs } from "./listArgs";
import type { OrderRow } from "../types";
import type { OrdersView } from "../views/view";

/** Orders in one request: few enough for a quick answer, so that the progress moves. */
const PAGE_SIZE = 500;

/** Orders fetched at most. Bounds the memory and the requests; a person who needs more filters the view. */
export const VIEW_MAX = 10_000;

export type FetchedView = {
  orders: OrderRow[];
  /** There are orders beyond VIEW_MAX. */
  isMore: boolean;
};

/** Fetches page by page. `onProgress` receives the number of orders fetched so far. */
export async function fetchView(
  client: ConvexReactClient,
  businessAccountId: Business["businessAccountId"],
  view: OrdersView,
  onProgress?: (count: number) => void,
): Promise<FetchedView> {
  // Keyed by id, because an order that moves while the pages are read would be fetched twice.
  const orders = new Map<string, OrderRow>();
  let cursor: string | null = null;
  let isDone = false;
  const args = listArgs(businessAccountId, view, Date.now());
  while (!isDone && orders.size < VIEW_MAX) {
    const paginationOpts = { numItems: PAGE_SIZE, cursor };
    const answer: { page: OrderRow[]; isDone: boolean; continueCursor: string } = await client.query(
      api.orders.table.list,
      { ...args, paginationOpts },
    );
    for (const order of answer.page) orders.set(order.orderId, order);
    onProgress?.(orders.size);
    ({ isDone, continueCursor: cursor } = answer);
  }
  return { orders: [...orders.values()], isMore: !isDone };
}
