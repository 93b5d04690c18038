/**
 * The document that holds what changes with a store's every callback, poll and call. Callers read it once, decide on plain
 * values, and write it once.
 */
import type { WithoutSystemFields } from "convex/server";
import { internal } from "../../../_generated/api";
import type { Doc, Id } from "../../../_generated/dataModel";
import { env, type MutationCtx, type QueryCtx } from "../../../_generated/server";
import type { Failure } from "../api/failure";
import { CALLS_PER_DAY, takeCalls, type CallHour, type Purpose } from "./callBudget";
import { breakerAfterFailure, stateOf, type CircuitBreaker } from "./circuitBreaker";

export type Activity = Doc<"storeActivity">;
type ActivityFields = WithoutSystemFields<Activity>;

/** A store's activity; null before its first callback, poll or call. */
export async function findActivity(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<Activity | null> {
  return await ctx.db
    .query("storeActivity")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .unique();
}

/** A store's activity, created when there is none yet. */
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
    isPollRequested: false,
  };
  const id = await ctx.db.insert("storeActivity", fresh);
  return { _id: id, _creationTime: Date.now(), ...fresh };
}

/** Calls that a store may make in 24 hours. */
export function callLimit(): number {
  const configured = Number(env.BRICKLINK_CALLS_PER_DAY);
  return configured > 0 ? configured : CALLS_PER_DAY;
}

/**
 * Whether a store may make `count` calls now. If so, the returned hours count them, and the caller writes them in the
 * transaction that claims the work. If not, `until` says when to ask again (milliseconds UTC).
 */
export function permitCalls(
  { callHours, circuitBreaker }: Pick<Activity, "callHours" | "circuitBreaker">,
  count: number,
  purpose: Purpose,
  now: number,
): { ok: true; callHours: CallHour[] } | { ok: false; isOutOfCalls: boolean; until: number } {
  if (stateOf(circuitBreaker, now) === "open") {
    return { ok: false, isOutOfCalls: false, until: circuitBreaker?.openUntil ?? now };
  }
  const taken = takeCalls(callHours, count, purpose, callLimit(), now);
  return taken.ok
    ? { ok: true, callHours: taken.hours }
    : { ok: false, isOutOfCalls: true, until: taken.availableAt };
}

/**
 * The fields of the activity to write after a failed call. When the circuit opens, the store's due work is scheduled for the
 * time at which it is half open.
 */
export async function fieldsAfterFailure(
  ctx: MutationCtx,
  { businessAccountId, circuitBreaker }: Activity,
  failure: Failure,
  now: number,
): Promise<{ circuitBreaker?: CircuitBreaker }> {
  const next = breakerAfterFailure(circuitBreaker, failure, now);
  if (next === undefined) return {};
  if (next.openUntil !== undefined && next.openUntil !== circuitBreaker?.openUntil) {
    await ctx.scheduler.runAt(next.openUntil, internal.marketplaces.bricklink.queue.sweep.claimStoreWork, {
      businessAccountId,
    });
  }
  return { circuitBreaker: next };
}

/** Closes the circuit: BrickLink has answered the store. */
export async function closeCircuit(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<void> {
  const activity = await findActivity(ctx, businessAccountId);
  if (activity?.circuitBreaker !== undefined) {
    await ctx.db.patch("storeActivity", activity._id, { circuitBreaker: undefined });
  }
}
