/** The notification log: every notification as staff see it, and the retry of those that failed. */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { ConvexError, v, type Infer } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { mutation, query, type QueryCtx } from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { recordDeed } from "../../../accounts/deeds";
import { boundedPage } from "../../../lib/pagination";
import { requireActiveCredential } from "../connection/credentials";
import { enqueueFetch, requeue, requeueNow, type Notification } from "./enqueue";
import { isAllowed } from "./states";
import { notificationRow, notificationRowValidator, timelineOf, timelineValidator } from "./timeline";

/** Failures retried in one call. The button says how many remain. */
const RETRIED_PER_CALL_MAX = 100;

/** Newest notifications of one order that its history shows. */
const SHOWN_PER_ORDER_MAX = 50;

const filterValidator = v.union(
  v.literal("all"),
  v.literal("failed"),
  v.literal("retrying"),
  v.literal("waiting"),
  v.literal("processing"),
  v.literal("completed"),
  v.literal("messages"),
  v.literal("feedback"),
);
type Filter = Infer<typeof filterValidator>;

/** Each filter is one range of an index. What waits is sorted by when it is due, everything else newest first. */
function filtered(ctx: QueryCtx, businessAccountId: Id<"businessAccounts">, filter: Filter) {
  const rows = ctx.db.query("bricklinkNotifications");
  const withStatus = (status: "pending" | "processing" | "completed") =>
    rows.withIndex("by_business_due", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("status", status),
    );
  const ofEvent = (eventType: "Message" | "Feedback") =>
    rows.withIndex("by_event_received", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("eventType", eventType),
    );
  switch (filter) {
    case "all":
      return rows.withIndex("by_received", (q) => q.eq("businessAccountId", businessAccountId)).order("desc");
    case "failed":
      return rows
        .withIndex("by_business_due", (q) =>
          q.eq("businessAccountId", businessAccountId).eq("status", "failed").eq("nextAttemptAt", undefined),
        )
        .order("desc");
    case "retrying":
      return rows.withIndex("by_business_due", (q) =>
        q.eq("businessAccountId", businessAccountId).eq("status", "failed").gt("nextAttemptAt", 0),
      );
    case "waiting":
      return withStatus("pending");
    case "processing":
      return withStatus("processing");
    case "completed":
      return withStatus("completed").order("desc");
    case "messages":
      return ofEvent("Message").order("desc");
    case "feedback":
      return ofEvent("Feedback").order("desc");
  }
}

/** A page of notifications. */
export const list = query({
  args: {
    businessAccountId: v.id("businessAccounts"),
    filter: filterValidator,
    paginationOpts: paginationOptsValidator,
  },
  returns: paginationResultValidator(notificationRowValidator),
  handler: async (ctx, { businessAccountId, filter, paginationOpts }) => {
    await requireMember(ctx, businessAccountId, "marketplaces.bricklink.queue.log.list");
    const result = await filtered(ctx, businessAccountId, filter).paginate(boundedPage(paginationOpts));
    return { ...result, page: result.page.map(notificationRow) };
  },
});

/** The notifications of one order, newest first: also those whose messages or feedback are stored with it. */
export const forOrder = query({
  args: { businessAccountId: v.id("businessAccounts"), orderNumber: v.number() },
  returns: v.array(notificationRowValidator),
  handler: async (ctx, { businessAccountId, orderNumber }) => {
    await requireMember(ctx, businessAccountId, "marketplaces.bricklink.queue.log.forOrder");
    const ofEvent = (eventType: Notification["eventType"]) =>
      ctx.db
        .query("bricklinkNotifications")
        .withIndex("by_resource", (q) =>
          q
            .eq("businessAccountId", businessAccountId)
            .eq("eventType", eventType)
            .eq("resourceId", orderNumber),
        )
        .order("desc")
        .take(SHOWN_PER_ORDER_MAX);
    const found = await Promise.all([ofEvent("Order"), ofEvent("Message"), ofEvent("Feedback")]);
    return found
      .flat()
      .map(notificationRow)
      .filter((row) => row.orderNumber === orderNumber)
      .sort((a, b) => b.receivedAt - a.receivedAt)
      .slice(0, SHOWN_PER_ORDER_MAX);
  },
});

/** One notification with what it led to; null when this store has none of that id. */
export const timeline = query({
  args: { businessAccountId: v.id("businessAccounts"), notificationId: v.string() },
  returns: v.union(v.null(), timelineValidator),
  handler: async (ctx, { businessAccountId, notificationId }) => {
    await requireMember(ctx, businessAccountId, "marketplaces.bricklink.queue.log.timeline");
    const id = ctx.db.normalizeId("bricklinkNotifications", notificationId);
    const notification = id === null ? null : await ctx.db.get("bricklinkNotifications", id);
    if (notification?.businessAccountId !== businessAccountId) return null;
    return await timelineOf(ctx, notification);
  },
});

/** A notification as the subject of a deed. */
function subjectOf({ eventType, resourceId }: Notification) {
  return {
    kind: "notification" as const,
    eventType,
    ...(eventType === "Order" && { orderNumber: resourceId }),
  };
}

/** Retries one pending or failed notification now. Throws ConvexError `notFound` or `notRetryable`. */
export const retryOne = mutation({
  args: { businessAccountId: v.id("businessAccounts"), notificationId: v.id("bricklinkNotifications") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, notificationId }) => {
    const member = await requireMember(ctx, businessAccountId, "marketplaces.bricklink.queue.log.retryOne");
    const notification = await ctx.db.get("bricklinkNotifications", notificationId);
    if (notification?.businessAccountId !== businessAccountId) {
      throw new ConvexError({ code: "notFound", message: "There is no such notification in this store." });
    }
    if (!isAllowed(notification.status, "requeue")) {
      throw new ConvexError({
        code: "notRetryable",
        message: "This notification is being processed or was completed already.",
      });
    }
    await requeueNow(ctx, notification, Date.now(), "manual");
    await recordDeed(ctx, member, { action: "notificationRetried", subject: subjectOf(notification) });
    return null;
  },
});

/**
 * Fetches one order from BrickLink now, whether it is stored or not. Throws ConvexError `notConnected` or `orderNumberInvalid`.
 */
export const fetchOrder = mutation({
  args: { businessAccountId: v.id("businessAccounts"), orderNumber: v.number() },
  returns: v.id("bricklinkNotifications"),
  handler: async (ctx, { businessAccountId, orderNumber }) => {
    const member = await requireMember(ctx, businessAccountId, "marketplaces.bricklink.queue.log.fetchOrder");
    await requireActiveCredential(ctx, businessAccountId);
    if (!Number.isSafeInteger(orderNumber) || orderNumber <= 0) {
      throw new ConvexError({
        code: "orderNumberInvalid",
        message: "Enter the order's number as BrickLink shows it: digits only.",
      });
    }
    const notificationId = await enqueueFetch(ctx, businessAccountId, "manual", orderNumber);
    await recordDeed(ctx, member, { action: "orderFetched", subject: { kind: "order", orderNumber } });
    return notificationId;
  },
});

/** Retries every notification whose failure is final. Returns how many, at most 100 per call. */
export const retryFailed = mutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.number(),
  handler: async (ctx, { businessAccountId }) => {
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.queue.log.retryFailed",
    );
    const now = Date.now();
    const failed = await filtered(ctx, businessAccountId, "failed").take(RETRIED_PER_CALL_MAX);
    for (const notification of failed) {
      await requeue(ctx, notification, now, "manual");
      await recordDeed(ctx, member, { action: "notificationRetried", subject: subjectOf(notification) });
    }
    await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.queue.sweep.claimStoreWork, {
      businessAccountId,
    });
    return failed.length;
  },
});
