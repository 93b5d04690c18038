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
import { recordDeed } from "../../../accounts/deeds";
import { omitUndefined } from "../../../lib/collections";
import { isRecent } from "../../../lib/timeGates";
import { failureValidator } from "../api/failure";
import { activeCredential, requireActiveCredential } from "../connection/credentials";
import { encryptedKeysValidator } from "../connection/encryption";
import { callActivityFor } from "../limits/activity";
import { leasesWithout, permitUpkeep } from "../limits/permission";
import { recordFailedCall, recordSuccessfulUpkeep } from "../queue/recovery";
import { importProgressValidator, type ImportProgress } from "../schema";

/** Calls of a round that lists the lots, after the first list of orders: lots, and orders again. */
export const CALLS_FOR_LOTS = 2;

/** A little longer than BrickLink's checkout may hold pieces that its list then lacks; see writeLots.ts. */
const SECOND_LIST_AFTER_MS = 11 * 60_000;

/** How often a second list that could not be made, or that defers pieces itself, is made again, and for how long. */
const SECOND_LIST_EVERY_MS = 30 * 60_000;
const SECOND_LIST_WITHIN_MS = 24 * 60 * 60_000;

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

/** The store's newest import, whoever started it; null when there was none. */
async function newestImport(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<Doc<"inventoryImports"> | null> {
  return await ctx.db
    .query("inventoryImports")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .order("desc")
    .first();
}

/** An import is in hand until it ends, or has started no round for so long that it must have crashed. */
function isRunning({ status, activeAt, startedAt }: Doc<"inventoryImports">, now: number): boolean {
  return status === "running" && isRecent(activeAt ?? startedAt, now, ABANDONED_AFTER_MS);
}

/** Ends imports that were started while the clock was ahead, and dates them now. */
async function endFutureImports(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<void> {
  const future = await ctx.db
    .query("inventoryImports")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId).gt("startedAt", now))
    .take(10);
  for (const { _id, status } of future) {
    await ctx.db.patch("inventoryImports", _id, {
      startedAt: now - 1,
      ...(status === "running" && {
        status: "failed" as const,
        finishedAt: now,
        progress: { step: "failure" as const },
      }),
    });
  }
}

async function insertImport(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
  secondListOf?: Id<"inventoryImports">,
): Promise<Id<"inventoryImports">> {
  // They would stay the newest.
  await endFutureImports(ctx, businessAccountId, now);
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
    await requireMember(ctx, businessAccountId, "marketplaces.bricklink.import.runs.latest");
    const newest = await newestImport(ctx, businessAccountId);
    const run = newest?.secondListOf ? await ctx.db.get("inventoryImports", newest.secondListOf) : newest;
    if (run === null) return null;
    const { status, startedAt, finishedAt = null, lotsListed = null, lotsWritten, progress } = run;
    return { status, startedAt, finishedAt, lotsListed, lotsWritten, progress };
  },
});

/** Starts an import. Throws ConvexError `notConnected` or `alreadyRunning`. */
export const start = mutation({
  args: businessArgs,
  returns: v.id("inventoryImports"),
  handler: async (ctx, { businessAccountId }) => {
    const member = await requireMember(ctx, businessAccountId, "marketplaces.bricklink.import.runs.start");
    await requireActiveCredential(ctx, businessAccountId);
    const now = Date.now();
    const newest = await newestImport(ctx, businessAccountId);
    if (newest && isRunning(newest, now)) {
      throw new ConvexError({
        code: "alreadyRunning",
        message: newest.secondListOf
          ? "The last import is being checked by a second list. Import again in a minute."
          : "An import is running already.",
      });
    }
    await recordDeed(ctx, member, { action: "importStarted", subject: { kind: "run" } });
    return await insertImport(ctx, businessAccountId, now);
  },
});

/**
 * Imports once more after an import that a person started, until an import has completed that leaves nothing to be taken off, and for
 * a day at most. It looks again every half hour, in case BrickLink could not be asked or the run crashed. An import that a person
 * starts meanwhile has a second list of its own.
 */
export const makeSecondList = internalMutation({
  args: importArgs,
  returns: v.null(),
  handler: async (ctx, { importId }) => {
    const first = await ctx.db.get("inventoryImports", importId);
    if (first?.needsSecondList !== true) return null;
    const now = Date.now();
    const { businessAccountId, progress } = first;
    const newest = await newestImport(ctx, businessAccountId);
    if (newest?._id !== importId && newest?.secondListOf !== importId) return null;
    if (now > (first.finishedAt ?? first.startedAt) + SECOND_LIST_WITHIN_MS) {
      const { deferred: unconfirmed, ...rest } = progress;
      await ctx.db.patch("inventoryImports", importId, {
        needsSecondList: false,
        progress: omitUndefined({ ...rest, unconfirmed }),
      });
      return null;
    }
    const isActive = (await activeCredential(ctx, businessAccountId)) !== null;
    if (isActive && !isRunning(newest, now)) await insertImport(ctx, businessAccountId, now, importId);
    await scheduleSecondList(ctx, importId, SECOND_LIST_EVERY_MS);
    return null;
  },
});

async function scheduleSecondList(
  ctx: MutationCtx,
  importId: Id<"inventoryImports">,
  afterMs: number,
): Promise<void> {
  await ctx.scheduler.runAfter(afterMs, internal.marketplaces.bricklink.import.runs.makeSecondList, {
    importId,
  });
}

/** Adds to an import's result what its second list did. */
async function addToFirst(
  ctx: MutationCtx,
  firstId: Id<"inventoryImports">,
  second: ImportProgress,
  recountedBySecond: number,
): Promise<void> {
  const first = await ctx.db.get("inventoryImports", firstId);
  if (first === null) return;
  const { deferred: _deferred, recounted = 0, lowered = 0, ...progress } = first.progress;
  const sums = {
    recounted: recounted + recountedBySecond,
    lowered: lowered + (second.lowered ?? 0),
    deferred: second.deferred ?? 0,
  };
  await ctx.db.patch("inventoryImports", firstId, {
    needsSecondList: sums.deferred > 0,
    progress: {
      ...progress,
      ...(sums.recounted > 0 && { recounted: sums.recounted }),
      ...(sums.lowered > 0 && { lowered: sums.lowered }),
      ...(sums.deferred > 0 && { deferred: sums.deferred }),
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
    else await recordSuccessfulUpkeep(ctx, businessAccountId);
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
    if (status !== "completed") return null;
    if (run.secondListOf) await addToFirst(ctx, run.secondListOf, progress, recounted);
    else if (run.needsSecondList === true) await scheduleSecondList(ctx, importId, SECOND_LIST_AFTER_MS);
    return null;
  },
});
