/** The fallback: reading a store's unread notifications. What BrickLink returns it forgets, so none may be lost here. */
import type { FunctionArgs } from "convex/server";
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalMutation, type ActionCtx } from "../../_generated/server";
import { activityFor, callLimit, outagePatch, permitCalls } from "./activity";
import { chunks } from "./chunks";
import { activeCredential, visitActiveStores, storeClientFor, storePageArgs } from "./credentials";
import { failureValidator, withoutThrowing } from "./failure";
import type { NotificationEvent } from "./payloads";
import { isPollDue, POLL_INTERVAL_MINUTES } from "./pollInterval";
import { pollSpacingMs } from "./quota";
import { sealedValidator } from "./schema";

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
    if (now < (activity.lastPolledAt ?? 0) + pollSpacingMs(activity.callHours, callLimit(), now)) return null;
    const calls = permitCalls(activity, 1, "upkeep", now);
    if (!calls.ok) return null;
    await ctx.db.patch("storeActivity", activity._id, {
      callHours: calls.callHours,
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
    const now = Date.now();
    const activity = await activityFor(ctx, businessAccountId);
    await ctx.db.patch("storeActivity", activity._id, {
      pollLeaseExpiresAt: undefined,
      isPollWanted: false,
      pollError: { code: failure.code, message: failure.message, at: now },
      ...(await outagePatch(ctx, activity, failure, now)),
    });
    return null;
  },
});

/** Waits before another try at storing an answer, which exists nowhere else any more. */
const STORE_AGAIN_AFTER_MS = [200, 1_000, 5_000];

type Write = { events: NotificationEvent[]; skipped?: number; isMoreToCome?: boolean };

type Answered = FunctionArgs<typeof internal.marketplaces.bricklink.notifications.upsertNotification>;

/** Stores events, again if that fails: storing is idempotent, and BrickLink has forgotten them. */
async function storeSurely(ctx: ActionCtx, answered: Answered): Promise<void> {
  const upsert = internal.marketplaces.bricklink.notifications.upsertNotification;
  for (const delayMs of STORE_AGAIN_AFTER_MS) {
    try {
      await ctx.runMutation(upsert, answered);
      return;
    } catch (error) {
      console.error("A poll's answer could not be stored; it is tried again.", error);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }
  await ctx.runMutation(upsert, answered);
}

/**
 * The writes that store a poll's answer: one, so that no crash comes between. Only an answer too long for a transaction
 * takes several; a crash between those loses the rest to reconcile, which finds orders by comparing lists.
 */
export function writesOf(events: NotificationEvent[], unreadable: number): Write[] {
  const parts = chunks(events, EVENTS_PER_MUTATION);
  const last = parts.pop() ?? [];
  return [
    ...parts.map((part) => ({ events: part, isMoreToCome: true })),
    { events: last, skipped: unreadable },
  ];
}

export async function pollStore(ctx: ActionCtx, businessAccountId: Id<"businessAccounts">): Promise<void> {
  const work = await ctx.runMutation(internal.marketplaces.bricklink.poll.claimPoll, { businessAccountId });
  if (work === null) return;
  const answer = await withoutThrowing(async () =>
    (await storeClientFor(businessAccountId, work.sealedKeys)).getNotifications(),
  );
  if (!answer.ok) {
    await ctx.runMutation(internal.marketplaces.bricklink.poll.failPoll, {
      businessAccountId,
      failure: answer.failure,
    });
    return;
  }
  for (const write of writesOf(answer.value.entries, answer.value.unreadable)) {
    await storeSurely(ctx, { businessAccountId, source: "poll", ...write });
  }
}

/** Schedules every active store's poll, spread over the interval so that they do not all call at once. */
export const pollAllStores = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { pollAllStores: next } = internal.marketplaces.bricklink.poll;
    await visitActiveStores(ctx, cursor, next, async (businessAccountId, share) => {
      if (!(await isPollDue(ctx, businessAccountId, Date.now()))) return;
      await ctx.scheduler.runAfter(
        Math.floor(share * POLL_INTERVAL_MINUTES * 60_000),
        internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness,
        { businessAccountId },
      );
    });
    return null;
  },
});
