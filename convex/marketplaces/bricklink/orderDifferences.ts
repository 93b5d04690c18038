/**
 * Where BrickLink's list of orders and ours disagree: each difference becomes a notification, whose time is the pass's own
 * start. The order's change time could collide with a notification completed from a stale answer, and hide the difference
 * for ever.
 */
import { v } from "convex/values";
import type { Id } from "../../_generated/dataModel";
import { internalMutation, internalQuery, type MutationCtx } from "../../_generated/server";
import { activeCredential } from "./credentials";
import { restartNow, storeNotifications, type Notification } from "./notificationStore";
import { findOrder } from "./orderStore";
import { isOverSince, tabValidator } from "./orderStatus";
import { orderSummaryValidator, type OrderSummary } from "./snapshot";

/** Orders compared in one transaction: up to four index reads each, of 4,096 allowed. */
export const ORDERS_PER_MUTATION = 500;

const HOUR_MS = 60 * 60_000;

/** A failure that was final is no verdict for ever: while the difference lasts it is tried again after this long. */
const FINAL_FOR_MS = 12 * HOUR_MS;

/** BrickLink's default list leaves out filed orders, so a filed one that is open is asked after once a day. */
const FILED_CHECKED_EVERY_MS = 24 * HOUR_MS;

type StoredOrder = { status: string; statusChangedAt?: number };

/** Whether the list knows something newer or other than what we have. */
export function differs(listed: OrderSummary, stored: StoredOrder | null): boolean {
  if (stored === null) return true;
  return (
    stored.status !== listed.status ||
    (listed.statusChangedAt !== undefined && listed.statusChangedAt !== stored.statusChangedAt)
  );
}

async function latestOf(
  ctx: MutationCtx,
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
 * Sees to one order that differs, unless a notification of it is on its way. Returns whether a new one is needed. A
 * failure that was final is started over when the order changed after it was received, or long ago failed.
 */
async function needsNotification(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
  changedAt: number,
  now: number,
): Promise<boolean> {
  for (const status of ["pending", "processing"] as const) {
    if ((await latestOf(ctx, businessAccountId, orderNumber, status)) !== null) return false;
  }
  const failed = await latestOf(ctx, businessAccountId, orderNumber, "failed");
  if (failed === null) return true;
  if (failed.nextAttemptAt !== undefined) return false;
  const isStale = failed.receivedAt < changedAt || (failed.failedAt ?? 0) + FINAL_FOR_MS <= now;
  if (isStale) await restartNow(ctx, failed, now);
  return false;
}

async function storeOf(
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
  await storeNotifications(ctx, businessAccountId, "reconcile", events);
}

/** Makes a notification of every listed order that ours does not equal. */
export const recordDifferences = internalMutation({
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
      if (stored === null && isOverSince(summary, credential.connectedAt)) continue;
      if (await needsNotification(ctx, businessAccountId, orderNumber, statusChangedAt, now)) {
        unseen.push(orderNumber);
      }
    }
    await storeOf(ctx, businessAccountId, unseen, startedAt);
    return null;
  },
});

/** Open orders of one tab by number, a page after `after`, that a list made at `startedAt` should name. */
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

/** Open orders that BrickLink no longer lists were filed or purged: which, only the order itself says. */
export const recordMissing = internalMutation({
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
    await storeOf(ctx, businessAccountId, unseen, startedAt);
    return null;
  },
});
