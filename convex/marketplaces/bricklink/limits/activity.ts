/**
 * A store's rows of `callActivity` and `queueState`. Each is created when it is first written. Callers read a row once, decide on
 * plain values, and write it once.
 */
import type { WithoutSystemFields } from "convex/server";
import type { Doc, Id } from "../../../_generated/dataModel";
import { env, type MutationCtx, type QueryCtx } from "../../../_generated/server";
import { omitUndefined } from "../../../lib/collections";
import { CALLS_PER_DAY } from "./callBudget";
import type { CircuitBreaker } from "./circuitBreaker";

export type CallActivity = Doc<"callActivity">;
export type QueueState = Doc<"queueState">;

/** Null before a store's first call. */
export async function findCallActivity(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<CallActivity | null> {
  return await ctx.db
    .query("callActivity")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .unique();
}

export async function callActivityFor(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<CallActivity> {
  const found = await findCallActivity(ctx, businessAccountId);
  if (found) return found;
  const fresh: WithoutSystemFields<CallActivity> = {
    businessAccountId,
    callHours: [],
    leases: {},
    isPollRequested: false,
  };
  const id = await ctx.db.insert("callActivity", fresh);
  return { _id: id, _creationTime: Date.now(), ...fresh };
}

/** Null while no call of the store has failed and no order had to wait. */
export async function findQueueState(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<QueueState | null> {
  return await ctx.db
    .query("queueState")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .unique();
}

type QueueFlag = "hasWaitingWork" | "hasStoreWideFailures";

async function writeQueueState(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  found: QueueState | null,
  fields: { circuitBreaker?: CircuitBreaker | undefined } & { [Flag in QueueFlag]?: boolean },
): Promise<void> {
  if (found) await ctx.db.patch("queueState", found._id, fields);
  else {
    const fresh = { businessAccountId, hasWaitingWork: false, hasStoreWideFailures: false };
    await ctx.db.insert("queueState", omitUndefined({ ...fresh, ...fields }));
  }
}

/** Stores the circuit breaker, or deletes it when calls no longer fail. */
export async function setCircuitBreaker(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  circuitBreaker: CircuitBreaker | undefined,
): Promise<void> {
  const found = await findQueueState(ctx, businessAccountId);
  if (found?.circuitBreaker === circuitBreaker) return;
  await writeQueueState(ctx, businessAccountId, found, { circuitBreaker });
}

/** Stores one of the flags. It writes only when that changes. */
export async function setQueueFlag(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  flag: QueueFlag,
  isSet: boolean,
): Promise<void> {
  const found = await findQueueState(ctx, businessAccountId);
  if ((found?.[flag] ?? false) === isSet) return;
  await writeQueueState(ctx, businessAccountId, found, { [flag]: isSet });
}

/** Calls that a store may make in 24 hours. */
export function callLimit(): number {
  const configured = Number(env.BRICKLINK_CALLS_PER_DAY);
  return configured > 0 ? configured : CALLS_PER_DAY;
}
