/** Which listed orders an import waits for, and which it leaves out because BrickLink's answer for them cannot be read. */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { internalQuery, type ActionCtx, type QueryCtx } from "../../../_generated/server";
import { chunks, omitUndefined } from "../../../lib/collections";
import { WRITTEN_WITHIN_MS } from "../../../orders/allocation/changedDemand";
import { findOrder, linesOf } from "../../../orders/apply/applySnapshot";
import { isClosedBefore, orderSummaryValidator, type OrderSummary } from "../api/orderStatus";
import { activeCredential } from "../connection/credentials";
import { isAboutOneOrder } from "../limits/circuitBreaker";
import {
  differs,
  latestNotification,
  ORDERS_PER_MUTATION,
  wasFetchedAsListed,
} from "../sync/orderDifferences";

/** Whether the latest attempt to fetch an order failed for a reason of its own, and none is under way. */
async function isUnreadable(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
): Promise<boolean> {
  for (const status of ["pending", "processing"] as const) {
    if ((await latestNotification(ctx, businessAccountId, orderNumber, status)) !== null) return false;
  }
  const failed = await latestNotification(ctx, businessAccountId, orderNumber, "failed");
  return failed?.failure !== undefined && isAboutOneOrder(failed.failure.code);
}

/** Whether the order differs from the list although it was fetched for that very state: no other answer is to be had. */
async function isFetched(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  listedAt: number,
  { orderNumber, status, statusChangedAt }: OrderSummary,
): Promise<boolean> {
  const listed = omitUndefined({ status, statusChangedAt });
  return await wasFetchedAsListed(ctx, businessAccountId, orderNumber, listed, listedAt);
}

function isChangedSince(listedAt: number, demandChangedAt = 0): boolean {
  return demandChangedAt >= listedAt && demandChangedAt <= listedAt + WRITTEN_WITHIN_MS;
}

const listedArgs = {
  businessAccountId: v.id("businessAccounts"),
  listedAt: v.number(),
  listed: v.array(orderSummaryValidator),
};

/**
 * How many listed orders are missing: not stored as listed, or requiring other quantities since the listing began. Those that
 * cannot be read are named instead.
 */
export const checkOrders = internalQuery({
  args: listedArgs,
  returns: v.object({ missing: v.number(), unreadable: v.array(v.number()) }),
  handler: async (ctx, { businessAccountId, listedAt, listed }) => {
    const credential = await activeCredential(ctx, businessAccountId);
    const unreadable: number[] = [];
    let missing = 0;
    for (const summary of listed) {
      const { orderNumber } = summary;
      const stored = await findOrder(ctx, businessAccountId, orderNumber);
      const isWanted =
        stored !== null || (credential !== null && !isClosedBefore(summary, credential.connectedAt));
      if (!isWanted) continue;
      if (differs(summary, stored) && !(await isFetched(ctx, businessAccountId, listedAt, summary))) {
        if (await isUnreadable(ctx, businessAccountId, orderNumber)) unreadable.push(orderNumber);
        else missing += 1;
      } else if (isChangedSince(listedAt, stored?.demandChangedAt)) missing += 1;
    }
    return { missing, unreadable };
  },
});

/** Enqueues the listed orders that are missing, so that the next round finds fewer, and says which they are. */
export async function enqueueAndCheck(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  listedAt: number,
  orders: readonly OrderSummary[],
): Promise<{ missing: number; unreadable: number[] }> {
  const found = { missing: 0, unreadable: [] as number[] };
  for (const listed of chunks(orders, ORDERS_PER_MUTATION)) {
    await ctx.runMutation(internal.marketplaces.bricklink.sync.orderDifferences.enqueueDifferences, {
      businessAccountId,
      startedAt: listedAt,
      listed,
    });
    const { missing, unreadable } = await ctx.runQuery(
      internal.marketplaces.bricklink.import.listedOrders.checkOrders,
      { businessAccountId, listedAt, listed },
    );
    found.missing += missing;
    found.unreadable.push(...unreadable);
  }
  return found;
}

/**
 * The lots that unreadable orders required when they were last read. "all" when one of them was first stored after `listedAt`
 * (milliseconds UTC): the listing had deducted its pieces, and its lines do not count.
 */
export async function lotsOfUnreadable(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumbers: readonly number[],
  listedAt: number,
): Promise<ReadonlySet<number> | "all"> {
  const lotIds = new Set<number>();
  for (const orderNumber of orderNumbers) {
    const order = await findOrder(ctx, businessAccountId, orderNumber);
    if (order === null) continue;
    if (order.firstSeenAt >= listedAt) return "all";
    for (const { lotId } of await linesOf(ctx, order._id)) lotIds.add(lotId);
  }
  return lotIds;
}
