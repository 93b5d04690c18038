/** One notification as the log shows it: a row, and its timeline from its arrival to the ledger. */
import { v, type Infer } from "convex/values";
import type { Doc } from "../../../_generated/dataModel";
import type { QueryCtx } from "../../../_generated/server";
import { movedQuantity } from "../../../inventory/ledger";
import { movementKindValidator } from "../../../inventory/schema";
import { findOrder } from "../../../orders/apply/applySnapshot";
import { sourceValidator } from "../../../orders/schema";
import { eventTypeValidator } from "../api/eventType";
import { problemValidator } from "../schema";
import type { Notification } from "./enqueue";
import { notificationStatusValidator, outcomeValidator } from "./states";

/** Ledger entries shown: one order's lines, each moved once or twice. */
const MOVEMENTS_SHOWN = 300;

/** Completed notifications of the same order that are read to find the one whose fetch served this one. */
const COMPLETED_READ_MAX = 50;

export const notificationRowValidator = v.object({
  notificationId: v.id("bricklinkNotifications"),
  eventType: eventTypeValidator,
  /** For "Order" the order number. */
  resourceId: v.number(),
  occurredAt: v.number(),
  receivedAt: v.number(),
  source: sourceValidator,
  status: notificationStatusValidator,
  attempts: v.number(),
  nextAttemptAt: v.union(v.number(), v.null()),
  processedAt: v.union(v.number(), v.null()),
  /** When the latest failed attempt failed, and why; also of a notification that was completed later. */
  failedAt: v.union(v.number(), v.null()),
  failure: v.union(problemValidator, v.null()),
  outcome: v.union(outcomeValidator, v.null()),
  /** The order that it is about; null when that is not known. */
  orderNumber: v.union(v.number(), v.null()),
});

function orderNumberOf({ eventType, resourceId, orderNumber }: Notification): number | null {
  return eventType === "Order" ? resourceId : (orderNumber ?? null);
}

export function notificationRow(notification: Notification): Infer<typeof notificationRowValidator> {
  return {
    notificationId: notification._id,
    eventType: notification.eventType,
    resourceId: notification.resourceId,
    occurredAt: notification.occurredAt,
    receivedAt: notification.receivedAt,
    source: notification.source,
    status: notification.status,
    attempts: notification.attempts,
    nextAttemptAt: notification.nextAttemptAt ?? null,
    processedAt: notification.processedAt ?? null,
    failedAt: notification.failedAt ?? null,
    failure: notification.failure ?? null,
    outcome: notification.outcome ?? null,
    orderNumber: orderNumberOf(notification),
  };
}

const movementValidator = v.object({
  at: v.number(),
  inventoryItemId: v.id("inventoryItems"),
  kind: movementKindValidator,
  /** Whole pieces, never negative. */
  quantity: v.number(),
  /** Null when the lot no longer exists. */
  lot: v.union(
    v.null(),
    v.object({ itemName: v.string(), colorName: v.union(v.string(), v.null()), location: v.string() }),
  ),
});

export const timelineValidator = v.object({
  notification: notificationRowValidator,
  /** Whether the order that it is about is stored. */
  hasOrder: v.boolean(),
  /** Of a coalesced notification: the one whose fetch served it too. */
  servedBy: v.union(v.id("bricklinkNotifications"), v.null()),
  movements: v.array(movementValidator),
});

/** The notification that was completed by its own fetch in the same transaction as this coalesced one. */
async function findCoalescingFetch(ctx: QueryCtx, notification: Notification): Promise<Notification | null> {
  if (notification.outcome !== "coalesced") return null;
  const completed = await ctx.db
    .query("bricklinkNotifications")
    .withIndex("by_resource", (q) =>
      q
        .eq("businessAccountId", notification.businessAccountId)
        .eq("eventType", notification.eventType)
        .eq("resourceId", notification.resourceId)
        .eq("status", "completed"),
    )
    .order("desc")
    .take(COMPLETED_READ_MAX);
  const server = completed.find(
    ({ outcome, processedAt }) => outcome !== "coalesced" && processedAt === notification.processedAt,
  );
  return server ?? null;
}

async function movementsOf(
  ctx: QueryCtx,
  notification: Notification,
): Promise<Infer<typeof movementValidator>[]> {
  const entries = await ctx.db
    .query("inventoryLedger")
    .withIndex("by_cause", (q) => q.eq("causeReference", notification._id))
    .take(MOVEMENTS_SHOWN);
  const lots = new Map<string, Doc<"inventoryItems"> | null>();
  for (const { inventoryItemId } of entries) {
    if (!lots.has(inventoryItemId)) {
      lots.set(inventoryItemId, await ctx.db.get("inventoryItems", inventoryItemId));
    }
  }
  return entries.map((entry) => {
    const lot = lots.get(entry.inventoryItemId) ?? null;
    return {
      at: entry.createdAt,
      inventoryItemId: entry.inventoryItemId,
      kind: entry.kind,
      quantity: movedQuantity(entry),
      lot: lot && { itemName: lot.itemName, colorName: lot.colorName ?? null, location: lot.location },
    };
  });
}

/** A notification with its order, the fetch that served it, and what it did to stock. */
export async function timelineOf(
  ctx: QueryCtx,
  notification: Notification,
): Promise<Infer<typeof timelineValidator>> {
  const orderNumber = orderNumberOf(notification);
  const order =
    orderNumber === null ? null : await findOrder(ctx, notification.businessAccountId, orderNumber);
  return {
    notification: notificationRow(notification),
    hasOrder: order !== null,
    servedBy: (await findCoalescingFetch(ctx, notification))?._id ?? null,
    movements: await movementsOf(ctx, notification),
  };
}
