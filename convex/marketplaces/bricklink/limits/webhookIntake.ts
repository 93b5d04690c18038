/** What a callback does besides storing its events: it counts against the store's limit, and an empty one asks for a poll. */
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { env, type MutationCtx } from "../../../_generated/server";
import { activityFor, type Activity } from "./storeActivity";

/** Far above what a store's buyers cause, and low enough that a flood stays harmless. */
const CALLBACKS_PER_MINUTE = 600;
const MINUTE_MS = 60_000;

/** Empty callbacks closer together than this share a poll, because each poll is one of the day's calls. */
const EMPTY_CALLBACK_SPACING_MS = 5_000;

function callbacksPerMinute(): number {
  const configured = Number(env.WEBHOOK_REQUESTS_PER_MINUTE);
  return configured > 0 ? configured : CALLBACKS_PER_MINUTE;
}

/** A fixed window of a rate limit. `startedAt`: milliseconds UTC. */
export type RateWindow = { startedAt: number; count: number };

/** Counts one request in a window of `lengthMs` that allows `limit`: the window to store, or when the next one starts. */
export function countInRateWindow(
  window: RateWindow,
  limit: number,
  lengthMs: number,
  now: number,
): { ok: true; window: RateWindow } | { ok: false; availableAt: number } {
  const current = now < window.startedAt + lengthMs ? window : { startedAt: now, count: 0 };
  if (current.count >= limit) return { ok: false, availableAt: current.startedAt + lengthMs };
  return { ok: true, window: { startedAt: current.startedAt, count: current.count + 1 } };
}

/**
 * When the poll that an empty callback asks for at `now` is to run; undefined when a poll that is still to come serves it too.
 * The first one polls at once, the next within the spacing waits for its end. Times in milliseconds UTC.
 */
export function pollTimeForEmptyCallback(latestPollAt: number | undefined, now: number): number | undefined {
  if (latestPollAt === undefined) return now;
  if (latestPollAt > now) return undefined;
  return Math.max(now, latestPollAt + EMPTY_CALLBACK_SPACING_MS);
}

async function schedulePoll(
  ctx: MutationCtx,
  { businessAccountId, emptyCallbackPollAt }: Activity,
  now: number,
): Promise<{ emptyCallbackPollAt?: number }> {
  const pollAt = pollTimeForEmptyCallback(emptyCallbackPollAt, now);
  if (pollAt === undefined) return {};
  await ctx.scheduler.runAt(
    pollAt,
    internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness,
    { businessAccountId },
  );
  return { emptyCallbackPollAt: pollAt };
}

/** Counts one callback, or says how long the store's limit keeps it out. An empty one also schedules the store's poll. */
export async function acceptCallback(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  { isEmpty, replays }: { isEmpty: boolean; replays: number },
): Promise<{ ok: true } | { ok: false; retryAfterMs: number }> {
  const now = Date.now();
  const activity = await activityFor(ctx, businessAccountId);
  const taken = countInRateWindow(activity.callbackWindow, callbacksPerMinute(), MINUTE_MS, now);
  if (!taken.ok) return { ok: false, retryAfterMs: taken.availableAt - now };
  await ctx.db.patch("storeActivity", activity._id, {
    callbackWindow: taken.window,
    lastCallbackAt: now,
    ignoredReplays: activity.ignoredReplays + replays,
    ...(isEmpty && (await schedulePoll(ctx, activity, now))),
  });
  return { ok: true };
}
