/** A store's connection to BrickLink. */
import type { FunctionReference } from "convex/server";
import { ConvexError, v } from "convex/values";
import type { Doc, Id } from "../../../_generated/dataModel";
import { env, type MutationCtx, type QueryCtx } from "../../../_generated/server";
import { isStillAhead } from "../../../lib/timeGates";
import type { StoreKeys } from "../api/signing";
import {
  decryptKeys,
  encryptKeys,
  keyEndingsOf,
  keyIdOf,
  type EncryptedKeys,
  type StoredKeys,
} from "./encryption";

/** A store's keys as they are stored. Needs cryptographic randomness: call it in actions only. */
export async function storedKeysOf(keys: StoreKeys, businessAccountId: string): Promise<StoredKeys> {
  return {
    encryptedKeys: await encryptKeys(keys, businessAccountId, env.CREDENTIALS_KEY),
    keyEndings: keyEndingsOf(keys),
  };
}

/** Whether keys were encrypted with the present CREDENTIALS_KEY. */
export async function isEncryptedWithPresentKey({ keyId }: EncryptedKeys): Promise<boolean> {
  return keyId === (await keyIdOf(env.CREDENTIALS_KEY));
}

/** A store's keys. Call it in actions only. Throws an Error where they cannot be decrypted. */
export async function decryptedKeys(
  encryptedKeys: EncryptedKeys,
  businessAccountId: string,
): Promise<StoreKeys> {
  const { CREDENTIALS_KEY, CREDENTIALS_KEY_PREVIOUS } = env;
  const credentialsKeys = [CREDENTIALS_KEY, ...(CREDENTIALS_KEY_PREVIOUS ? [CREDENTIALS_KEY_PREVIOUS] : [])];
  return await decryptKeys(encryptedKeys, businessAccountId, credentialsKeys);
}

/** A store's connection, active or paused; null when there is none. */
export async function findCredential(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<Doc<"marketplaceCredentials"> | null> {
  return await ctx.db
    .query("marketplaceCredentials")
    .withIndex("by_business", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("marketplace", "bricklink"),
    )
    .unique();
}

/** The credential with which BrickLink may be called now; null when there is none or the store is paused. */
export async function activeCredential(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<Doc<"marketplaceCredentials"> | null> {
  const credential = await findCredential(ctx, businessAccountId);
  return credential?.isActive === true ? credential : null;
}

/** As `activeCredential`. Throws ConvexError `notConnected` where that is null. */
export async function requireActiveCredential(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<Doc<"marketplaceCredentials">> {
  const credential = await activeCredential(ctx, businessAccountId);
  if (credential === null) {
    throw new ConvexError({ code: "notConnected", message: "Connect BrickLink, or resume it, first." });
  }
  return credential;
}

/** For how long a callback token works after a new one was made. */
export const TOKEN_OVERLAP_MS = 24 * 60 * 60_000;

/**
 * The connection whose callback token hashes to `tokenHash` (SHA-256, hex), or whose token before did, within a day; null when there
 * is none. `at`: milliseconds UTC.
 */
export async function findCredentialByToken(
  ctx: QueryCtx,
  tokenHash: string,
  at: number,
): Promise<Doc<"marketplaceCredentials"> | null> {
  const current = await ctx.db
    .query("marketplaceCredentials")
    .withIndex("by_token_hash", (q) => q.eq("webhookTokenHash", tokenHash))
    .unique();
  if (current) return current;
  const previous = await ctx.db
    .query("marketplaceCredentials")
    .withIndex("by_previous_token_hash", (q) => q.eq("previousTokenHash", tokenHash))
    .unique();
  return previous && isStillAhead(previous.previousTokenUntil, at, TOKEN_OVERLAP_MS) ? previous : null;
}

/**
 * Stores keys and, with a store's first connection, the hash of its callback token. Returns whether it was the first: later
 * on the stored token stays. Throws ConvexError `credentialsKeyChanged` for keys encrypted before CREDENTIALS_KEY was changed, which
 * a rotation that is over could not decrypt any more.
 */
export async function saveKeys(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  storedKeys: StoredKeys,
  webhookTokenHash: string,
): Promise<{ isFirst: boolean }> {
  if (!(await isEncryptedWithPresentKey(storedKeys.encryptedKeys))) {
    throw new ConvexError({
      code: "credentialsKeyChanged",
      message: "The key that encrypts them was changed just now. Save them again.",
    });
  }
  const now = Date.now();
  const existing = await findCredential(ctx, businessAccountId);
  if (existing) {
    await ctx.db.patch("marketplaceCredentials", existing._id, { ...storedKeys, keysChangedAt: now });
    return { isFirst: false };
  }
  await ctx.db.insert("marketplaceCredentials", {
    businessAccountId,
    marketplace: "bricklink",
    ...storedKeys,
    webhookTokenHash,
    isActive: true,
    connectedAt: now,
    keysChangedAt: now,
    tokenChangedAt: now,
  });
  return { isFirst: true };
}

/** Stores visited in one transaction of a cron. */
const STORES_PER_PAGE = 200;

/** Arguments of a cron's function that visits all stores, a page per transaction. */
export const storePageArgs = { cursor: v.optional(v.string()) };

type PageFunction = FunctionReference<"mutation", "internal", { cursor?: string }>;

/**
 * Visits the stores that are connected and not paused: a page in this transaction, the rest by scheduling `next`. `share`
 * goes from 0 to 1 over a page, for work that is to be spread over time.
 */
export async function visitActiveStores(
  ctx: MutationCtx,
  cursor: string | null,
  next: PageFunction,
  visit: (businessAccountId: Id<"businessAccounts">, share: number) => Promise<unknown>,
): Promise<void> {
  const { page, isDone, continueCursor } = await ctx.db
    .query("marketplaceCredentials")
    .withIndex("by_active", (q) => q.eq("isActive", true))
    .paginate({ cursor, numItems: STORES_PER_PAGE });
  for (const [index, { businessAccountId }] of page.entries()) {
    await visit(businessAccountId, index / page.length);
  }
  if (!isDone) await ctx.scheduler.runAfter(0, next, { cursor: continueCursor });
}
