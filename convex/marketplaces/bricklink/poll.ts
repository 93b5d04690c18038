/** The fallback: reading a store's unread notifications. What BrickLink returns it forgets, so none may be lost here. */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalMutation, type ActionCtx } from "../../_generated/server";
import { activityFor, CALLS_KEPT_FOR_ORDERS, takeCalls } from "./activity";
import { activeCredential, visitActiveStores, storeClientFor, storePageArgs } from "./credentials";
import { failureValidator } from "./failure";
import type { NotificationEvent } from "./payloads";
import { sealedValidator } from "./schema";

/** How often a store is polled; crons.ts keeps the beat. */
export const POLL_INTERVAL_MINUTES = 3;

/** One call of at most 45 s and a commit, with room. */
const POLL_LEASE_MS = 2 * 60_000;

/** One mutation's index reads allow some 4,000 events; fewer leave room. A longer answer is stored in several. */
const EVENTS_PER_MUTATION = 1_500;

/** Takes the poller's lease and counts the call; null when another holds it, the store is paused or calls run low. */
export const claimPoll = internalMutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.union(v.null(), v.object({ sealedKeys: sealedValidator })),
  handler: async (ctx, { businessAccountId }) => {
    const now = Date.now();
    const credential = await activeCredential(ctx, businessAccountId);
    if (credential === null) return null;
    const activity = await activityFor(ctx, businessAccountId);
    if ((activity.pollLeaseExpiresAt ?? 0) > now) {
      await ctx.db.patch("storeActivity", activity._id, { isPollWanted: true });
      return null;
    }
    const calls = takeCalls(activity, 1, now, CALLS_KEPT_FOR_ORDERS);
    if (!calls.ok) return null;
    await ctx.db.patch("storeActivity", activity._id, {
      callDay: calls.window,
      pollLeaseExpiresAt: now + POLL_LEASE_MS,
    });
    return { sealedKeys: credential.sealedKeys };
  },
});

/** Ends a poll that got no answer; the next beat tries again. */
export const failPoll = internalMutation({
  args: { businessAccountId: v.id("businessAccounts"), failure: failureValidator },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, failure }) => {
    const activity = await activityFor(ctx, businessAccountId);
    const { _id, _creationTime, pollLeaseExpiresAt: _lease, ...kept } = activity;
    await ctx.db.replace("storeActivity", _id, {
      ...kept,
      isPollWanted: false,
      lastError: { code: failure.code, message: failure.message, at: Date.now() },
    });
    return null;
  },
});

async function storeAnswer(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  events: NotificationEvent[],
  unreadable: number,
): Promise<void> {
  const upsert = internal.marketplaces.bricklink.notifications.upsertNotification;
  let rest = events;
  while (rest.length > EVENTS_PER_MUTATION) {
    // Absurdly long answers only: a crash here loses the rest to reconcile, which finds orders by comparing lists.
    await ctx.runMutation(upsert, {
      businessAccountId,
      source: "poll",
      events: rest.slice(0, EVENTS_PER_MUTATION),
      isMoreToCome: true,
    });
    rest = rest.slice(EVENTS_PER_MUTATION);
  }
  await ctx.runMutation(upsert, { businessAccountId, source: "poll", events: rest, skipped: unreadable });
}

export async function pollStore(ctx: ActionCtx, businessAccountId: Id<"businessAccounts">): Promise<void> {
  const work = await ctx.runMutation(internal.marketplaces.bricklink.poll.claimPoll, { businessAccountId });
  if (work === null) return;
  const client = await storeClientFor(businessAccountId, work.sealedKeys);
  const answer = await client.getNotifications();
  if (!answer.ok) {
    await ctx.runMutation(internal.marketplaces.bricklink.poll.failPoll, {
      businessAccountId,
      failure: answer.failure,
    });
    return;
  }
  await storeAnswer(ctx, businessAccountId, answer.value.entries, answer.value.unreadable);
}

/** Schedules every active store's poll, spread over the interval so that they do not all call at once. */
export const pollAllStores = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { pollAllStores: next } = internal.marketplaces.bricklink.poll;
    await visitActiveStores(ctx, cursor, next, (businessAccountId, share) =>
      ctx.scheduler.runAfter(
        Math.floor(share * POLL_INTERVAL_MINUTES * 60_000),
        internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness,
        { businessAccountId },
      ),
    );
    return null;
  },
});
