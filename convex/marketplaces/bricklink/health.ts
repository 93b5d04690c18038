/** The health strip: whether orders are coming in, and if not, why. */
import { v } from "convex/values";
import type { Id } from "../../_generated/dataModel";
import { query, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { CALLS_PER_DAY, findActivity } from "./activity";
import { findCredential } from "./credentials";
import { reasonValidator } from "./schema";

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

/** A store's connection, its last signs of life, what waits and what failed. Times in milliseconds UTC. */
export const strip = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.object({
    connection: v.union(v.literal("notConnected"), v.literal("paused"), v.literal("active")),
    lastCallbackAt: v.union(v.number(), v.null()),
    lastPolledAt: v.union(v.number(), v.null()),
    lastError: v.union(v.object({ ...reasonValidator.fields, at: v.number() }), v.null()),
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
      lastError: activity?.lastError ?? null,
      ...(await waitingAndFailed(ctx, businessAccountId)),
      callsToday: {
        count: activity?.callDay.count ?? 0,
        dayStartedAt: activity?.callDay.startedAt ?? 0,
      },
      callLimit: CALLS_PER_DAY,
    };
  },
});
