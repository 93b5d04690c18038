/**
 * The ways of shipping that a store has set up at BrickLink, to choose from where a parcel is entered. They change rarely and by no
 * event, so they are fetched every hour of stores that change orders.
 */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { internalAction, internalMutation, query, type QueryCtx } from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { isLeaseHeld } from "../../../lib/timeGates";
import { failureValidator, toResult } from "../api/failure";
import { storeClientFor } from "../connection/client";
import { activeCredential, storePageArgs, visitActiveStores } from "../connection/credentials";
import { encryptedKeysValidator } from "../connection/encryption";
import { callActivityFor } from "../limits/activity";
import { BUSY_RETRY_MS, leasesWithout, permitUpkeep } from "../limits/permission";
import { recordFailedCall, recordSuccessfulUpkeep } from "../queue/recovery";
import { shippingMethodValidator } from "../schema";

/** 24 of a day's 5,000 calls. */
export const SHIPPING_METHODS_INTERVAL_MINUTES = 60;

/** One call of at most 45 s and a commit, with room to spare. */
const LEASE_MS = 2 * 60_000;

/** Far more than a seller sets up; it keeps the row within Convex's limit. */
const METHODS_MAX = 500;

async function findMethods(ctx: QueryCtx, businessAccountId: Id<"businessAccounts">) {
  return await ctx.db
    .query("bricklinkShippingMethods")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .unique();
}

/** A store's ways of shipping, by name; none while they were never fetched. */
export const list = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.array(shippingMethodValidator),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "marketplaces.bricklink.sync.shippingMethods.list");
    const stored = await findMethods(ctx, businessAccountId);
    return stored?.methods ?? [];
  },
});

/**
 * Takes the lease and counts the call; null when another run holds it, the store is paused or only read, or calls are short. Where
 * no place is free for upkeep, the fetch is scheduled again.
 */
export const claimFetch = internalMutation({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.union(v.null(), v.object({ encryptedKeys: encryptedKeysValidator })),
  handler: async (ctx, { businessAccountId }) => {
    const now = Date.now();
    const credential = await activeCredential(ctx, businessAccountId);
    if (credential?.writesEnabledAt === undefined) return null;
    const { leases } = await callActivityFor(ctx, businessAccountId);
    if (isLeaseHeld(leases.shippingMethods, now)) return null;
    const upkeep = { kind: "shippingMethods" as const, count: 1, leaseMs: LEASE_MS };
    const permission = await permitUpkeep(ctx, businessAccountId, upkeep, now);
    if (permission.ok) return { encryptedKeys: credential.encryptedKeys };
    if (permission.reason === "busy") {
      const { fetchOfStore } = internal.marketplaces.bricklink.sync.shippingMethods;
      await ctx.scheduler.runAfter(BUSY_RETRY_MS, fetchOfStore, { businessAccountId });
    }
    return null;
  },
});

/** Ends a fetch: stores what came, by name, or keeps what is stored where it failed. */
export const finishFetch = internalMutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    methods: v.array(shippingMethodValidator),
    failure: v.optional(failureValidator),
  },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, methods, failure }) => {
    const activity = await callActivityFor(ctx, businessAccountId);
    await ctx.db.patch("callActivity", activity._id, { leases: leasesWithout(activity, "shippingMethods") });
    if (failure) {
      await recordFailedCall(ctx, businessAccountId, failure);
      return null;
    }
    await recordSuccessfulUpkeep(ctx, businessAccountId);
    const sorted = methods.toSorted((a, b) => a.name.localeCompare(b.name)).slice(0, METHODS_MAX);
    const stored = await findMethods(ctx, businessAccountId);
    if (!stored) await ctx.db.insert("bricklinkShippingMethods", { businessAccountId, methods: sorted });
    else if (JSON.stringify(stored.methods) !== JSON.stringify(sorted)) {
      await ctx.db.patch("bricklinkShippingMethods", stored._id, { methods: sorted });
    }
    return null;
  },
});

/** Fetches one store's ways of shipping. */
export const fetchOfStore = internalAction({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    const { claimFetch: claim, finishFetch: finish } = internal.marketplaces.bricklink.sync.shippingMethods;
    const work = await ctx.runMutation(claim, { businessAccountId });
    if (work === null) return null;
    const answer = await toResult(async () => {
      const client = await storeClientFor(businessAccountId, work.encryptedKeys);
      return await client.getShippingMethods();
    });
    await ctx.runMutation(finish, {
      businessAccountId,
      methods: answer.ok ? answer.value.entries : [],
      ...(!answer.ok && { failure: answer.failure }),
    });
    return null;
  },
});

/** Schedules a fetch for every active store, spread over the interval. */
export const fetchOfAllStores = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { fetchOfAllStores: next, fetchOfStore } = internal.marketplaces.bricklink.sync.shippingMethods;
    await visitActiveStores(ctx, cursor, next, (businessAccountId, share) =>
      ctx.scheduler.runAfter(Math.floor(share * SHIPPING_METHODS_INTERVAL_MINUTES * 60_000), fetchOfStore, {
        businessAccountId,
      }),
    );
    return null;
  },
});
