/**
 * The poll: reads a store's unread notifications, for callbacks that were never sent. BrickLink forgets what it has returned,
 * so the whole answer is stored before anything else happens.
 */
import type { FunctionArgs } from "convex/server";
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { internalMutation, type ActionCtx, type MutationCtx } from "../../../_generated/server";
import { chunks } from "../../../lib/collections";
import { failureValidator, toResult } from "../api/failure";
import type { NotificationEvent } from "../api/payloads";
import {
  activeCredential,
  findCredential,
  storeClientFor,
  storePageArgs,
  visitActiveStores,
} from "../connection/credentials";
import { encryptedKeysValidator } from "../connection/encryption";
import { isPollDue, pollIntervalOf, POLL_INTERVAL_MINUTES } from "../connection/pollInterval";
import { pollSpacingMs } from "../limits/callBudget";
import {
  activityFor,
  callLimit,
  fieldsAfterFailure,
  findActivity,
  permitCalls,
} from "../limits/storeActivity";

/** One call of at most 45 s and a commit, with room to spare. */
const POLL_LEASE_MS = 2 * 60_000;

/** Convex allows 4,096 index reads in a mutation, and an event takes one. Longer answers are stored in several mutations. */
const EVENTS_PER_MUTATION = 1_500;

/** Takes the store's poll lease and counts the call; null when another run holds it, the store is paused or calls are short. */
export const claimPoll = internalMutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.union(v.null(), v.object({ encryptedKeys: encryptedKeysValidator })),
  handler: async (ctx, { businessAccountId }) => {
    const now = Date.now();
    const credential = await activeCredential(ctx, businessAccountId);
    if (credential === null) return null;
    const activity = await activityFor(ctx, businessAccountId);
    if ((activity.pollLeaseExpiresAt ?? 0) > now) {
      await ctx.db.patch("storeActivity", activity._id, { isPollRequested: true });
      return null;
    }
    if (now < (activity.lastPolledAt ?? 0) + pollSpacingMs(activity.callHours, callLimit(), now)) return null;
    const calls = permitCalls(activity, 1, "upkeep", now);
    if (!calls.ok) return null;
    await ctx.db.patch("storeActivity", activity._id, {
      callHours: calls.callHours,
      pollLeaseExpiresAt: now + POLL_LEASE_MS,
    });
    return { encryptedKeys: credential.encryptedKeys };
  },
});

/** Ends a poll that failed. The next run of the cron tries again. */
export const failPoll = internalMutation({
  args: { businessAccountId: v.id("businessAccounts"), failure: failureValidator },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, failure }) => {
    const now = Date.now();
    const activity = await activityFor(ctx, businessAccountId);
    const { retryAfterMs: _retryAfterMs, ...problem } = failure;
    await ctx.db.patch("storeActivity", activity._id, {
      pollLeaseExpiresAt: undefined,
      isPollRequested: false,
      pollError: { ...problem, at: now },
      ...(await fieldsAfterFailure(ctx, activity, failure, now)),
    });
    return null;
  },
});

/**
 * Ends a poll whose answer was stored in this transaction, and polls again if that was asked for meanwhile. `unreadable`:
 * entries of the answer that could not be read.
 */
export async function finishPoll(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  unreadable: number,
): Promise<void> {
  const now = Date.now();
  const { _id, isPollRequested, circuitBreaker } = await activityFor(ctx, businessAccountId);
  await ctx.db.patch("storeActivity", _id, {
    lastPolledAt: now,
    pollLeaseExpiresAt: undefined,
    isPollRequested: false,
    circuitBreaker: undefined,
    pollError: unreadable > 0 ? { code: "unreadableNotifications", count: unreadable, at: now } : undefined,
  });
  const { notifications, queue } = internal.marketplaces.bricklink;
  // BrickLink answers again, so that due work need not wait until the circuit would have been half open.
  if (circuitBreaker !== undefined) {
    await ctx.scheduler.runAfter(0, queue.sweep.claimStoreWork, { businessAccountId });
  }
  if (isPollRequested) {
    await ctx.scheduler.runAfter(0, notifications.pollNotificationsForBusiness, { businessAccountId });
  }
}

/** Delays before further tries to store an answer, which BrickLink will not send again. */
const STORE_RETRY_DELAYS_MS = [200, 1_000, 5_000];

type PollWrite = { events: NotificationEvent[]; skipped?: number; isMoreToCome?: boolean };

/** Stores events, with retries: the answer exists nowhere else, and storing it twice changes nothing. */
async function upsertWithRetries(
  ctx: ActionCtx,
  args: FunctionArgs<typeof internal.marketplaces.bricklink.notifications.upsertNotification>,
): Promise<void> {
  const upsert = internal.marketplaces.bricklink.notifications.upsertNotification;
  for (const delayMs of STORE_RETRY_DELAYS_MS) {
    try {
      await ctx.runMutation(upsert, args);
      return;
    } catch (error) {
      console.error(`The answer of a poll could not be stored. Next try in ${delayMs} ms.`, error);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }
  await ctx.runMutation(upsert, args);
}

/**
 * The mutations that store a poll's answer: one, so that no crash can come in between. Only an answer that is too long for a
 * transaction takes several. A crash between those loses the rest, whose orders the comparison of order lists finds.
 */
export function splitIntoMutations(events: NotificationEvent[], unreadable: number): PollWrite[] {
  const parts = chunks(events, EVENTS_PER_MUTATION);
  const last = parts.pop() ?? [];
  return [
    ...parts.map((part) => ({ events: part, isMoreToCome: true })),
    { events: last, skipped: unreadable },
  ];
}

/** Polls one store, unless a poll is running, the store is paused or its calls are short. */
export async function pollStore(ctx: ActionCtx, businessAccountId: Id<"businessAccounts">): Promise<void> {
  const work = await ctx.runMutation(internal.marketplaces.bricklink.sync.poll.claimPoll, {
    businessAccountId,
  });
  if (work === null) return;
  const answer = await toResult(async () =>
    (await storeClientFor(businessAccountId, work.encryptedKeys)).getNotifications(),
  );
  if (!answer.ok) {
    await ctx.runMutation(internal.marketplaces.bricklink.sync.poll.failPoll, {
      businessAccountId,
      failure: answer.failure,
    });
    return;
  }
  for (const write of splitIntoMutations(answer.value.entries, answer.value.unreadable)) {
    await upsertWithRetries(ctx, { businessAccountId, source: "poll", ...write });
  }
}

/** Schedules a poll of every active store whose interval has passed, spread over the cron's own interval. */
export const pollAllStores = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const now = Date.now();
    const { pollAllStores: next } = internal.marketplaces.bricklink.sync.poll;
    await visitActiveStores(ctx, cursor, next, async (businessAccountId, share) => {
      const credential = await findCredential(ctx, businessAccountId);
      const activity = await findActivity(ctx, businessAccountId);
      if (credential === null || !isPollDue(pollIntervalOf(credential), activity?.lastPolledAt, now)) return;
      await ctx.scheduler.runAfter(
        Math.floor(share * POLL_INTERVAL_MINUTES * 60_000),
        internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness,
        { businessAccountId },
      );
    });
    return null;
  },
});
