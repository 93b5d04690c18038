/** The health strip: whether orders are being received, and if not, why. */
import { v } from "convex/values";
import type { Id } from "../../../_generated/dataModel";
import { query, type QueryCtx } from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { findCredential } from "../connection/credentials";
import { problemValidator, problemAtValidator } from "../schema";
import { callsMade, type CallHour } from "./callBudget";
import { callLimit, findCallActivity, findQueueState, type CallActivity, type QueueState } from "./activity";
import { callbackRows } from "./webhookIntake";

/** Notifications counted at most; `isMore` says that there are more. */
const COUNTED_MAX = 99;

const countValidator = v.object({ count: v.number(), isMore: v.boolean() });

function countOf(rows: readonly unknown[]) {
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
    waiting: countOf([...pending, ...processing, ...toRetry]),
    failed: {
      ...countOf(final),
      latest: final[0]?.failure ?? null,
      latestAt: final.length === 0 ? null : Math.max(...final.map((row) => row.failedAt ?? row.receivedAt)),
    },
  };
}

type Breaker = QueueState["circuitBreaker"];

function lastErrorOf(activity: CallActivity | null, breaker: Breaker) {
  if (breaker === undefined) return activity?.pollError ?? activity?.reconcileError ?? null;
  const { code, detail, startedAt } = breaker;
  return { code, ...(detail !== undefined && { detail }), at: startedAt };
}

function pauseOf(activity: CallActivity | null, breaker: Breaker) {
  if (breaker?.openUntil !== undefined) {
    const { openUntil: until, failures } = breaker;
    return { reason: "circuitOpen" as const, until, failures };
  }
  const until = activity?.outOfCallsUntil;
  return until === undefined ? null : { reason: "outOfCalls" as const, until };
}

/** Queries must not read the clock, so the count is as of the newest hour in which a call was made. */
function callsOf(hours: readonly CallHour[]) {
  const latestHourStartedAt = hours.at(-1)?.startedAt ?? 0;
  return { count: callsMade(hours, latestHourStartedAt), latestHourStartedAt };
}

/** A store's connection, its latest callback, poll and comparison, what waits and what failed. Times in milliseconds UTC. */
export const strip = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.object({
    connection: v.union(v.literal("notConnected"), v.literal("paused"), v.literal("active")),
    lastCallbackAt: v.union(v.number(), v.null()),
    lastPolledAt: v.union(v.number(), v.null()),
    lastReconciledAt: v.union(v.number(), v.null()),
    lastError: v.union(problemAtValidator, v.null()),
    /** Until when the store as a whole waits, and why. A time in the past: it waited, and tries again now. */
    pause: v.union(
      v.object({ reason: v.literal("circuitOpen"), until: v.number(), failures: v.number() }),
      v.object({ reason: v.literal("outOfCalls"), until: v.number() }),
      v.null(),
    ),
    waiting: countValidator,
    failed: v.object({
      ...countValidator.fields,
      latest: v.union(problemValidator, v.null()),
      /** When the last of them failed. */
      latestAt: v.union(v.number(), v.null()),
    }),
    /** Calls in the 24 hours before the end of that hour. */
    callsInLastDay: v.object({ count: v.number(), latestHourStartedAt: v.number() }),
    callLimit: v.number(),
  }),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "marketplaces.bricklink.limits.health.strip");
    const credential = await findCredential(ctx, businessAccountId);
    const callbacks = await callbackRows(ctx, businessAccountId);
    const activity = await findCallActivity(ctx, businessAccountId);
    const breaker = (await findQueueState(ctx, businessAccountId))?.circuitBreaker;
    const connection =
      credential === null
        ? ("notConnected" as const)
        : credential.isActive
          ? ("active" as const)
          : ("paused" as const);
    return {
      connection,
      lastCallbackAt: callbacks.length === 0 ? null : Math.max(...callbacks.map((row) => row.lastCallbackAt)),
      lastPolledAt: activity?.lastPolledAt ?? null,
      lastReconciledAt: activity?.lastReconciledAt ?? null,
      lastError: lastErrorOf(activity, breaker),
      pause: pauseOf(activity, breaker),
      ...(await waitingAndFailed(ctx, businessAccountId)),
      callsInLastDay: callsOf(activity?.callHours ?? []),
      callLimit: callLimit(),
    };
  },
});
