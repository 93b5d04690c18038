/**
 * Changing CREDENTIALS_KEY while the system runs. The operator keeps the old key as CREDENTIALS_KEY_PREVIOUS, sets a new one, runs
 * `reencryptAll` and removes the old key. In between, keys encrypted with either can be used.
 */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import { internalAction, internalMutation, internalQuery } from "../../../_generated/server";
import { decryptedKeys, isEncryptedWithPresentKey, storedKeysOf } from "./credentials";
import { encryptedKeysValidator } from "./encryption";

/** Stores read at once. */
const PAGE_SIZE = 100;

const encryptedWithOtherKey = v.object({
  credentialId: v.id("marketplaceCredentials"),
  businessAccountId: v.id("businessAccounts"),
  encryptedKeys: encryptedKeysValidator,
});

/** A page of the stores whose keys were encrypted with another key than the present one. */
export const listPage = internalQuery({
  args: { cursor: v.union(v.string(), v.null()) },
  returns: v.object({
    stores: v.array(encryptedWithOtherKey),
    isDone: v.boolean(),
    continueCursor: v.string(),
  }),
  handler: async (ctx, { cursor }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("marketplaceCredentials")
      .paginate({ cursor, numItems: PAGE_SIZE });
    const stores = [];
    for (const { _id, businessAccountId, encryptedKeys } of page) {
      if (await isEncryptedWithPresentKey(encryptedKeys)) continue;
      stores.push({ credentialId: _id, businessAccountId, encryptedKeys });
    }
    return { stores, isDone, continueCursor };
  },
});

/** Stores a store's keys as they are encrypted now, unless its owner has entered other keys meanwhile. */
export const replace = internalMutation({
  args: {
    credentialId: v.id("marketplaceCredentials"),
    replaced: encryptedKeysValidator,
    encryptedKeys: encryptedKeysValidator,
  },
  returns: v.null(),
  handler: async (ctx, { credentialId, replaced, encryptedKeys }) => {
    const credential = await ctx.db.get("marketplaceCredentials", credentialId);
    if (credential?.encryptedKeys.tokenSecret.ciphertext !== replaced.tokenSecret.ciphertext) return null;
    await ctx.db.patch("marketplaceCredentials", credentialId, { encryptedKeys });
    return null;
  },
});

/**
 * Encrypts the keys of all stores with the present CREDENTIALS_KEY. It can be run again at any time. Returns how many stores it
 * changed. Throws an Error, having kept what it did, where keys can be decrypted with neither key.
 */
export const reencryptAll = internalAction({
  args: {},
  returns: v.object({ stores: v.number() }),
  handler: async (ctx): Promise<{ stores: number }> => {
    const { listPage, replace } = internal.marketplaces.bricklink.connection.keyRotation;
    let count = 0;
    let cursor: string | null = null;
    for (;;) {
      const { stores, isDone, continueCursor }: Awaited<ReturnType<typeof ctx.runQuery<typeof listPage>>> =
        await ctx.runQuery(listPage, { cursor });
      for (const { credentialId, businessAccountId, encryptedKeys: replaced } of stores) {
        const keys = await decryptedKeys(replaced, businessAccountId);
        const { encryptedKeys } = await storedKeysOf(keys, businessAccountId);
        await ctx.runMutation(replace, { credentialId, replaced, encryptedKeys });
      }
      count += stores.length;
      if (isDone) return { stores: count };
      cursor = continueCursor;
    }
  },
});
