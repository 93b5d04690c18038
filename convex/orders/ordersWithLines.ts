/** Several orders with all their lines in one query, bounded: what a pick list and the parcels of a print are made of. */
import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { findOrder, linesOf } from "./apply/applySnapshot";

/** Orders read at once: what fits on a trolley. */
const ORDERS_MAX = 30;

/**
 * Lines read at once. A line is stored in less than 1 kB, so this stays far below what Convex reads in one query (32,000
 * documents, 16 MiB), and above what a single order may have, so that each order fits by itself.
 */
const LINES_MAX = 6_000;

/** Order numbers that are looked up. The dashboard asks for thirty at most; only a URL typed by hand has more. */
const LOOK_UPS_MAX = 200;

type OrderWithLines = {
  order: NonNullable<Awaited<ReturnType<typeof findOrder>>>;
  lines: Awaited<ReturnType<typeof linesOf>>;
};

/**
 * The orders of these numbers, each once, in the order of the numbers. An order is read whole or not at all: `leftOut` has the
 * numbers of those for which there is no room. Numbers that this store does not have are in neither.
 */
export async function readOrdersWithLines(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumbers: readonly number[],
): Promise<{ orders: OrderWithLines[]; leftOut: number[] }> {
  const wanted = [...new Set(orderNumbers)];
  const orders: OrderWithLines[] = [];
  const leftOut: number[] = [];
  let lineCount = 0;
  // One after another, so that the lines of an order without room are not read.
  for (const orderNumber of wanted.slice(0, LOOK_UPS_MAX)) {
    const order = await findOrder(ctx, businessAccountId, orderNumber);
    if (order === null) continue;
    if (orders.length === ORDERS_MAX || lineCount + order.lineCount > LINES_MAX) {
      leftOut.push(orderNumber);
      continue;
    }
    lineCount += order.lineCount;
    orders.push({ order, lines: await linesOf(ctx, order._id) });
  }
  return { orders, leftOut: [...leftOut, ...wanted.slice(LOOK_UPS_MAX)] };
}
