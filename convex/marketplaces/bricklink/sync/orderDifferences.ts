/**
 * Differences between BrickLink's list of orders and the stored ones. Each becomes a notification with the start of the
 * comparison as its time. With the order's change time instead, its key could equal that of a notification which a stale
 * answer completed, and the difference would never be fetched. The notification keeps what the list said, so that a list and an
 * order that disagree for ever cost one fetch.
 */
import { v } from "convex/values";
import type { Id } from "../../../_generated/dataModel";
import { internalMutation, internalQuery, type MutationCtx, type QueryCtx } from "../../../_generated/server";
import { findOrder } from "../../../orders/apply/applySnapshot";
import { tabValidator } from "../../../orders/tabs";
import { omitUndefined } from "../../../lib/collections";
import { isRecent } from "../../../lib/timeGates";
import {
  isClosedBefore,
  orderSummaryValidator,
  type ListedState,
  type OrderSummary,
} from "../api/orderStatus";
import { activeCredential } from "../connection/credentials";
import { enqueue, requeueNow, type EventToStore, type Notification } from "../queue/enqueue";

/** Orders compared in one transaction: up to five index reads each, of the 4,096 that Convex allows. */
export const ORDERS_PER_MUTATION = 500;

const HOUR_MS = 60 * 60_000;

/** While an order still differs, a final failure of its notification is retried after this long. */
const RETRY_FINAL_FAILURE_AFTER_MS = 12 * HOUR_MS;

/**
 * How long after the first, and after every further fetch an order is fetched again that goes on differing from the list: soon, in
 * case the answer was out of date, then once a day. BrickLink's list leaves out filed orders, so that open ones which are filed
 * are among them.
 */
const DISAGREEING_FIRST_MS = HOUR_MS;
const DISAGREEING_FURTHER_MS = 24 * HOUR_MS;

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

function isSameState(a: ListedState | null, b: ListedState | null): boolean {
  return a?.status === b?.status && a?.statusChangedAt === b?.statusChangedAt;
}

/**
 * Whether the order was fetched lately, as of `at` (milliseconds UTC), for the very state in which BrickLink lists it now, null when
 * it does not: to fetch it again would bring the same.
 */
export async function wasFetchedAsListed(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
  listed: ListedState | null,
  at: number,
): Promise<boolean> {
  const [latest, before] = await ctx.db
    .query("bricklinkNotifications")
    .withIndex("by_resource", (q) =>
      q
        .eq("businessAccountId", businessAccountId)
        .eq("eventType", "Order")
        .eq("resourceId", orderNumber)
        .eq("status", "completed"),
    )
    .order("desc")
    .take(2);
  if (latest?.listed === undefined || !isSameState(latest.listed, listed)) return false;
  const isFurther = before?.listed !== undefined && isSameState(before.listed, listed);
  // An import asks as of its list, which may be some minutes older than the fetch.
  const now = at + HOUR_MS;
  const withinMs = HOUR_MS + (isFurther ? DISAGREEING_FURTHER_MS : DISAGREEING_FIRST_MS);
  return isRecent(latest.processedAt, now, withinMs);
}

/**
 * Whether a differing order needs a new notification: not when one is pending, processing or to be retried, nor when it was fetched
 * for the same state of the list. A final failure is requeued here when the order changed after it was received, or when it failed
 * long ago. Times in milliseconds UTC.
 */
async function needsNotification(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
  listed: ListedState | null,
  now: number,
): Promise<boolean> {
  if (await wasFetchedAsListed(ctx, businessAccountId, orderNumber, listed, now)) return false;
  for (const status of ["pending", "processing"] as const) {
    if ((await latestNotification(ctx, businessAccountId, orderNumber, status)) !== null) return false;
  }
  const failed = await latestNotification(ctx, businessAccountId, orderNumber, "failed");
  if (failed === null) return true;
  if (failed.nextAttemptAt !== undefined) return false;
  const isStale =
    failed.receivedAt < (listed?.statusChangedAt ?? 0) ||
    !isRecent(failed.failedAt, now, RETRY_FINAL_FAILURE_AFTER_MS);
  if (isStale) await requeueNow(ctx, failed, now);
  return false;
}

/** The event of a difference. `startedAt`: of the comparison, milliseconds UTC. */
function differenceEvent(orderNumber: number, listed: ListedState | null, startedAt: number): EventToStore {
  return { eventType: "Order", resourceId: orderNumber, occurredAt: startedAt, listed };
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
    const events: EventToStore[] = [];
    for (const summary of listed) {
      const { orderNumber, status, statusChangedAt } = summary;
      const state = omitUndefined({ status, statusChangedAt });
      const stored = await findOrder(ctx, businessAccountId, orderNumber);
      if (!differs(summary, stored)) continue;
      if (stored === null && isClosedBefore(summary, credential.connectedAt)) continue;
      if (await needsNotification(ctx, businessAccountId, orderNumber, state, now)) {
        events.push(differenceEvent(orderNumber, state, startedAt));
      }
    }
    await enqueue(ctx, businessAccountId, "reconcile", events);
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
        const isKnownFiled = isFiled === true && snapshotAt + DISAGREEING_FURTHER_MS > startedAt;
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
    const events: EventToStore[] = [];
    for (const orderNumber of orderNumbers) {
      if (await needsNotification(ctx, businessAccountId, orderNumber, null, now)) {
        events.push(differenceEvent(orderNumber, null, startedAt));
      }
    }
    await enqueue(ctx, businessAccountId, "reconcile", events);
    return null;
  },
});
