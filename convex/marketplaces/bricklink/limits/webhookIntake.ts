/**
 * What a callback does besides storing its events: it counts against the store's limit, and an empty one asks for a poll. Each is
 * a transaction of its own, so that storing the events conflicts with nothing. The counts are spread over rows: Convex would
 * retry callbacks of one moment that write the same row.
 */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Doc, Id } from "../../../_generated/dataModel";
import { env, internalMutation, type QueryCtx } from "../../../_generated/server";
import { isStillAhead } from "../../../lib/timeGates";
import { findCallActivity } from "./activity";

/** Far above what a store's buyers cause, and low enough that a flood stays harmless. */
const CALLBACKS_PER_MINUTE = 600;
const MINUTE_MS = 60_000;

/** Rows over which a store's callbacks are counted: of four at one moment, two share a row in a third of the cases. */
const SHARDS = 16;

/** Empty callbacks closer together than this share a poll, because each poll is one of the day's calls. */
const EMPTY_CALLBACK_SPACING_MS = 5_000;

function callbacksPerMinute(): number {
  const configured = Number(env.WEBHOOK_REQUESTS_PER_MINUTE);
  return configured > 0 ? configured : CALLBACKS_PER_MINUTE;
}

function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

type Counted = Pick<Doc<"callbackActivity">, "minuteStartedAt" | "count">;

/** How long the limit per clock minute keeps the next callback out, in milliseconds; 0 when it does not. Times in UTC. */
export function retryAfterMs(rows: readonly Counted[], limit: number, now: number): number {
  const minuteStartedAt = minuteOf(now);
  const count = rows
    .filter((row) => row.minuteStartedAt === minuteStartedAt)
    .reduce((sum, row) => sum + row.count, 0);
  return count < limit ? 0 : minuteStartedAt + MINUTE_MS - now;
}

/** The rows over which a store's callbacks are counted. */
export async function callbackRows(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<Doc<"callbackActivity">[]> {
  return await ctx.db
    .query("callbackActivity")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .take(SHARDS);
}

/** As `retryAfterMs`, for a store. `receivedAt`: milliseconds UTC. */
export async function callbackRetryAfterMs(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  receivedAt: number,
): Promise<number> {
  return retryAfterMs(await callbackRows(ctx, businessAccountId), callbacksPerMinute(), receivedAt);
}

/** Counts one callback. `replays`: events in it that were too old to act on. */
export const countCallback = internalMutation({
  args: { businessAccountId: v.id("businessAccounts"), replays: v.number() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, replays }) => {
    const now = Date.now();
    const shard = Math.floor(Math.random() * SHARDS);
    const row = await ctx.db
      .query("callbackActivity")
      .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId).eq("shard", shard))
      .unique();
    const minuteStartedAt = minuteOf(now);
    const before = row?.minuteStartedAt === minuteStartedAt ? row.count : 0;
    const counted = {
      lastCallbackAt: now,
      ignoredReplays: (row?.ignoredReplays ?? 0) + replays,
      minuteStartedAt,
      count: before + 1,
    };
    if (row) await ctx.db.patch("callbackActivity", row._id, counted);
    else await ctx.db.insert("callbackActivity", { businessAccountId, shard, ...counted });
    return null;
  },
});

/**
 * When the poll that an empty callback asks for at `now` is to run; undefined when a poll that is still to come serves it too.
 * The first one polls at once, the next within the spacing waits for its end. Times in milliseconds UTC.
 */
export function pollTimeForEmptyCallback(latestPollAt: number | undefined, now: number): number | undefined {
  if (isStillAhead(latestPollAt, now, EMPTY_CALLBACK_SPACING_MS)) return undefined;
  if (latestPollAt === undefined || latestPollAt > now) return now;
  return Math.max(now, latestPollAt + EMPTY_CALLBACK_SPACING_MS);
}

async function findPollRequest(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<Doc<"pollRequests"> | null> {
  return await ctx.db
    .query("pollRequests")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .unique();
}

/**
 * Whether a callback has asked for a poll since the latest answered one began: what a poll brings now was announced, also where the
 * cron's poll came before the one that was asked for. `now`: milliseconds UTC.
 */
export async function isPollAskedFor(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<boolean> {
  const request = await findPollRequest(ctx, businessAccountId);
  const activity = await findCallActivity(ctx, businessAccountId);
  const answeredSince = activity?.lastPollStartedAt ?? activity?.lastPolledAt ?? 0;
  // A request further ahead than one is ever scheduled was made by a clock that was ahead.
  return (
    request !== null && request.pollAt > answeredSince && request.pollAt <= now + EMPTY_CALLBACK_SPACING_MS
  );
}

/** Schedules a poll for a callback whose events are not known or could not be stored. */
export const requestPoll = internalMutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    const request = await findPollRequest(ctx, businessAccountId);
    const pollAt = pollTimeForEmptyCallback(request?.pollAt, Date.now());
    if (pollAt === undefined) return null;
    if (request) await ctx.db.patch("pollRequests", request._id, { pollAt });
    else await ctx.db.insert("pollRequests", { businessAccountId, pollAt });
    await ctx.scheduler.runAt(
      pollAt,
      internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness,
      { businessAccountId },
    );
    return null;
  },
});
