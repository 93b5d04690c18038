/**
 * A new password for a person who has forgotten theirs, by a link with a secret token that works once. The link comes by e-mail where
 * that is configured; otherwise from an owner of the person's store, or from whoever operates the deployment.
 */
import { invalidateSessions, modifyAccountCredentials } from "@convex-dev/auth/server";
import { ConvexError, v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import {
  action,
  env,
  internalAction,
  internalMutation,
  internalQuery,
  type MutationCtx,
  type QueryCtx,
} from "../_generated/server";
import { hashSecretToken, newSecretToken } from "../lib/secretToken";
import { callerAddress, requireMember, requireMemberInAction, requireSecretToken } from "./access";
import { recordDeed } from "./deeds";
import { isEmailConfigured, sendEmail } from "./email";
import { hashPassword } from "./passwords";
import { accountOf, authCtxOf, checkedEmail, checkNewPassword, PROVIDER } from "./passwordSignIn";
import { tooManyAttempts } from "./signInLimits";

const HOUR_MS = 60 * 60_000;

/** A link by e-mail is used at once; one that a colleague passes on may wait for the next shift. */
const BY_EMAIL_VALID_MS = HOUR_MS;
const BY_PERSON_VALID_MS = 24 * HOUR_MS;

const memberArgs = { businessAccountId: v.id("businessAccounts"), memberId: v.id("members") };

const invalidLink = {
  code: "resetInvalid",
  message: "This link was used already, is too old, or was replaced by a newer one. Ask for another.",
};

/** Stores the only link of a person that works, by its token's hash. */
async function replaceReset(
  ctx: MutationCtx,
  reset: Omit<Doc<"passwordResets">, "_id" | "_creationTime">,
): Promise<void> {
  const earlier = await ctx.db
    .query("passwordResets")
    .withIndex("by_user", (q) => q.eq("userId", reset.userId))
    .unique();
  if (earlier) await ctx.db.delete("passwordResets", earlier._id);
  await ctx.db.insert("passwordResets", reset);
}

/**
 * Whether a person is a member of this store and of no other. For anybody else, an owner with a link to their new password could sign
 * in to the other store as them.
 */
async function belongsToThisStoreOnly(
  ctx: QueryCtx,
  userId: Id<"users">,
  businessAccountId: Id<"businessAccounts">,
): Promise<boolean> {
  const memberships = await ctx.db
    .query("members")
    .withIndex("by_user", (q) => q.eq("userId", userId))
    .take(2);
  return memberships.length === 1 && memberships[0]?.businessAccountId === businessAccountId;
}

/**
 * Creates a link with which a member of the store can set a new password, and returns its token, which cannot be read again. Throws
 * ConvexError `notFound`, or `resetNotAllowed` for oneself and for a member who belongs to another store too.
 */
export const createForMember = action({
  args: memberArgs,
  returns: v.object({ token: v.string() }),
  handler: async (ctx, { businessAccountId, memberId }) => {
    await requireMemberInAction(ctx, businessAccountId, "accounts.passwordReset.createForMember");
    const token = newSecretToken();
    await ctx.runMutation(internal.accounts.passwordReset.saveForMember, {
      businessAccountId,
      memberId,
      tokenHash: await hashSecretToken(token),
    });
    return { token };
  },
});

/** Stores a member's link. Throws as `createForMember` does. */
export const saveForMember = internalMutation({
  args: { ...memberArgs, tokenHash: v.string() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, memberId, tokenHash }) => {
    const you = await requireMember(ctx, businessAccountId, "accounts.passwordReset.createForMember");
    const member = await ctx.db.get("members", memberId);
    if (member?.businessAccountId !== businessAccountId) {
      throw new ConvexError({ code: "notFound", message: "This person does not belong to the store." });
    }
    const { userId } = member;
    const isAllowed = userId !== you.userId && (await belongsToThisStoreOnly(ctx, userId, businessAccountId));
    if (!isAllowed) {
      throw new ConvexError({
        code: "resetNotAllowed",
        message: "Only whoever operates this service can make a link to a new password for this person.",
      });
    }
    const expiresAt = Date.now() + BY_PERSON_VALID_MS;
    await replaceReset(ctx, { userId, businessAccountId, tokenHash, expiresAt });
    await recordDeed(ctx, you, { action: "newPasswordLinkMade", subject: { kind: "member", userId } });
    return null;
  },
});

/**
 * Sends a link to a new password, if there is an account of this e-mail: the answer does not tell. Throws ConvexError `emailInvalid`,
 * `emailNotConfigured` or `tooManyAttempts`.
 */
// eslint-disable-next-line @convex-dev/require-access-control -- who has forgotten the password cannot sign in.
export const requestByEmail = action({
  args: { email: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    if (!isEmailConfigured()) {
      throw new ConvexError({
        code: "emailNotConfigured",
        message: "No e-mail is sent here. Ask an owner of your store for a link.",
      });
    }
    const email = checkedEmail(args.email);
    const address = await callerAddress(ctx);
    const waitMs = await ctx.runMutation(internal.accounts.signInLimits.admitReset, { email, address });
    if (waitMs > 0) throw tooManyAttempts(waitMs);
    // Scheduled, so that the answer takes as long for an unknown e-mail.
    await ctx.scheduler.runAfter(0, internal.accounts.passwordReset.sendLink, { email });
    return null;
  },
});

/** Stores a person's link by its token's hash. Returns whether there is an account of this e-mail. */
export const save = internalMutation({
  args: { email: v.string(), tokenHash: v.string(), validForMs: v.number() },
  returns: v.boolean(),
  handler: async (ctx, { email, tokenHash, validForMs }) => {
    const account = await accountOf(ctx, email);
    if (account === null) return false;
    await replaceReset(ctx, { userId: account.userId, tokenHash, expiresAt: Date.now() + validForMs });
    return true;
  },
});

/** The token follows "#", because browsers do not send that part to a server, where it would be logged. */
function linkOf(token: string): string {
  return `${env.SITE_URL}/new-password#${token}`;
}

/** E-mails a person's link. Does nothing where there is no account of this e-mail. Throws as `sendEmail` does. */
export const sendLink = internalAction({
  args: { email: v.string() },
  returns: v.null(),
  handler: async (ctx, { email }) => {
    const token = newSecretToken();
    const tokenHash = await hashSecretToken(token);
    const reset = { email, tokenHash, validForMs: BY_EMAIL_VALID_MS };
    if (!(await ctx.runMutation(internal.accounts.passwordReset.save, reset))) return null;
    await sendEmail(
      email,
      "A new password for BrickLink orders",
      `Open this link within an hour to choose a new password:\n\n${linkOf(token)}\n\nIf you did not ask for it, ignore this e-mail: your password stays as it is.`,
    );
    return null;
  },
});

/**
 * For whoever operates the deployment: a link for the account of an e-mail, e.g. of a store's only owner. Throws an Error where there
 * is no such account.
 */
export const createLink = internalAction({
  args: { email: v.string() },
  returns: v.string(),
  handler: async (ctx, args): Promise<string> => {
    const email = checkedEmail(args.email);
    const token = newSecretToken();
    const reset = { email, tokenHash: await hashSecretToken(token), validForMs: BY_PERSON_VALID_MS };
    if (await ctx.runMutation(internal.accounts.passwordReset.save, reset)) return linkOf(token);
    throw new Error(`There is no account of ${email}.`);
  },
});

/** The person of a link that still works; null for any other. */
async function findPerson(
  ctx: QueryCtx,
  tokenHash: string,
  at: number,
): Promise<{ reset: Doc<"passwordResets">; email: string } | null> {
  const reset = await ctx.db
    .query("passwordResets")
    .withIndex("by_token_hash", (q) => q.eq("tokenHash", tokenHash))
    .unique();
  if (reset === null || reset.expiresAt <= at) return null;
  const { userId, businessAccountId } = reset;
  // They may have joined another store since the owner made the link.
  const isAllowed =
    businessAccountId === undefined || (await belongsToThisStoreOnly(ctx, userId, businessAccountId));
  const email = (await ctx.db.get("users", userId))?.email;
  return isAllowed && email !== undefined ? { reset, email } : null;
}

/** The e-mail of the person whose link it is; null for a link that does not work. `at`: milliseconds UTC. */
export const findEmail = internalQuery({
  args: { tokenHash: v.string(), at: v.number() },
  returns: v.union(v.string(), v.null()),
  handler: async (ctx, { tokenHash, at }) => (await findPerson(ctx, tokenHash, at))?.email ?? null,
});

/** Uses a link up, and records that where a store's owner made it. Returns whose it is; null when it was used meanwhile. */
export const consume = internalMutation({
  args: { tokenHash: v.string() },
  returns: v.union(v.id("users"), v.null()),
  handler: async (ctx, { tokenHash }) => {
    const person = await findPerson(ctx, tokenHash, Date.now());
    if (person === null) return null;
    const { _id, userId, businessAccountId } = person.reset;
    await ctx.db.delete("passwordResets", _id);
    if (businessAccountId !== undefined) {
      const deed = { action: "newPasswordSet" as const, subject: { kind: "member" as const, userId } };
      await recordDeed(ctx, { businessAccountId, userId }, deed);
    }
    return userId;
  },
});

/**
 * Sets the password of the person whose link it is, ends all their sessions, and returns the e-mail to sign in with. Throws ConvexError
 * `resetInvalid`, `tooManyAttempts` where one address has tried many unknown tokens, or as a sign-up does for the password, after which
 * the link still works.
 */
export const setPassword = action({
  args: { token: v.string(), password: v.string() },
  returns: v.object({ email: v.string() }),
  handler: async (ctx, { token, password }): Promise<{ email: string }> => {
    requireSecretToken(token, invalidLink);
    const tokenHash = await hashSecretToken(token);
    const { findEmail, consume } = internal.accounts.passwordReset;
    const email = await ctx.runQuery(findEmail, { tokenHash, at: Date.now() });
    if (email === null) {
      const address = await callerAddress(ctx);
      const waitMs = await ctx.runMutation(internal.accounts.unknownTokens.count, { address });
      throw waitMs > 0 ? tooManyAttempts(waitMs) : new ConvexError(invalidLink);
    }
    checkNewPassword(email, password);
    const secret = await hashPassword(password);
    const userId = await ctx.runMutation(consume, { tokenHash });
    if (userId === null) throw new ConvexError(invalidLink);
    const authCtx = authCtxOf(ctx);
    await modifyAccountCredentials(authCtx, { provider: PROVIDER, account: { id: email, secret } });
    await invalidateSessions(authCtx, { userId });
    return { email };
  },
});
