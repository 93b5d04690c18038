/** Whether callbacks arrive. A poll or a comparison that finds orders which no callback announced says that they may not. */
import { v } from "convex/values";
import type { Doc, Id } from "../../../_generated/dataModel";
import { query, type QueryCtx } from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { findOrder } from "../../../orders/apply/applySnapshot";
import type { Source } from "../../../orders/schema";
import { findCredential } from "../connection/credentials";

/** Latest events of each way looked through. More in a row without a callback are told as "at least". */
const READ_MAX = 100;

/** Single callbacks are lost now and then. This many events in a row without one are no accident. */
const SILENT_FROM = 3;

type Notification = Doc<"bricklinkNotifications">;

/** Events about orders that came one way and were stored after the event `after`, the latest first. */
async function latestEvents(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  source: Source,
  after: Notification | null,
): Promise<Notification[]> {
  return await ctx.db
    .query("bricklinkNotifications")
    .withIndex("by_source", (q) =>
      q
        .eq("businessAccountId", businessAccountId)
        .eq("eventType", "Order")
        .eq("source", source)
        .gt("_creationTime", after?._creationTime ?? 0),
    )
    .order("desc")
    .take(READ_MAX);
}

/**
 * Whether a difference that a comparison found is an order that BrickLink had reason to call for: one that was placed since the store
 * was connected. Others may be what the seller changed at BrickLink.
 */
async function isNewOrder(
  ctx: QueryCtx,
  { businessAccountId, resourceId }: Notification,
  connectedAt: number,
): Promise<boolean> {
  const order = await findOrder(ctx, businessAccountId, resourceId);
  return order?.source === "reconcile" && order.orderedAt > connectedAt;
}

/**
 * The latest events about orders in a row that BrickLink did not announce by a callback; null while callbacks arrive. `since`: when
 * the first of them was found, milliseconds UTC. What people asked for and what followed the store's own changes is left out: no
 * callback could announce it.
 */
export const get = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.union(v.null(), v.object({ since: v.number(), unannounced: v.number(), isMore: v.boolean() })),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "marketplaces.bricklink.limits.silence.get");
    const latestAnnounced = await ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_source", (q) =>
        q.eq("businessAccountId", businessAccountId).eq("eventType", "Order").eq("source", "webhook"),
      )
      .order("desc")
      .first();
    const [polled, compared] = await Promise.all([
      latestEvents(ctx, businessAccountId, "poll", latestAnnounced),
      latestEvents(ctx, businessAccountId, "reconcile", latestAnnounced),
    ]);
    const connectedAt = (await findCredential(ctx, businessAccountId))?.connectedAt ?? 0;
    const areNew = await Promise.all(compared.map((event) => isNewOrder(ctx, event, connectedAt)));
    const unannounced = [...polled, ...compared.filter((_, index) => areNew[index])];
    if (unannounced.length < SILENT_FROM) return null;
    return {
      since: Math.min(...unannounced.map(({ receivedAt }) => receivedAt)),
      unannounced: unannounced.length,
      isMore: polled.length === READ_MAX || compared.length === READ_MAX,
    };
  },
});
