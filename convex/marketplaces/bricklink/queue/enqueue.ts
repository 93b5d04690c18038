/** Notifications are stored once, from whatever source, and their processing is scheduled with them. */
import { internal } from "../../../_generated/api";
import type { Doc, Id } from "../../../_generated/dataModel";
import type { MutationCtx } from "../../../_generated/server";
import type { Source } from "../../../orders/schema";
import type { ListedState } from "../api/orderStatus";
import type { NotificationEvent } from "../api/notificationEvent";
import { isAllowed, statusAfter } from "./states";

export type Notification = Doc<"bricklinkNotifications">;

/** Convex schedules at most 1,000 functions in one mutation. Further notifications are started by those that finish. */
const SCHEDULED_PER_MUTATION_MAX = 500;

/** The key that webhook, poll and reconcile share. Its time is in UTC, so an instant in another time zone has the same key. */
export function dedupeKeyOf(
  businessAccountId: Id<"businessAccounts">,
  { eventType, resourceId, occurredAt }: NotificationEvent,
): string {
  return `${businessAccountId}:${eventType}:${resourceId}:${new Date(occurredAt).toISOString()}`;
}

/** An event, and of a comparison the state in which BrickLink listed the order. */
export type EventToStore = NotificationEvent & { listed?: ListedState | null };

async function findNotification(ctx: MutationCtx, dedupeKey: string): Promise<Notification | null> {
  return await ctx.db
    .query("bricklinkNotifications")
    .withIndex("by_dedupe_key", (q) => q.eq("dedupeKey", dedupeKey))
    .unique();
}

async function upsert(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  source: Source,
  event: EventToStore,
  now: number,
): Promise<{ id: Id<"bricklinkNotifications">; isDue: boolean }> {
  const dedupeKey = dedupeKeyOf(businessAccountId, event);
  const existing = await findNotification(ctx, dedupeKey);
  if (existing === null) {
    const id = await ctx.db.insert("bricklinkNotifications", {
      businessAccountId,
      dedupeKey,
      ...event,
      source,
      status: "pending",
      attempts: 0,
      receivedAt: now,
      nextAttemptAt: now,
    });
    return { id, isDue: true };
  }
  if (!isAllowed(existing.status, "requeue")) return { id: existing._id, isDue: false };
  await requeue(ctx, existing, now);
  return { id: existing._id, isDue: true };
}

/** Makes a pending or failed notification due now, with its attempts counted from 0. Throws an Error for other states. */
export async function requeue(
  ctx: MutationCtx,
  { _id, status, source }: Notification,
  now: number,
  newSource = source,
): Promise<void> {
  await ctx.db.patch("bricklinkNotifications", _id, {
    source: newSource,
    status: statusAfter(status, "requeue"),
    attempts: 0,
    nextAttemptAt: now,
    failingSince: undefined,
  });
}

/** As `requeue`, and schedules its processing. */
export async function requeueNow(
  ctx: MutationCtx,
  notification: Notification,
  now: number,
  newSource = notification.source,
): Promise<void> {
  await requeue(ctx, notification, now, newSource);
  await scheduleProcessing(ctx, notification._id);
}

async function scheduleProcessing(
  ctx: MutationCtx,
  notificationId: Id<"bricklinkNotifications">,
): Promise<void> {
  await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.notifications.processNotification, {
    notificationId,
  });
}

/**
 * Stores events and schedules their processing in the same transaction, so no stored notification is left unscheduled.
 * Returns one id per event, in order; a repeated event has the id of the stored one.
 */
export async function enqueue(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  source: Source,
  events: readonly EventToStore[],
): Promise<Id<"bricklinkNotifications">[]> {
  const now = Date.now();
  const ids: Id<"bricklinkNotifications">[] = [];
  const due = new Set<Id<"bricklinkNotifications">>();
  for (const event of events) {
    const { id, isDue } = await upsert(ctx, businessAccountId, source, event, now);
    ids.push(id);
    if (isDue) due.add(id);
  }
  for (const notificationId of [...due].slice(0, SCHEDULED_PER_MUTATION_MAX)) {
    await scheduleProcessing(ctx, notificationId);
  }
  return ids;
}

/** Has an order fetched, or its feedback. Unlike an event of BrickLink's, each call causes a fetch of its own, also within one millisecond. */
export async function enqueueFetch(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  source: "manual" | "write",
  orderNumber: number,
  eventType: "Order" | "Feedback" = "Order",
): Promise<Id<"bricklinkNotifications">> {
  const event = { eventType, resourceId: orderNumber, occurredAt: Date.now() };
  while (await findNotification(ctx, dedupeKeyOf(businessAccountId, event))) event.occurredAt += 1;
  const [notificationId] = await enqueue(ctx, businessAccountId, source, [event]);
  if (notificationId === undefined) throw new Error("The request to fetch an order was not stored.");
  return notificationId;
}
