/** The health strip: whether orders are coming in, and if not, why. */
import { v } from "convex/values";
import type { Id } from "../../_generated/dataModel";
import { query, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { callLimit, findActivity, type Activity } from "./activity";
import { findCredential } from "./credentials";
import { callsMade, type CallHour } from "./quota";
import { troubleValidator } from "./schema";

/** Counted up to here; past it the strip says "more than". */
const COUNTED_MAX = 99;

const countValidator = v.object({ count: v.number(), isMore: v.boolean() });

function counted(rows: readonly unknown[]) {
  return { count: Math.min(rows.length, COUNTED_MAX), isMore: rows.length > COUNTED_MAX };
}

async function waitingAndFailed(ctx: QueryCtx, businessAccountId: Id<"businessAccounts">) {
  const withStatus = (status: "pending" | "processing") =>
    ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_business_due", (q) => q.eq("businessAccountId", businessAccountId).eq("status", status))
      .take(COUNTED_MAX + 1);
  const failed = (isFinal: boolean) =>
    ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_business_due", (q) => {
        const range = q.eq("businessAccountId", businessAccountId).eq("status", "failed");
        return isFinal ? range.eq("nextAttemptAt", undefined) : range.gt("nextAttemptAt", 0);
      })
      .order("desc")
      .take(COUNTED_MAX + 1);
  const [pending, processing, toRetry, final] = await Promise.all([
    withStatus("pending"),
    withStatus("processing"),
    failed(false),
    failed(true),
  ]);
  return {
    waiting: counted([...pending, ...processing, ...toRetry]),
    failed: { ...counted(final), reason: final[0]?.failure?.message ?? null },
  };
}

function troubleOf({ outage, pollError, reconcileError }: Activity) {
  if (outage !== undefined) return { code: outage.code, message: outage.message, at: outage.startedAt };
  return pollError ?? reconcileError ?? null;
}

function pauseOf({ outage, outOfCallsUntil }: Activity) {
  if (outage?.resumesAt !== undefined) {
    const message = `BrickLink has failed ${outage.failures} times in a row, so this store waits and tries again by itself. Orders are kept.`;
    return { at: outage.resumesAt, message };
  }
  if (outOfCallsUntil === undefined) return null;
  const message =
    "The day's calls to BrickLink are used up. Orders are kept and come in when there are new ones.";
  return { at: outOfCallsUntil, message };
}

/** A query's clock stands still, so that the newest hour says how old the count is. */
function callsOf(hours: readonly CallHour[]) {
  const dayStartedAt = hours.at(-1)?.startedAt ?? 0;
  return { count: callsMade(hours, dayStartedAt), dayStartedAt };
}

/** A store's connection, its last signs of life, what waits and what failed. Times in milliseconds UTC. */
export const strip = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.object({
    connection: v.union(v.literal("notConnected"), v.literal("paused"), v.literal("active")),
    lastCallbackAt: v.union(v.number(), v.null()),
    lastPolledAt: v.union(v.number(), v.null()),
    lastReconciledAt: v.union(v.number(), v.null()),
    lastError: v.union(troubleValidator, v.null()),
    /** The store as a whole waits: BrickLink fails it, or its calls are used up. In the past: it did. */
    waitsUntil: v.union(v.object({ at: v.number(), message: v.string() }), v.null()),
    waiting: countValidator,
    failed: v.object({ ...countValidator.fields, reason: v.union(v.string(), v.null()) }),
    callsToday: v.object({ count: v.number(), dayStartedAt: v.number() }),
    callLimit: v.number(),
  }),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const credential = await findCredential(ctx, businessAccountId);
    const activity = await findActivity(ctx, businessAccountId);
    const connection =
      credential === null
        ? ("notConnected" as const)
        : credential.isActive
          ? ("active" as const)
          : ("paused" as const);
    return {
      connection,
      lastCallbackAt: activity?.lastCallbackAt ?? null,
      lastPolledAt: activity?.lastPolledAt ?? null,
      lastReconciledAt: activity?.lastReconciledAt ?? null,
      lastError: activity === null ? null : troubleOf(activity),
      waitsUntil: activity === null ? null : pauseOf(activity),
      ...(await waitingAndFailed(ctx, businessAccountId)),
      callsToday: callsOf(activity?.callHours ?? []),
      callLimit: callLimit(),
    };
  },
});
