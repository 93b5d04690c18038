/** Imports of BrickLink's inventory as staff start and watch them. How one is made is in round.ts and writeLots.ts. */
import { ConvexError, v } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Doc, Id } from "../../../_generated/dataModel";
import {
  internalMutation,
  mutation,
  query,
  type MutationCtx,
  type QueryCtx,
} from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { omitUndefined } from "../../../lib/collections";
import { failureValidator } from "../api/failure";
import { activeCredential, requireActiveCredential } from "../connection/credentials";
import { encryptedKeysValidator } from "../connection/encryption";
import { callActivityFor } from "../limits/activity";
import { leasesWithout, permitUpkeep } from "../limits/permission";
import { recordFailedCall, recordSuccessfulCall } from "../queue/recovery";
import { importProgressValidator, type ImportProgress } from "../schema";

/** Calls of a round that lists the lots, after the first list of orders: lots, and orders again. */
export const CALLS_FOR_LOTS = 2;

/** A little longer than BrickLink's checkout may hold pieces that its list then lacks; see writeLots.ts. */
const SECOND_LIST_AFTER_MS = 11 * 60_000;

/** Two calls of at most 45 s each, with room to spare. */
const LEASE_MS = 2 * 60_000;

/** An import that has started no round for this long has crashed, and another may start. */
const ABANDONED_AFTER_MS = 15 * 60_000;

const businessArgs = { businessAccountId: v.id("businessAccounts") };
const importArgs = { importId: v.id("inventoryImports") };

const importStatusValidator = v.object({
  status: v.union(v.literal("running"), v.literal("completed"), v.literal("failed")),
  startedAt: v.number(),
  finishedAt: v.union(v.number(), v.null()),
  lotsListed: v.union(v.number(), v.null()),
  lotsWritten: v.number(),
  progress: importProgressValidator,
});

/** The store's two latest imports, the newest first. */
async function latestImports(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<Doc<"inventoryImports">[]> {
  return await ctx.db
    .query("inventoryImports")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .order("desc")
    .take(2);
}

/** An import is in hand until it ends, or has started no round for so long that it must have crashed. */
function isRunning({ status, activeAt, startedAt }: Doc<"inventoryImports">, now: number): boolean {
  return status === "running" && (activeAt ?? startedAt) > now - ABANDONED_AFTER_MS;
}

async function insertImport(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
  secondListOf?: Id<"inventoryImports">,
): Promise<Id<"inventoryImports">> {
  const importId = await ctx.db.insert("inventoryImports", {
    businessAccountId,
    status: "running",
    startedAt: now,
    lotsWritten: 0,
    progress: { step: "listing" },
    ...(secondListOf && { secondListOf }),
  });
  await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.import.round.runRound, {
    importId,
    patience: { stalledRounds: 0 },
  });
  return importId;
}

/** The latest import that a person started; null when there was none. */
export const latest = query({
  args: businessArgs,
  returns: v.union(importStatusValidator, v.null()),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const imports = await latestImports(ctx, businessAccountId);
    const run = imports.find(({ secondListOf }) => secondListOf === undefined);
    if (run === undefined) return null;
    const { status, startedAt, finishedAt = null, lotsListed = null, lotsWritten, progress } = run;
    return { status, startedAt, finishedAt, lotsListed, lotsWritten, progress };
  },
});

/** Starts an import. Throws ConvexError `notConnected` or `alreadyRunning`. */
export const start = mutation({
  args: businessArgs,
  returns: v.id("inventoryImports"),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "owner");
    await requireActiveCredential(ctx, businessAccountId);
    const now = Date.now();
    const [newest] = await latestImports(ctx, businessAccountId);
    if (newest && isRunning(newest, now)) {
      throw new ConvexError({ code: "alreadyRunning", message: "An import is running already." });
    }
    return await insertImport(ctx, businessAccountId, now);
  },
});

/** Schedules the second list of an import that a person started. One second list has no other. */
export const scheduleSecondList = internalMutation({
  args: importArgs,
  returns: v.null(),
  handler: async (ctx, { importId }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run === null || run.secondListOf !== undefined) return null;
    await ctx.scheduler.runAfter(
      SECOND_LIST_AFTER_MS,
      internal.marketplaces.bricklink.import.runs.startSecondList,
      { importId },
    );
    return null;
  },
});

/** Imports once more, unless another import was started meanwhile or the store was paused. */
export const startSecondList = internalMutation({
  args: importArgs,
  returns: v.null(),
  handler: async (ctx, { importId }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run === null) return null;
    const { businessAccountId } = run;
    const [newest] = await latestImports(ctx, businessAccountId);
    if (newest?._id !== importId) return null;
    if ((await activeCredential(ctx, businessAccountId)) === null) return null;
    await insertImport(ctx, businessAccountId, Date.now(), importId);
    return null;
  },
});

/** Adds to an import's result what its second list did. */
async function addToFirst(
  ctx: MutationCtx,
  firstId: Id<"inventoryImports">,
  second: ImportProgress,
  recountedBySecond: number,
): Promise<void> {
  const first = await ctx.db.get("inventoryImports", firstId);
  if (first === null) return;
  const { deferred: _deferred, recounted = 0, ...progress } = first.progress;
  const { deferred, lowered } = second;
  await ctx.db.patch("inventoryImports", firstId, {
    progress: {
      ...progress,
      ...(recounted + recountedBySecond > 0 && { recounted: recounted + recountedBySecond }),
      ...omitUndefined({ deferred, lowered }),
    },
  });
}

/**
 * Counts calls, which are made one after the other, and returns the store's keys. "busy": four calls are in flight. Null, and the
 * import failed, when the store is paused or may not call BrickLink now.
 */
export const claimCalls = internalMutation({
  args: { ...importArgs, calls: v.number() },
  returns: v.union(
    v.null(),
    v.literal("busy"),
    v.object({ ...businessArgs, encryptedKeys: encryptedKeysValidator }),
  ),
  handler: async (ctx, { importId, calls: count }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run?.status !== "running") return null;
    const { businessAccountId } = run;
    const now = Date.now();
    const fail = async (step: ImportProgress["step"]) => {
      await ctx.db.patch("inventoryImports", importId, {
        status: "failed",
        finishedAt: now,
        progress: { step },
      });
      return null;
    };
    const credential = await activeCredential(ctx, businessAccountId);
    if (credential === null) return await fail("paused");
    const upkeep = { kind: "import" as const, count, leaseMs: LEASE_MS };
    const permission = await permitUpkeep(ctx, businessAccountId, upkeep, now);
    await ctx.db.patch("inventoryImports", importId, { activeAt: now });
    if (permission.ok) return { businessAccountId, encryptedKeys: credential.encryptedKeys };
    return permission.reason === "busy" ? ("busy" as const) : await fail(permission.reason);
  },
});

/** Ends calls that `claimCalls` counted, with the failure of the last if it failed. */
export const finishCalls = internalMutation({
  args: { ...importArgs, failure: v.optional(failureValidator) },
  returns: v.null(),
  handler: async (ctx, { importId, failure }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run === null) return null;
    const { businessAccountId } = run;
    const activity = await callActivityFor(ctx, businessAccountId);
    await ctx.db.patch("callActivity", activity._id, { leases: leasesWithout(activity, "import") });
    if (failure) await recordFailedCall(ctx, businessAccountId, failure);
    else await recordSuccessfulCall(ctx, businessAccountId);
    return null;
  },
});

/** Records an import's progress or its end. An import that has ended stays as it is. */
export const report = internalMutation({
  args: {
    ...importArgs,
    status: v.optional(v.union(v.literal("completed"), v.literal("failed"))),
    lotsListed: v.optional(v.number()),
    progress: importProgressValidator,
  },
  returns: v.null(),
  handler: async (ctx, { importId, status, lotsListed, progress }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run?.status !== "running") return null;
    const recounted = status === "completed" ? (run.lotsRecounted ?? 0) : 0;
    await ctx.db.patch("inventoryImports", importId, {
      progress: { ...progress, ...(recounted > 0 && { recounted }) },
      // A round that writes starts from the first lot.
      ...(lotsListed !== undefined && { lotsListed, lotsWritten: 0 }),
      ...(status !== undefined && { status, finishedAt: Date.now() }),
    });
    if (status === "completed" && run.secondListOf) {
      await addToFirst(ctx, run.secondListOf, progress, recounted);
    }
    return null;
  },
});
