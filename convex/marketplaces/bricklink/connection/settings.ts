/**
 * What an owner sets: keys and their test, the callback URL, pause, poll interval. Keys are written and used, but no function
 * returns them.
 */
import { ConvexError, v, type Infer } from "convex/values";
import { internal } from "../../../_generated/api";
import { action, env, internalMutation, mutation, query } from "../../../_generated/server";
import { requireMember, requireMemberInAction } from "../../../accounts/access";
import { recordDeed } from "../../../accounts/deeds";
import { isPermitted } from "../../../accounts/permissions";
import { hashSecretToken, newSecretToken } from "../../../lib/secretToken";
import { failureValidator } from "../api/failure";
import type { StoreKeys } from "../api/signing";
import { takeCalls } from "../limits/callBudget";
import { resume } from "../queue/recovery";
import { callActivityFor, callLimit } from "../limits/activity";
import { callbackUrlOf } from "./callbackUrl";
import { storeClientFor } from "./client";
import { findCredential, saveKeys, storedKeysOf, TOKEN_OVERLAP_MS } from "./credentials";
import { encryptedKeysValidator, keyEndingsValidator, storedKeysValidator } from "./encryption";
import { pollIntervalOf, POLL_INTERVALS_MINUTES } from "./pollInterval";

/** BrickLink's keys have 32 characters; the bound only keeps nonsense out. */
const KEY_LENGTH_MAX = 200;

const businessArgs = { businessAccountId: v.id("businessAccounts") };

const keysValidator = v.object({
  consumerKey: v.string(),
  consumerSecret: v.string(),
  tokenValue: v.string(),
  tokenSecret: v.string(),
});

const notConnected = { code: "notConnected", message: "Connect BrickLink first: enter the four keys." };

const keyLabels: Record<keyof StoreKeys, string> = {
  consumerKey: "consumer key",
  consumerSecret: "consumer secret",
  tokenValue: "token value",
  tokenSecret: "token secret",
};

/** The keys without the white space that copying adds. Throws ConvexError `keyMissing`. */
function checkedKeys(keys: Infer<typeof keysValidator>): StoreKeys {
  const trimmed = {
    consumerKey: keys.consumerKey.trim(),
    consumerSecret: keys.consumerSecret.trim(),
    tokenValue: keys.tokenValue.trim(),
    tokenSecret: keys.tokenSecret.trim(),
  };
  for (const name of Object.keys(keyLabels) as (keyof StoreKeys)[]) {
    const value = trimmed[name];
    if (value === "" || value.length > KEY_LENGTH_MAX) {
      throw new ConvexError({
        code: "keyMissing",
        message: `Enter all four keys: the ${keyLabels[name]} is missing or too long.`,
      });
    }
  }
  return trimmed;
}

/** How the store is connected, without the keys; null when it is not connected yet. */
export const status = query({
  args: businessArgs,
  returns: v.union(
    v.null(),
    v.object({
      isActive: v.boolean(),
      connectedAt: v.number(),
      keysChangedAt: v.number(),
      /** Null for those who may not change the keys. */
      keyEndings: v.union(v.null(), keyEndingsValidator),
      tokenChangedAt: v.number(),
      /** Until when the callback URL before works too; null when it does not. */
      previousTokenUntil: v.union(v.number(), v.null()),
      pollIntervalMinutes: v.number(),
    }),
  ),
  handler: async (ctx, { businessAccountId }) => {
    const { role } = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.connection.settings.status",
    );
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) return null;
    const { isActive, connectedAt, keysChangedAt, keyEndings, tokenChangedAt } = credential;
    return {
      isActive,
      connectedAt,
      keysChangedAt,
      keyEndings: isPermitted(role, "marketplaces.bricklink.connection.settings.connect") ? keyEndings : null,
      tokenChangedAt,
      previousTokenUntil: credential.previousTokenUntil ?? null,
      pollIntervalMinutes: pollIntervalOf(credential),
    };
  },
});

/**
 * Encrypts and stores the four keys. The first time it also creates the callback URL, which cannot be read again. Throws
 * ConvexError `keyMissing`.
 */
export const connect = action({
  args: { ...businessArgs, keys: keysValidator },
  returns: v.object({ callbackUrl: v.union(v.string(), v.null()) }),
  handler: async (ctx, { businessAccountId, keys }): Promise<{ callbackUrl: string | null }> => {
    await requireMemberInAction(ctx, businessAccountId, "marketplaces.bricklink.connection.settings.connect");
    const token = newSecretToken();
    const { isFirst } = await ctx.runMutation(internal.marketplaces.bricklink.connection.settings.save, {
      businessAccountId,
      storedKeys: await storedKeysOf(checkedKeys(keys), businessAccountId),
      webhookTokenHash: await hashSecretToken(token),
    });
    return { callbackUrl: isFirst ? callbackUrlOf(env.CONVEX_SITE_URL, token) : null };
  },
});

/**
 * Stores encrypted keys and starts a comparison of the order lists, which finds the orders that are open already. New keys end
 * the pause that the old ones caused. Throws as `saveKeys` does.
 */
export const save = internalMutation({
  args: { ...businessArgs, storedKeys: storedKeysValidator, webhookTokenHash: v.string() },
  returns: v.object({ isFirst: v.boolean() }),
  handler: async (ctx, { businessAccountId, storedKeys, webhookTokenHash }) => {
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.connection.settings.connect",
    );
    const { isFirst } = await saveKeys(ctx, businessAccountId, storedKeys, webhookTokenHash);
    const action = isFirst ? ("storeConnected" as const) : ("keysChanged" as const);
    await recordDeed(ctx, member, { action, subject: { kind: "credential" } });
    await resume(ctx, businessAccountId);
    return { isFirst };
  },
});

/**
 * Records a test of the connection, counts its call and returns the encrypted keys for it. Throws ConvexError `notConnected` or
 * `callsUsedUp`.
 */
export const takeTestCall = internalMutation({
  args: businessArgs,
  returns: encryptedKeysValidator,
  handler: async (ctx, { businessAccountId }) => {
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.connection.settings.testConnection",
    );
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) throw new ConvexError(notConnected);
    const activity = await callActivityFor(ctx, businessAccountId);
    const calls = takeCalls(activity.callHours, 1, "orders", callLimit(), Date.now());
    if (!calls.ok) {
      throw new ConvexError({
        code: "callsUsedUp",
        message: "All BrickLink calls of the last 24 hours are used. Test again later.",
      });
    }
    await ctx.db.patch("callActivity", activity._id, { callHours: calls.hours });
    await recordDeed(ctx, member, { action: "connectionTested", subject: { kind: "credential" } });
    return credential.encryptedKeys;
  },
});

const testResultValidator = v.union(
  v.object({ ok: v.literal(true) }),
  v.object({ ok: v.literal(false), failure: failureValidator }),
);

/** Ends the store's pause after a test that BrickLink answered. */
export const resumeAfterTest = internalMutation({
  args: businessArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    await resume(ctx, businessAccountId);
    return null;
  },
});

/**
 * Asks BrickLink for the list of orders with the stored keys. Its answer ends a pause. Throws ConvexError `notConnected` or
 * `callsUsedUp`.
 */
export const testConnection = action({
  args: businessArgs,
  returns: testResultValidator,
  handler: async (ctx, { businessAccountId }): Promise<Infer<typeof testResultValidator>> => {
    await requireMemberInAction(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.connection.settings.testConnection",
    );
    const { takeTestCall, resumeAfterTest } = internal.marketplaces.bricklink.connection.settings;
    const encryptedKeys = await ctx.runMutation(takeTestCall, { businessAccountId });
    const client = await storeClientFor(businessAccountId, encryptedKeys);
    const answer = await client.getOrders();
    if (!answer.ok) return { ok: false, failure: answer.failure };
    await ctx.runMutation(resumeAfterTest, { businessAccountId });
    return { ok: true };
  },
});

/** Creates a new callback URL; the one before works for another day. Throws ConvexError `notConnected`. */
export const rotateCallback = action({
  args: businessArgs,
  returns: v.object({ callbackUrl: v.string() }),
  handler: async (ctx, { businessAccountId }) => {
    await requireMemberInAction(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.connection.settings.rotateCallback",
    );
    const token = newSecretToken();
    await ctx.runMutation(internal.marketplaces.bricklink.connection.settings.saveToken, {
      businessAccountId,
      webhookTokenHash: await hashSecretToken(token),
    });
    return { callbackUrl: callbackUrlOf(env.CONVEX_SITE_URL, token) };
  },
});

/** Stores the hash of a new callback token, and until when the one before works. Throws ConvexError `notConnected`. */
export const saveToken = internalMutation({
  args: { ...businessArgs, webhookTokenHash: v.string() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, webhookTokenHash }) => {
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.connection.settings.rotateCallback",
    );
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) throw new ConvexError(notConnected);
    const now = Date.now();
    await ctx.db.patch("marketplaceCredentials", credential._id, {
      webhookTokenHash,
      tokenChangedAt: now,
      previousTokenHash: credential.webhookTokenHash,
      previousTokenUntil: now + TOKEN_OVERLAP_MS,
    });
    await recordDeed(ctx, member, { action: "callbackUrlChanged", subject: { kind: "credential" } });
    return null;
  },
});

/** Stops the callback URL that was in use before the present one, at once, if there is one. Throws ConvexError `notConnected`. */
export const revokePreviousCallback = mutation({
  args: businessArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.connection.settings.revokePreviousCallback",
    );
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) throw new ConvexError(notConnected);
    if (credential.previousTokenHash === undefined) return null;
    await ctx.db.patch("marketplaceCredentials", credential._id, {
      previousTokenHash: undefined,
      previousTokenUntil: undefined,
    });
    await recordDeed(ctx, member, { action: "previousCallbackUrlStopped", subject: { kind: "credential" } });
    return null;
  },
});

/**
 * Pauses or resumes a store. While it is paused BrickLink is not called; notifications are stored, and processed when it
 * resumes; the same state again changes nothing. Throws ConvexError `notConnected`.
 */
export const setActive = mutation({
  args: { ...businessArgs, isActive: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, isActive }) => {
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.connection.settings.setActive",
    );
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) throw new ConvexError(notConnected);
    if (credential.isActive === isActive) return null;
    await ctx.db.patch("marketplaceCredentials", credential._id, { isActive });
    const action = isActive ? ("storeResumed" as const) : ("storePaused" as const);
    await recordDeed(ctx, member, { action, subject: { kind: "setting" } });
    if (isActive) {
      await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.queue.sweep.claimStoreWork, {
        businessAccountId,
      });
      await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.sync.reconcile.reconcileOrders, {
        businessAccountId,
      });
    }
    return null;
  },
});

/** Sets how often unread notifications are read. Throws ConvexError `notConnected` or `intervalInvalid`. */
export const setPollInterval = mutation({
  args: { ...businessArgs, minutes: v.number() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, minutes }) => {
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.connection.settings.setPollInterval",
    );
    if (!POLL_INTERVALS_MINUTES.includes(minutes)) {
      throw new ConvexError({
        code: "intervalInvalid",
        message: `Choose one of ${POLL_INTERVALS_MINUTES.join(", ")} minutes.`,
      });
    }
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) throw new ConvexError(notConnected);
    const before = pollIntervalOf(credential);
    if (before === minutes) return null;
    await ctx.db.patch("marketplaceCredentials", credential._id, { pollIntervalMinutes: minutes });
    const subject = { kind: "setting" as const };
    await recordDeed(ctx, member, { action: "pollIntervalChanged", subject, before, after: minutes });
    return null;
  },
});
