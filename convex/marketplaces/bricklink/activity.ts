/**
 * The small document a store has for what changes with every callback, poll and call. Callers read it once, decide
 * on plain values, and write it once.
 */
import type { WithoutSystemFields } from "convex/server";
import { internal } from "../../_generated/api";
import type { Doc, Id } from "../../_generated/dataModel";
import { env, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { isHeldBack, outageAfter, type Outage } from "./circuit";
import type { Failure } from "./failure";
import { CALLS_PER_DAY, takeCalls, type CallHour, type Purpose } from "./quota";

export type Activity = Doc<"storeActivity">;
type ActivityFields = WithoutSystemFields<Activity>;

const MINUTE_MS = 60_000;

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
    callHours: [],
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

/** Calls a store may make in 24 hours. */
export function callLimit(): number {
  const configured = Number(env.BRICKLINK_CALLS_PER_DAY);
  return configured > 0 ? configured : CALLS_PER_DAY;
}

/**
 * Whether a store may make `count` calls now: if so they are counted in the hours returned, which the caller writes
 * in the transaction that claims the work. If not, `until` says when to ask again.
 */
export function permitCalls(
  { callHours, outage }: Pick<Activity, "callHours" | "outage">,
  count: number,
  purpose: Purpose,
  now: number,
): { ok: true; callHours: CallHour[] } | { ok: false; isOutOfCalls: boolean; until: number } {
  if (isHeldBack(outage, now)) return { ok: false, isOutOfCalls: false, until: outage?.resumesAt ?? now };
  const taken = takeCalls(callHours, count, purpose, callLimit(), now);
  return taken.ok
    ? { ok: true, callHours: taken.hours }
    : { ok: false, isOutOfCalls: true, until: taken.freeAt };
}

/**
 * What a failed call leaves in the activity. When it makes the store wait, work is started again when the pause is over.
 */
export async function outagePatch(
  ctx: MutationCtx,
  { businessAccountId, outage }: Activity,
  failure: Failure,
  now: number,
): Promise<{ outage?: Outage }> {
  const next = outageAfter(outage, failure, now);
  if (next === undefined) return {};
  if (next.resumesAt !== undefined && next.resumesAt !== outage?.resumesAt) {
    await ctx.scheduler.runAt(next.resumesAt, internal.marketplaces.bricklink.sweep.startStore, {
      businessAccountId,
    });
  }
  return { outage: next };
}

export function takeCallback(activity: Activity, perMinute: number, now: number) {
  return takeFromWindow(activity.callbackWindow, 1, perMinute, MINUTE_MS, now);
}
