/** Whether callbacks arrive. A poll or a comparison that finds orders which no callback announced says that they may not. */
import { v } from "convex/values";
import type { Doc } from "../../../_generated/dataModel";
import { query, type QueryCtx } from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { findOrder } from "../../../orders/apply/applySnapshot";
import { findCredential } from "../connection/credentials";

/** Latest events looked through. More in a row without a callback are told as "at least". */
const READ_MAX = 100;

/** Single callbacks are lost now and then. This many events in a row without one are no accident. */
const SILENT_FROM = 3;

/**
 * Whether BrickLink had reason to call for an event that came another way: it was among the unread ones, or a comparison found an order
 * that was placed since the store was connected. Other differences may be what the seller changed at BrickLink.
 */
async function shouldHaveBeenAnnounced(
  ctx: QueryCtx,
  { businessAccountId, source, resourceId }: Doc<"bricklinkNotifications">,
  connectedAt: number,
): Promise<boolean> {
  if (source !== "reconcile") return source === "poll";
  const order = await findOrder(ctx, businessAccountId, resourceId);
  return order?.source === "reconcile" && order.orderedAt > connectedAt;
}

/**
 * The latest events about orders in a row that BrickLink did not announce by a callback; null while callbacks arrive. `since`: when
 * the first of them was found, milliseconds UTC.
 */
export const get = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.union(v.null(), v.object({ since: v.number(), unannounced: v.number(), isMore: v.boolean() })),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "marketplaces.bricklink.limits.silence.get");
    const latest = await ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_event_received", (q) =>
        q.eq("businessAccountId", businessAccountId).eq("eventType", "Order"),
      )
      .order("desc")
      .take(READ_MAX);
    const firstCallback = latest.findIndex(({ source }) => source === "webhook");
    const sinceCallback = firstCallback < 0 ? latest : latest.slice(0, firstCallback);
    const connectedAt = (await findCredential(ctx, businessAccountId))?.connectedAt ?? 0;
    const isUnannounced = await Promise.all(
      sinceCallback.map((event) => shouldHaveBeenAnnounced(ctx, event, connectedAt)),
    );
    const unannounced = sinceCallback.filter((_, index) => isUnannounced[index]);
    const earliest = unannounced.at(-1);
    if (!earliest || unannounced.length < SILENT_FROM) return null;
    return {
      since: earliest.receivedAt,
      unannounced: unannounced.length,
      isMore: firstCallback < 0 && latest.length === READ_MAX,
    };
  },
});
