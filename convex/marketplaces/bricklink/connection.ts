/** What an owner does in Settings: enter keys, test them, make the callback URL, pause. Keys go in and never out. */
import { ConvexError, v, type Infer } from "convex/values";
import { internal } from "../../_generated/api";
import { action, env, internalMutation, mutation, query } from "../../_generated/server";
import { requireMember, requireMemberInAction } from "../../accounts/access";
import { activityFor, callLimit } from "./activity";
import { CALLBACK_PATH, hashCallbackToken, newCallbackToken } from "./callbackToken";
import { findCredential, saveKeys, storeClientFor } from "./credentials";
import type { StoreKeys } from "./oauth";
import { takeCalls } from "./quota";
import { pollIntervalOf } from "./pollInterval";
import { sealedValidator } from "./schema";
import { sealKeys } from "./sealing";

const KEY_LENGTH_MAX = 200;

const businessArgs = { businessAccountId: v.id("businessAccounts") };

const keysValidator = v.object({
  consumerKey: v.string(),
  consumerSecret: v.string(),
  tokenValue: v.string(),
  tokenSecret: v.string(),
});

const notConnected = { code: "notConnected", message: "Connect BrickLink first: enter the four keys." };

function callbackUrl(token: string): string {
  return `${env.CONVEX_SITE_URL}${CALLBACK_PATH}/${token}`;
}

/** The keys without the white space that copying brings. Throws ConvexError `keyMissing`. */
function checkedKeys(keys: Infer<typeof keysValidator>): StoreKeys {
  const trimmed = {
    consumerKey: keys.consumerKey.trim(),
    consumerSecret: keys.consumerSecret.trim(),
    tokenValue: keys.tokenValue.trim(),
    tokenSecret: keys.tokenSecret.trim(),
  };
  for (const [name, value] of Object.entries(trimmed)) {
    if (value === "" || value.length > KEY_LENGTH_MAX) {
      throw new ConvexError({
        code: "keyMissing",
        message: `Enter all four keys: ${name} is missing or too long.`,
      });
    }
  }
  return trimmed;
}

/** How the store is connected, without a word of the keys. Null: not yet. */
export const status = query({
  args: businessArgs,
  returns: v.union(
    v.null(),
    v.object({
      isActive: v.boolean(),
      connectedAt: v.number(),
      keysChangedAt: v.number(),
      tokenChangedAt: v.number(),
      pollIntervalMinutes: v.number(),
    }),
  ),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) return null;
    const { isActive, connectedAt, keysChangedAt, tokenChangedAt } = credential;
    const pollIntervalMinutes = pollIntervalOf(credential);
    return { isActive, connectedAt, keysChangedAt, tokenChangedAt, pollIntervalMinutes };
  },
});

/** Seals and stores the four keys. The first time it also makes the callback URL, which is shown only now. */
export const connect = action({
  args: { ...businessArgs, keys: keysValidator },
  returns: v.object({ callbackUrl: v.union(v.string(), v.null()) }),
  handler: async (ctx, { businessAccountId, keys }): Promise<{ callbackUrl: string | null }> => {
    await requireMemberInAction(ctx, businessAccountId, "owner");
    const token = newCallbackToken();
    const { isFirst } = await ctx.runMutation(internal.marketplaces.bricklink.connection.save, {
      businessAccountId,
      sealedKeys: await sealKeys(checkedKeys(keys), businessAccountId, env.CREDENTIALS_KEY),
      webhookTokenHash: await hashCallbackToken(token),
    });
    return { callbackUrl: isFirst ? callbackUrl(token) : null };
  },
});

/** Stores sealed keys; a first connection also starts reading the orders that are open already. */
export const save = internalMutation({
  args: { ...businessArgs, sealedKeys: sealedValidator, webhookTokenHash: v.string() },
  returns: v.object({ isFirst: v.boolean() }),
  handler: async (ctx, { businessAccountId, sealedKeys, webhookTokenHash }) => {
    const { isFirst } = await saveKeys(ctx, businessAccountId, sealedKeys, webhookTokenHash);
    await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.reconcile.reconcileOrders, {
      businessAccountId,
    });
    return { isFirst };
  },
});

/** The sealed keys for one counted call. Throws ConvexError `notConnected` or `callsUsedUp`. */
export const takeTestCall = internalMutation({
  args: businessArgs,
  returns: sealedValidator,
  handler: async (ctx, { businessAccountId }) => {
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) throw new ConvexError(notConnected);
    const activity = await activityFor(ctx, businessAccountId);
    const calls = takeCalls(activity.callHours, 1, "orders", callLimit(), Date.now());
    if (!calls.ok) {
      throw new ConvexError({
        code: "callsUsedUp",
        message: "Today's BrickLink calls are used up. Test tomorrow.",
      });
    }
    await ctx.db.patch("storeActivity", activity._id, { callHours: calls.hours });
    return credential.sealedKeys;
  },
});

const testResultValidator = v.union(
  v.object({ ok: v.literal(true) }),
  v.object({ ok: v.literal(false), code: v.string(), message: v.string() }),
);

/** Asks BrickLink for the list of orders with the stored keys, and says in words how that went. */
export const testConnection = action({
  args: businessArgs,
  returns: testResultValidator,
  handler: async (ctx, { businessAccountId }): Promise<Infer<typeof testResultValidator>> => {
    await requireMemberInAction(ctx, businessAccountId, "owner");
    const sealedKeys = await ctx.runMutation(internal.marketplaces.bricklink.connection.takeTestCall, {
      businessAccountId,
    });
    const client = await storeClientFor(businessAccountId, sealedKeys);
    const answer = await client.getOrders();
    if (answer.ok) return { ok: true };
    return { ok: false, code: answer.failure.code, message: answer.failure.message };
  },
});

/** A new callback URL. The old one stops working at once. */
export const rotateCallback = action({
  args: businessArgs,
  returns: v.object({ callbackUrl: v.string() }),
  handler: async (ctx, { businessAccountId }) => {
    await requireMemberInAction(ctx, businessAccountId, "owner");
    const token = newCallbackToken();
    await ctx.runMutation(internal.marketplaces.bricklink.connection.saveToken, {
      businessAccountId,
      webhookTokenHash: await hashCallbackToken(token),
    });
    return { callbackUrl: callbackUrl(token) };
  },
});

export const saveToken = internalMutation({
  args: { ...businessArgs, webhookTokenHash: v.string() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, webhookTokenHash }) => {
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) throw new ConvexError(notConnected);
    await ctx.db.patch("marketplaceCredentials", credential._id, {
      webhookTokenHash,
      tokenChangedAt: Date.now(),
    });
    return null;
  },
});

/** Pauses or resumes. A paused store calls nobody; its callbacks are kept, and worked off when it resumes. */
export const setActive = mutation({
  args: { ...businessArgs, isActive: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, isActive }) => {
    await requireMember(ctx, businessAccountId, "owner");
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) throw new ConvexError(notConnected);
    await ctx.db.patch("marketplaceCredentials", credential._id, { isActive });
    if (isActive) {
      await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.sweep.startStore, {
        businessAccountId,
      });
      await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.reconcile.reconcileOrders, {
        businessAccountId,
      });
    }
    return null;
  },
});
