/**
 * The small document a store has for what changes with every callback, poll and call. Callers read it once, decide
 * on plain values, and write it once.
 */
import type { WithoutSystemFields } from "convex/server";
import type { Doc, Id } from "../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../_generated/server";

export type Activity = Doc<"storeActivity">;
type ActivityFields = WithoutSystemFields<Activity>;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Calls a store may make in 24 hours: BrickLink's limit for one consumer key (BricklinkSharp README). When it starts
 * anew is not known, so a day here begins with its first call.
 */
export const CALLS_PER_DAY = 5_000;

/** Orders come first: polls and other bookkeeping leave the last calls of a day to them. */
export const CALLS_KEPT_FOR_ORDERS = 500;

export async function findActivity(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<Activity | null> {
  return await ctx.db
    .query("storeActivity")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .unique();
}

/** The store's activity, made with the first use. */
export async function activityFor(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<Activity> {
  const found = await findActivity(ctx, businessAccountId);
  if (found) return found;
  const fresh: ActivityFields = {
    businessAccountId,
    ignoredReplays: 0,
    callbackWindow: { startedAt: 0, count: 0 },
    callDay: { startedAt: 0, count: 0 },
    isPollWanted: false,
  };
  const id = await ctx.db.insert("storeActivity", fresh);
  return { _id: id, _creationTime: Date.now(), ...fresh };
}

export type Window = { startedAt: number; count: number };

/** Taking `count` from a window of `lengthMs` that allows `limit`: the window after, or when it starts anew. */
export function takeFromWindow(
  window: Window,
  count: number,
  limit: number,
  lengthMs: number,
  now: number,
): { ok: true; window: Window } | { ok: false; freeAt: number } {
  const current = now < window.startedAt + lengthMs ? window : { startedAt: now, count: 0 };
  if (current.count + count > limit) return { ok: false, freeAt: current.startedAt + lengthMs };
  return { ok: true, window: { startedAt: current.startedAt, count: current.count + count } };
}

/** BrickLink calls, counted before they are made. `kept` calls of the day are left alone. */
export function takeCalls(activity: Activity, count: number, now: number, kept = 0) {
  return takeFromWindow(activity.callDay, count, CALLS_PER_DAY - kept, DAY_MS, now);
}

export function takeCallback(activity: Activity, perMinute: number, now: number) {
  return takeFromWindow(activity.callbackWindow, 1, perMinute, MINUTE_MS, now);
}
