/** A notification as the delivery log shows it: a row, and its whole story from arrival to the ledger. */
import { v, type Infer } from "convex/values";
import type { Doc } from "../../_generated/dataModel";
import type { QueryCtx } from "../../_generated/server";
import { movementText } from "../../inventory/movementWords";
import { notificationStatusValidator, outcomeValidator, sourceValidator } from "./notificationState";
import type { Notification } from "./notificationStore";
import { findOrder } from "./orderStore";
import { eventTypeValidator } from "./schema";

/** One order's lines, each moved once or twice. */
const MOVEMENTS_SHOWN = 300;

/** How far to look for the fetch that covered a notification. */
const COMPLETED_SCANNED = 50;

export const deliveryRowFields = {
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
  outcome: v.union(outcomeValidator, v.null()),
  /** Why it failed, or waits, in words. */
  reason: v.union(v.string(), v.null()),
};
const deliveryRowValidator = v.object(deliveryRowFields);

export function deliveryRow(notification: Notification): Infer<typeof deliveryRowValidator> {
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
    outcome: notification.outcome ?? null,
    reason: notification.status === "completed" ? null : (notification.failure?.message ?? null),
  };
}

const stepValidator = v.object({
  at: v.number(),
  tone: v.union(v.literal("plain"), v.literal("good"), v.literal("bad"), v.literal("ahead")),
  text: v.string(),
});
type Step = Infer<typeof stepValidator>;

export const storyValidator = v.object({
  delivery: deliveryRowValidator,
  /** Whether the order it tells of is stored. */
  hasOrder: v.boolean(),
  steps: v.array(stepValidator),
  /** The notification whose fetch served this one too. */
  servedBy: v.union(v.id("bricklinkNotifications"), v.null()),
  movements: v.array(v.object({ at: v.number(), inventoryItemId: v.id("inventoryItems"), text: v.string() })),
});

const eventWords: Record<Notification["eventType"], string> = {
  Order: "It happened at BrickLink: an order was placed or changed.",
  Message: "Somebody wrote a message at BrickLink.",
  Feedback: "Feedback was given at BrickLink.",
};

const sourceWords: Record<Notification["source"], string> = {
  webhook: "BrickLink called the callback URL.",
  poll: "It was among the unread notifications when BrickLink was asked.",
  reconcile: "Comparing the lists of orders showed a difference.",
  manual: "A person asked for it.",
};

const outcomeWords: Record<NonNullable<Notification["outcome"]>, string> = {
  applied: "The order was fetched and stored, and its stock settled, in one step.",
  noted: "Noted. Read and answer it on BrickLink.",
  coalesced: "A fetch of the same order that began after this arrived served it too.",
  superseded: "A newer state of the order was stored already, so nothing was changed.",
};

function beginning({ eventType, source, occurredAt, receivedAt }: Notification): Step[] {
  const arrived: Step = { at: receivedAt, tone: "plain", text: sourceWords[source] };
  // A comparison has no event behind it: its time is its own start.
  if (source === "reconcile" || source === "manual") return [arrived];
  return [{ at: occurredAt, tone: "plain", text: eventWords[eventType] }, arrived];
}

function failedAttempts({ attempts, failure, failedAt, receivedAt, status }: Notification): Step[] {
  if (failure === undefined) return [];
  // A person's Retry counts attempts anew, so that only a standing failure has a number.
  const text = `${status === "failed" ? `Attempt ${attempts}` : "An earlier attempt"} failed. ${failure.message}`;
  return [{ at: failedAt ?? receivedAt, tone: "bad", text }];
}

function standing(notification: Notification): Step[] {
  const { status, attempts, nextAttemptAt, processedAt, receivedAt, failedAt, outcome } = notification;
  switch (status) {
    case "pending":
      return [{ at: nextAttemptAt ?? receivedAt, tone: "ahead", text: "Waits to be fetched." }];
    case "processing":
      return [{ at: receivedAt, tone: "ahead", text: `Being fetched now, attempt ${attempts}.` }];
    case "failed":
      return nextAttemptAt === undefined
        ? [
            {
              at: failedAt ?? receivedAt,
              tone: "bad",
              text: "It is not tried again by itself. Once the cause is mended, Retry starts it over.",
            },
          ]
        : [{ at: nextAttemptAt, tone: "ahead", text: `Attempt ${attempts + 1} starts by itself.` }];
    case "completed": {
      const tries = attempts > 1 ? ` It took ${attempts} attempts.` : "";
      const words = outcome === undefined ? "Done." : outcomeWords[outcome];
      return [{ at: processedAt ?? receivedAt, tone: "good", text: `${words}${tries}` }];
    }
  }
}

/** The notification completed by its own fetch in the same transaction as this one. */
async function findServer(ctx: QueryCtx, notification: Notification): Promise<Notification | null> {
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
    .take(COMPLETED_SCANNED);
  const server = completed.find(
    ({ outcome, processedAt }) => outcome !== "coalesced" && processedAt === notification.processedAt,
  );
  return server ?? null;
}

async function movementsOf(ctx: QueryCtx, notification: Notification) {
  const entries = await ctx.db
    .query("inventoryLedger")
    .withIndex("by_notification", (q) => q.eq("notificationReference", notification._id))
    .take(MOVEMENTS_SHOWN);
  const lots = new Map<string, Doc<"inventoryItems"> | null>();
  for (const { inventoryItemId } of entries) {
    if (!lots.has(inventoryItemId)) {
      lots.set(inventoryItemId, await ctx.db.get("inventoryItems", inventoryItemId));
    }
  }
  return entries.map((entry) => ({
    at: entry.createdAt,
    inventoryItemId: entry.inventoryItemId,
    text: movementText(entry, lots.get(entry.inventoryItemId) ?? null),
  }));
}

export async function storyOf(
  ctx: QueryCtx,
  notification: Notification,
): Promise<Infer<typeof storyValidator>> {
  const { businessAccountId, eventType, resourceId } = notification;
  const order = eventType === "Order" ? await findOrder(ctx, businessAccountId, resourceId) : null;
  return {
    delivery: deliveryRow(notification),
    hasOrder: order !== null,
    steps: [...beginning(notification), ...failedAttempts(notification), ...standing(notification)],
    servedBy: (await findServer(ctx, notification))?._id ?? null,
    movements: await movementsOf(ctx, notification),
  };
}
