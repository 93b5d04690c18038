/** All orders of a view, as the server has them now, for a spreadsheet: the table itself has only what was scrolled to. */
import type { ConvexReactClient } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { downloadCsv } from "./csv";
import type { OrderRow } from "./types";
import type { OrdersView } from "./view";

/** Orders asked for at once, and in all: a sheet of more is made by narrowing the view down. */
const PAGE = 500;
export const EXPORT_MAX = 10_000;

/** Asks page by page and downloads. `onProgress` is told how many there are so far. Returns whether there were more. */
export async function exportView(
  client: ConvexReactClient,
  businessAccountId: Business["businessAccountId"],
  view: OrdersView,
  onProgress: (count: number) => void,
): Promise<{ isMore: boolean }> {
  // By id: an order that changes place while the pages are read would come twice.
  const orders = new Map<string, OrderRow>();
  let cursor: string | null = null;
  let isDone = false;
  while (!isDone && orders.size < EXPORT_MAX) {
    const paginationOpts = { numItems: PAGE, cursor };
    const answer: { page: OrderRow[]; isDone: boolean; continueCursor: string } = await client.query(
      api.orders.table.list,
      { businessAccountId, ...view, paginationOpts },
    );
    for (const order of answer.page) orders.set(order.orderId, order);
    onProgress(orders.size);
    ({ isDone, continueCursor: cursor } = answer);
  }
  downloadCsv([...orders.values()]);
  return { isMore: !isDone };
}
