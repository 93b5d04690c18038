/** What a callback or a finished poll leaves in the store's activity, besides the events themselves. */
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { env, type MutationCtx } from "../../_generated/server";
import { activityFor, takeCallback, type Activity } from "./activity";

const CALLBACKS_PER_MINUTE = 600;

/** Pokes closer together than this share a poll: each poll is one of the day's calls. */
const POKE_SPACING_MS = 5_000;

function callbacksPerMinute(): number {
  const configured = Number(env.WEBHOOK_REQUESTS_PER_MINUTE);
  return configured > 0 ? configured : CALLBACKS_PER_MINUTE;
}

/**
 * When a poll asked for at `now` should run: undefined when one that is still to come serves it too.
 * The first poke polls at once; the next within the spacing waits for its end.
 */
export function pokedPollAt(lastPokePollAt: number | undefined, now: number): number | undefined {
  if (lastPokePollAt === undefined) return now;
  if (lastPokePollAt > now) return undefined;
  return Math.max(now, lastPokePollAt + POKE_SPACING_MS);
}

async function pokePatch(
  ctx: MutationCtx,
  activity: Activity,
  now: number,
): Promise<{ pokePollAt?: number }> {
  const pokePollAt = pokedPollAt(activity.pokePollAt, now);
  if (pokePollAt === undefined) return {};
  await ctx.scheduler.runAt(
    pokePollAt,
    internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness,
    { businessAccountId: activity.businessAccountId },
  );
  return { pokePollAt };
}

/** Counts one callback, or says how long the store's limit keeps it out. A poke also schedules the store's poll. */
export async function acceptCallback(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  { isPoke, skipped }: { isPoke: boolean; skipped: number },
): Promise<{ ok: true } | { ok: false; retryAfterMs: number }> {
  const now = Date.now();
  const activity = await activityFor(ctx, businessAccountId);
  const taken = takeCallback(activity, callbacksPerMinute(), now);
  if (!taken.ok) return { ok: false, retryAfterMs: taken.freeAt - now };
  await ctx.db.patch("storeActivity", activity._id, {
    callbackWindow: taken.window,
    lastCallbackAt: now,
    ignoredReplays: activity.ignoredReplays + skipped,
    ...(isPoke && (await pokePatch(ctx, activity, now))),
  });
  return { ok: true };
}

/** Ends a poll whose answer was stored in this transaction; polls again if that was asked for meanwhile. */
export async function recordPoll(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  unreadable: number,
): Promise<void> {
  const now = Date.now();
  const { _id, isPollWanted, outage } = await activityFor(ctx, businessAccountId);
  await ctx.db.patch("storeActivity", _id, {
    lastPolledAt: now,
    pollLeaseExpiresAt: undefined,
    isPollWanted: false,
    outage: undefined,
    pollError: unreadable > 0 ? { ...unreadableEvents(unreadable), at: now } : undefined,
  });
  const { notifications, sweep } = internal.marketplaces.bricklink;
  // BrickLink answers again: what was held back need not wait for its pause to end.
  if (outage !== undefined) await ctx.scheduler.runAfter(0, sweep.startStore, { businessAccountId });
  if (isPollWanted) {
    await ctx.scheduler.runAfter(0, notifications.pollNotificationsForBusiness, { businessAccountId });
  }
}

function unreadableEvents(count: number) {
  const message = `BrickLink sent ${count} notifications that could not be read. Their orders are found by comparing the order list.`;
  return { code: "malformed", message };
}
