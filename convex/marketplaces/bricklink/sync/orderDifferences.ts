/**
 * Differences between BrickLink's list of orders and the stored ones. Each becomes a notification with the start of the
 * comparison as its time. With the order's change time instead, its key could equal that of a notification which a stale
 * answer completed, and the difference would never be fetched.
 */
import { v } from "convex/values";
import type { Id } from "../../../_generated/dataModel";
import { internalMutation, internalQuery, type MutationCtx, type QueryCtx } from "../../../_generated/server";
import { findOrder } from "../../../orders/apply/applySnapshot";
import { tabValidator } from "../../../orders/tabs";
import { isClosedBefore, orderSummaryValidator, type OrderSummary } from "../api/orderStatus";
import { activeCredential } from "../connection/credentials";
import { enqueue, requeueNow, type Notification } from "../queue/enqueue";

/** Orders compared in one transaction: up to four index reads each, of the 4,096 that Convex allows. */
export const ORDERS_PER_MUTATION = 500;

const HOUR_MS = 60 * 60_000;

/** While an order still differs, a final failure of its notification is retried after this long. */
const RETRY_FINAL_FAILURE_AFTER_MS = 12 * HOUR_MS;

/** BrickLink's list leaves out filed orders, so that open ones that are filed are fetched once a day. */
const FILED_CHECKED_EVERY_MS = 24 * HOUR_MS;

type StoredOrder = { status: string; statusChangedAt?: number };

/** Whether the list shows another state of an order than the stored one. */
export function differs(listed: OrderSummary, stored: StoredOrder | null): boolean {
  if (stored === null) return true;
  return (
    stored.status !== listed.status ||
    (listed.statusChangedAt !== undefined && listed.statusChangedAt !== stored.statusChangedAt)
  );
}

/** The newest notification of an order that is in this status; null when there is none. */
export async function latestNotification(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
  status: Notification["status"],
): Promise<Notification | null> {
  return await ctx.db
    .query("bricklinkNotifications")
    .withIndex("by_resource", (q) =>
      q
        .eq("businessAccountId", businessAccountId)
        .eq("eventType", "Order")
        .eq("resourceId", orderNumber)
        .eq("status", status),
    )
    .order("desc")
    .first();
}

/**
 * Whether a differing order needs a new notification: not when one is pending, processing or to be retried. A final failure is
 * requeued here when the order changed after it was received, or when it failed long ago. Times in milliseconds UTC.
 */
async function needsNotification(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
  changedAt: number,
  now: number,
): Promise<boolean> {
  for (const status of ["pending", "processing"] as const) {
    if ((await latestNotification(ctx, businessAccountId, orderNumber, status)) !== null) return false;
  }
  const failed = await latestNotification(ctx, businessAccountId, orderNumber, "failed");
  if (failed === null) return true;
  if (failed.nextAttemptAt !== undefined) return false;
  const isStale =
    failed.receivedAt < changedAt || (failed.failedAt ?? 0) + RETRY_FINAL_FAILURE_AFTER_MS <= now;
  if (isStale) await requeueNow(ctx, failed, now);
  return false;
}

async function enqueueOrders(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumbers: readonly number[],
  startedAt: number,
): Promise<void> {
  const events = orderNumbers.map((resourceId) => ({
    eventType: "Order" as const,
    resourceId,
    occurredAt: startedAt,
  }));
  await enqueue(ctx, businessAccountId, "reconcile", events);
}

/** Enqueues a notification for every listed order that differs from the stored one. */
export const enqueueDifferences = internalMutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    startedAt: v.number(),
    listed: v.array(orderSummaryValidator),
  },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, startedAt, listed }) => {
    const credential = await activeCredential(ctx, businessAccountId);
    if (credential === null) return null;
    const now = Date.now();
    const unseen: number[] = [];
    for (const summary of listed) {
      const { orderNumber, statusChangedAt = 0 } = summary;
      const stored = await findOrder(ctx, businessAccountId, orderNumber);
      if (!differs(summary, stored)) continue;
      if (stored === null && isClosedBefore(summary, credential.connectedAt)) continue;
      if (await needsNotification(ctx, businessAccountId, orderNumber, statusChangedAt, now)) {
        unseen.push(orderNumber);
      }
    }
    await enqueueOrders(ctx, businessAccountId, unseen, startedAt);
    return null;
  },
});

/**
 * A page of open orders of one tab, by number after `after`, that a list requested at `startedAt` (milliseconds UTC) should
 * have. `next`: the number to continue after, null at the end.
 */
export const listOpenOrders = internalQuery({
  args: {
    businessAccountId: v.id("businessAccounts"),
    startedAt: v.number(),
    tab: tabValidator,
    after: v.number(),
  },
  returns: v.object({ orderNumbers: v.array(v.number()), next: v.union(v.number(), v.null()) }),
  handler: async (ctx, { businessAccountId, startedAt, tab, after }) => {
    const page = await ctx.db
      .query("bricklinkOrders")
      .withIndex("by_tab_number", (q) =>
        q.eq("businessAccountId", businessAccountId).eq("tab", tab).gt("orderNumber", after),
      )
      .take(ORDERS_PER_MUTATION);
    const orderNumbers = page
      .filter(({ isFiled, snapshotAt }) => {
        const isKnownFiled = isFiled === true && snapshotAt + FILED_CHECKED_EVERY_MS > startedAt;
        return snapshotAt < startedAt && !isKnownFiled;
      })
      .map(({ orderNumber }) => orderNumber);
    const isFull = page.length === ORDERS_PER_MUTATION;
    return { orderNumbers, next: isFull ? (page.at(-1)?.orderNumber ?? null) : null };
  },
});

/** Enqueues open orders that BrickLink no longer lists: they were filed or purged, and only the order itself says which. */
export const enqueueUnlisted = internalMutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    startedAt: v.number(),
    orderNumbers: v.array(v.number()),
  },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, startedAt, orderNumbers }) => {
    const now = Date.now();
    const unseen: number[] = [];
    for (const orderNumber of orderNumbers) {
      if (await needsNotification(ctx, businessAccountId, orderNumber, 0, now)) unseen.push(orderNumber);
    }
    await enqueueOrders(ctx, businessAccountId, unseen, startedAt);
    return null;
  },
});
