/**
 * The poll: reads a store's unread notifications, for callbacks that were never sent. BrickLink forgets what it has returned,
 * so the whole answer is stored before anything else happens.
 */
import type { FunctionArgs } from "convex/server";
import { v, type Infer } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { internalMutation, type ActionCtx, type MutationCtx } from "../../../_generated/server";
import { chunks } from "../../../lib/collections";
import { isLeaseHeld, isRecent } from "../../../lib/timeGates";
import { failureValidator, toResult } from "../api/failure";
import type { NotificationEvent } from "../api/notificationEvent";
import { storeClientFor } from "../connection/client";
import { activeCredential, storePageArgs, visitActiveStores } from "../connection/credentials";
import { encryptedKeysValidator } from "../connection/encryption";
import { isPollDue, pollIntervalOf, POLL_INTERVAL_MINUTES } from "../connection/pollInterval";
import { callActivityFor, callLimit } from "../limits/activity";
import { pollSpacingMs } from "../limits/callBudget";
import { BUSY_RETRY_MS, leasesWithout, permitUpkeep } from "../limits/permission";
import { recordFailedCall, recordSuccessfulUpkeep } from "../queue/recovery";

/** One call of at most 45 s and a commit, with room to spare. */
const POLL_LEASE_MS = 2 * 60_000;

/** Convex allows 4,096 index reads in a mutation, and an event takes one. Longer answers are stored in several mutations. */
const EVENTS_PER_MUTATION = 1_500;

/**
 * Why a poll is made. routine: the cron asks, and the store's interval may not have passed. request: a callback asks, or BrickLink
 * answers again. probe: to see whether BrickLink is back, which no spacing or share of the day's calls keeps from happening.
 */
export const pollCauseValidator = v.union(v.literal("routine"), v.literal("request"), v.literal("probe"));
type PollCause = Infer<typeof pollCauseValidator>;

/**
 * Takes the store's poll lease and counts the call; null when another run holds it, the store is paused, calls are short, or a
 * routine poll is not due. Where four calls are in flight, the poll is scheduled again.
 */
export const claimPoll = internalMutation({
  args: { businessAccountId: v.id("businessAccounts"), cause: pollCauseValidator },
  returns: v.union(v.null(), v.object({ encryptedKeys: encryptedKeysValidator, startedAt: v.number() })),
  handler: async (ctx, { businessAccountId, cause }) => {
    const now = Date.now();
    const credential = await activeCredential(ctx, businessAccountId);
    if (credential === null) return null;
    const activity = await callActivityFor(ctx, businessAccountId);
    const { leases, callHours, lastPolledAt } = activity;
    if (cause === "routine" && !isPollDue(pollIntervalOf(credential), lastPolledAt, now)) return null;
    if (isLeaseHeld(leases.poll, now)) {
      await ctx.db.patch("callActivity", activity._id, { isPollRequested: true });
      return null;
    }
    const isProbe = cause === "probe";
    if (!isProbe && isRecent(lastPolledAt, now, pollSpacingMs(callHours, callLimit(), now))) return null;
    const upkeep = { kind: "poll" as const, count: 1, leaseMs: POLL_LEASE_MS, isProbe };
    const permission = await permitUpkeep(ctx, businessAccountId, upkeep, now);
    if (permission.ok) return { encryptedKeys: credential.encryptedKeys, startedAt: now };
    if (permission.reason === "busy") {
      await ctx.scheduler.runAfter(
        BUSY_RETRY_MS,
        internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness,
        { businessAccountId, cause },
      );
    }
    return null;
  },
});

/** Ends a poll that failed. The next run of the cron tries again. */
export const failPoll = internalMutation({
  args: { businessAccountId: v.id("businessAccounts"), failure: failureValidator },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, failure }) => {
    const activity = await callActivityFor(ctx, businessAccountId);
    const { retryAfterMs: _retryAfterMs, ...problem } = failure;
    const now = Date.now();
    await ctx.db.patch("callActivity", activity._id, {
      leases: leasesWithout(activity, "poll"),
      isPollRequested: false,
      pollError: { ...problem, at: now },
      comparisonDueSince: now,
    });
    await recordFailedCall(ctx, businessAccountId, failure);
    return null;
  },
});

/**
 * Ends a poll whose answer was stored in this transaction, and polls again if that was asked for meanwhile. It starts a comparison
 * of the order lists if an earlier answer was lost or this one has unreadable entries, and none has been made since. `unreadable`:
 * entries of the answer that could not be read; `startedAt`: when it began, milliseconds UTC.
 */
export async function finishPoll(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  { unreadable, startedAt }: { unreadable: number; startedAt: number },
): Promise<void> {
  const now = Date.now();
  const activity = await callActivityFor(ctx, businessAccountId);
  await ctx.db.patch("callActivity", activity._id, {
    lastPolledAt: now,
    lastPollStartedAt: startedAt,
    leases: leasesWithout(activity, "poll"),
    isPollRequested: false,
    ...(unreadable > 0
      ? {
          pollError: { code: "unreadableNotifications", count: unreadable, at: now },
          comparisonDueSince: now,
        }
      : { pollError: undefined }),
  });
  await recordSuccessfulUpkeep(ctx, businessAccountId);
  const { notifications, sync } = internal.marketplaces.bricklink;
  if (unreadable > 0 || activity.comparisonDueSince !== undefined) {
    await ctx.scheduler.runAfter(0, sync.reconcile.reconcileOrders, { businessAccountId });
  }
  if (activity.isPollRequested) {
    await ctx.scheduler.runAfter(0, notifications.pollNotificationsForBusiness, { businessAccountId });
  }
}

/** Delays before further tries to store an answer, which BrickLink will not send again. */
const STORE_RETRY_DELAYS_MS = [200, 1_000, 5_000];

type PollWrite = { events: NotificationEvent[]; unreadable?: number; isMoreToCome?: boolean };

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
  return [...parts.map((part) => ({ events: part, isMoreToCome: true })), { events: last, unreadable }];
}

/** Polls one store, unless a poll is running, the store is paused or its calls are short. */
export async function pollStore(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  cause: PollCause,
): Promise<void> {
  const work = await ctx.runMutation(internal.marketplaces.bricklink.sync.poll.claimPoll, {
    businessAccountId,
    cause,
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
  const { startedAt } = work;
  for (const write of splitIntoMutations(answer.value.entries, answer.value.unreadable)) {
    await upsertWithRetries(ctx, { businessAccountId, source: "poll", startedAt, ...write });
  }
}

/** Schedules a routine poll of every active store, spread over the cron's own interval. */
export const pollAllStores = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { pollAllStores: next } = internal.marketplaces.bricklink.sync.poll;
    await visitActiveStores(ctx, cursor, next, (businessAccountId, share) =>
      ctx.scheduler.runAfter(
        Math.floor(share * POLL_INTERVAL_MINUTES * 60_000),
        internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness,
        { businessAccountId, cause: "routine" },
      ),
    );
    return null;
  },
});
