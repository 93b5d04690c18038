/** The delivery log: every notification as staff see it, and what they do about those that failed. */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { ConvexError, v, type Infer } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { mutation, query, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { deliveryRow, deliveryRowFields, storyOf, storyValidator } from "./deliveryStory";
import { may } from "./notificationState";
import { restart, restartNow } from "./notificationStore";

/** Failures started over in one go; the button says how many remain. */
const RETRIED_AT_ONCE = 100;

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

/** Each filter is one range of an index. What waits comes soonest first, everything else newest first. */
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

/** A page of notifications. Times in milliseconds UTC. */
export const list = query({
  args: {
    businessAccountId: v.id("businessAccounts"),
    filter: filterValidator,
    paginationOpts: paginationOptsValidator,
  },
  returns: paginationResultValidator(v.object(deliveryRowFields)),
  handler: async (ctx, { businessAccountId, filter, paginationOpts }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const result = await filtered(ctx, businessAccountId, filter).paginate(paginationOpts);
    return { ...result, page: result.page.map(deliveryRow) };
  },
});

/** One notification's story in words; null when this store has none of that id, or no longer. */
export const story = query({
  args: { businessAccountId: v.id("businessAccounts"), notificationId: v.string() },
  returns: v.union(v.null(), storyValidator),
  handler: async (ctx, { businessAccountId, notificationId }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const id = ctx.db.normalizeId("bricklinkNotifications", notificationId);
    const notification = id === null ? null : await ctx.db.get("bricklinkNotifications", id);
    if (notification?.businessAccountId !== businessAccountId) return null;
    return await storyOf(ctx, notification);
  },
});

/** Starts one waiting or failed delivery over, now. Throws ConvexError `notFound` or `notRetryable`. */
export const retryOne = mutation({
  args: { businessAccountId: v.id("businessAccounts"), notificationId: v.id("bricklinkNotifications") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, notificationId }) => {
    await requireMember(ctx, businessAccountId, "staff");
    const notification = await ctx.db.get("bricklinkNotifications", notificationId);
    if (notification?.businessAccountId !== businessAccountId) {
      throw new ConvexError({ code: "notFound", message: "There is no such delivery in this store." });
    }
    if (!may(notification.status, "repeat")) {
      throw new ConvexError({
        code: "notRetryable",
        message: "This delivery is being worked on or done already.",
      });
    }
    await restartNow(ctx, notification, Date.now());
    return null;
  },
});

/** Starts every delivery that failed for good over again. Returns how many; at most 100 at a time. */
export const retryFailed = mutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.number(),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "staff");
    const now = Date.now();
    const failed = await filtered(ctx, businessAccountId, "failed").take(RETRIED_AT_ONCE);
    for (const notification of failed) await restart(ctx, notification, now);
    await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.sweep.startStore, { businessAccountId });
    return failed.length;
  },
});
