/** Notifications coming in: stored once, whatever told of them, and scheduled. What becomes of them: notificationWork.ts. */
import { internal } from "../../_generated/api";
import type { Doc, Id } from "../../_generated/dataModel";
import type { MutationCtx } from "../../_generated/server";
import { may, statusAfter, type Source } from "./notificationState";
import type { NotificationEvent } from "./payloads";

export type Notification = Doc<"bricklinkNotifications">;

/** Convex schedules at most 1,000 functions in one mutation; those past this many are started by the ones that finish. */
const SCHEDULED_PER_MUTATION_MAX = 500;

/** One instant, however it was written, is one key. Webhook, poll and reconcile share it. */
export function dedupeKeyOf(
  businessAccountId: Id<"businessAccounts">,
  { eventType, resourceId, occurredAt }: NotificationEvent,
): string {
  return `${businessAccountId}:${eventType}:${resourceId}:${new Date(occurredAt).toISOString()}`;
}

async function storeOne(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  source: Source,
  event: NotificationEvent,
  now: number,
): Promise<{ id: Id<"bricklinkNotifications">; isWaiting: boolean }> {
  const dedupeKey = dedupeKeyOf(businessAccountId, event);
  const existing = await ctx.db
    .query("bricklinkNotifications")
    .withIndex("by_dedupe_key", (q) => q.eq("dedupeKey", dedupeKey))
    .unique();
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
    return { id, isWaiting: true };
  }
  if (!may(existing.status, "repeat")) return { id: existing._id, isWaiting: false };
  await restart(ctx, existing, now);
  return { id: existing._id, isWaiting: true };
}

/** A waiting or failed notification begins afresh, due now. */
export async function restart(ctx: MutationCtx, { _id, status }: Notification, now: number): Promise<void> {
  await ctx.db.patch("bricklinkNotifications", _id, {
    status: statusAfter(status, "repeat"),
    attempts: 0,
    nextAttemptAt: now,
  });
}

/** As `restart`, and starts it. */
export async function restartNow(ctx: MutationCtx, notification: Notification, now: number): Promise<void> {
  await restart(ctx, notification, now);
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
 * Stores events and schedules their processing in the same transaction, so that a stored notification that nobody
 * will process cannot exist. Returns one id an event, in order; a repeated event has the id it had.
 */
export async function storeNotifications(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  source: Source,
  events: readonly NotificationEvent[],
): Promise<Id<"bricklinkNotifications">[]> {
  const now = Date.now();
  const ids: Id<"bricklinkNotifications">[] = [];
  const waiting = new Set<Id<"bricklinkNotifications">>();
  for (const event of events) {
    const { id, isWaiting } = await storeOne(ctx, businessAccountId, source, event, now);
    ids.push(id);
    if (isWaiting) waiting.add(id);
  }
  for (const notificationId of [...waiting].slice(0, SCHEDULED_PER_MUTATION_MAX)) {
    await scheduleProcessing(ctx, notificationId);
  }
  return ids;
}
