/** An order's story in words: what told us of it, and what that did to stock. */
import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { movementWords } from "../inventory/movementWords";

/** Enough for a long life of one order; older entries stay in their tables. */
const NOTIFICATIONS_SHOWN = 50;
const MOVEMENTS_SHOWN = 200;

export const historyValidator = v.object({
  at: v.number(),
  kind: v.union(v.literal("notification"), v.literal("stock")),
  text: v.string(),
});
export type HistoryEntry = Infer<typeof historyValidator>;

const sourceWords: Record<Doc<"bricklinkNotifications">["source"], string> = {
  webhook: "BrickLink called",
  poll: "BrickLink's notifications were read",
  reconcile: "The order lists were compared",
  manual: "A person asked for it",
};

const outcomeWords: Record<NonNullable<Doc<"bricklinkNotifications">["outcome"]>, string> = {
  applied: "the order was fetched and stored",
  noted: "noted",
  coalesced: "covered by another fetch",
  superseded: "a newer state was already stored",
};

function notificationText({
  source,
  status,
  outcome,
  attempts,
  failure,
}: Doc<"bricklinkNotifications">): string {
  const how = sourceWords[source];
  switch (status) {
    case "completed":
      return `${how}: ${outcome === undefined ? "done" : outcomeWords[outcome]}`;
    case "processing":
      return `${how}: fetching now, attempt ${attempts}`;
    case "failed":
      return `${how}: attempt ${attempts} failed. ${failure?.message ?? ""}`.trim();
    case "pending":
      return failure === undefined ? `${how}: waiting` : `${how}: waiting. ${failure.message}`;
  }
}

function movementText(entry: Doc<"inventoryLedger">, line: Doc<"bricklinkOrderItems"> | undefined): string {
  const pieces = Math.max(
    Math.abs(entry.onHandAfter - entry.onHandBefore),
    Math.abs(entry.reservedAfter - entry.reservedBefore),
  );
  const what = line ? `${line.itemName} (${line.location})` : "a line since removed";
  return `${pieces} × ${what} ${movementWords[entry.kind]}`;
}

/** Newest first. */
export async function historyOf(
  ctx: QueryCtx,
  order: Doc<"bricklinkOrders">,
  lines: readonly Doc<"bricklinkOrderItems">[],
): Promise<HistoryEntry[]> {
  const notifications = await ctx.db
    .query("bricklinkNotifications")
    .withIndex("by_resource", (q) =>
      q
        .eq("businessAccountId", order.businessAccountId)
        .eq("eventType", "Order")
        .eq("resourceId", order.orderNumber),
    )
    .order("desc")
    .take(NOTIFICATIONS_SHOWN);
  const movements = await ctx.db
    .query("inventoryLedger")
    .withIndex("by_order", (q) => q.eq("orderReference", order._id))
    .order("desc")
    .take(MOVEMENTS_SHOWN);
  const lineById = new Map<string, Doc<"bricklinkOrderItems">>(lines.map((line) => [line._id, line]));
  const entries: HistoryEntry[] = [
    ...notifications.map((notification) => ({
      at: notification.processedAt ?? notification.receivedAt,
      kind: "notification" as const,
      text: notificationText(notification),
    })),
    ...movements.map((entry) => ({
      at: entry.createdAt,
      kind: "stock" as const,
      text: movementText(entry, lineById.get(entry.lineReference ?? "")),
    })),
  ];
  return entries.sort((a, b) => b.at - a.at);
}
