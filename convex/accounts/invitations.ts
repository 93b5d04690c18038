/**
 * Inviting people to a store. An invitation is a link with a secret token, shown once to the owner who creates it; only the
 * token's hash is stored. One person can use it, within seven days.
 */
import { ConvexError, v, type Infer } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import {
  action,
  internalMutation,
  internalQuery,
  mutation,
  query,
  type QueryCtx,
} from "../_generated/server";
import { hashSecretToken, newSecretToken } from "../lib/secretToken";
import {
  callerAddress,
  personLabel,
  requireMember,
  requireMemberInAction,
  requireSecretToken,
  requireSignedIn,
  requireSignedInInAction,
} from "./access";
import { requireRoomForStore } from "./businesses";
import { invitationSubjectOf, recordDeed } from "./deeds";
import { roleValidator } from "./schema";
import { tooManyAttempts } from "./signInLimits";

const VALID_FOR_MS = 7 * 24 * 60 * 60_000;
const LABEL_LENGTH_MAX = 80;

/** Open invitations of one store. More are refused, so that `list` can return all of them. */
const OPEN_MAX = 50;

const businessArgs = { businessAccountId: v.id("businessAccounts") };

const descriptionValidator = v.object({
  storeName: v.string(),
  role: roleValidator,
  /** Null when the person has no account any more. */
  invitedBy: v.union(v.string(), v.null()),
  expiresAt: v.number(),
});

const invalidInvitation = {
  code: "invitationInvalid",
  message: "This invitation was used, was revoked or is older than seven days. Ask for a new one.",
};

/**
 * Creates an invitation and returns its token, which cannot be read again. Throws ConvexError `labelInvalid` or
 * `tooMany`, or as `requireMember` does.
 */
export const create = action({
  args: { ...businessArgs, role: roleValidator, label: v.string() },
  returns: v.object({ token: v.string() }),
  handler: async (ctx, { businessAccountId, role, label }) => {
    await requireMemberInAction(ctx, businessAccountId, "accounts.invitations.create");
    const token = newSecretToken();
    await ctx.runMutation(internal.accounts.invitations.save, {
      businessAccountId,
      role,
      label: label.trim(),
      tokenHash: await hashSecretToken(token),
    });
    return { token };
  },
});

/** Stores an invitation by its token's hash. Throws as `create` does. */
export const save = internalMutation({
  args: { ...businessArgs, role: roleValidator, label: v.string(), tokenHash: v.string() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, label, ...invitation }) => {
    const member = await requireMember(ctx, businessAccountId, "accounts.invitations.create");
    if (label === "" || label.length > LABEL_LENGTH_MAX) {
      throw new ConvexError({
        code: "labelInvalid",
        message: `Say whom the invitation is for, in at most ${LABEL_LENGTH_MAX} characters.`,
      });
    }
    const open = await ctx.db
      .query("invitations")
      .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
      .take(OPEN_MAX);
    if (open.length === OPEN_MAX) {
      throw new ConvexError({
        code: "tooMany",
        message: `This store has ${OPEN_MAX} open invitations. Revoke some of them first.`,
      });
    }
    const createdAt = Date.now();
    await ctx.db.insert("invitations", {
      businessAccountId,
      label,
      ...invitation,
      invitedBy: member.userId,
      createdAt,
      expiresAt: createdAt + VALID_FOR_MS,
    });
    const subject = invitationSubjectOf({ label, role: invitation.role });
    await recordDeed(ctx, member, { action: "invitationCreated", subject });
    return null;
  },
});

/** Invitations that nobody has used, including expired ones. */
export const list = query({
  args: businessArgs,
  returns: v.array(
    v.object({
      invitationId: v.id("invitations"),
      label: v.string(),
      role: roleValidator,
      createdAt: v.number(),
      expiresAt: v.number(),
    }),
  ),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "accounts.invitations.list");
    const open = await ctx.db
      .query("invitations")
      .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
      .take(OPEN_MAX);
    return open.map(({ _id, label, role, createdAt, expiresAt }) => ({
      invitationId: _id,
      label,
      role,
      createdAt,
      expiresAt,
    }));
  },
});

/** Revokes an invitation: its link stops working at once. */
export const revoke = mutation({
  args: { ...businessArgs, invitationId: v.id("invitations") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, invitationId }) => {
    const member = await requireMember(ctx, businessAccountId, "accounts.invitations.revoke");
    const invitation = await ctx.db.get("invitations", invitationId);
    if (invitation?.businessAccountId === businessAccountId) {
      await ctx.db.delete("invitations", invitationId);
      await recordDeed(ctx, member, {
        action: "invitationRevoked",
        subject: invitationSubjectOf(invitation),
      });
    }
    return null;
  },
});

/** The open invitation of a token's hash; null when there is none. `at`: milliseconds UTC. */
async function openInvitation(
  ctx: QueryCtx,
  tokenHash: string,
  at: number,
): Promise<Doc<"invitations"> | null> {
  const invitation = await ctx.db
    .query("invitations")
    .withIndex("by_token_hash", (q) => q.eq("tokenHash", tokenHash))
    .unique();
  return invitation !== null && invitation.expiresAt > at ? invitation : null;
}

/** What the open invitation of a token's hash is for; null when there is none. `at`: milliseconds UTC. */
export const findOpen = internalQuery({
  args: { tokenHash: v.string(), at: v.number() },
  returns: v.union(v.null(), descriptionValidator),
  handler: async (ctx, { tokenHash, at }) => {
    const invitation = await openInvitation(ctx, tokenHash, at);
    if (invitation === null) return null;
    const { businessAccountId, role, invitedBy, expiresAt } = invitation;
    const business = await ctx.db.get("businessAccounts", businessAccountId);
    if (business === null) return null;
    return { storeName: business.name, role, invitedBy: await personLabel(ctx, invitedBy), expiresAt };
  },
});

/**
 * What an invitation is for, for whoever has its link: signing in comes after. Throws ConvexError `invitationInvalid`, or
 * `tooManyAttempts` where one address has tried many unknown tokens.
 */
export const describe = action({
  args: { token: v.string() },
  returns: descriptionValidator,
  handler: async (ctx, { token }): Promise<Infer<typeof descriptionValidator>> => {
    requireSecretToken(token, invalidInvitation);
    const tokenHash = await hashSecretToken(token);
    const found = await ctx.runQuery(internal.accounts.invitations.findOpen, { tokenHash, at: Date.now() });
    if (found) return found;
    const address = await callerAddress(ctx);
    const waitMs = await ctx.runMutation(internal.accounts.unknownTokens.count, { address });
    throw waitMs > 0 ? tooManyAttempts(waitMs) : new ConvexError(invalidInvitation);
  },
});

/** Makes the signed-in person a member. Throws ConvexError `invitationInvalid`, `alreadyMember` or `tooMany`. */
export const accept = action({
  args: { token: v.string() },
  returns: v.id("businessAccounts"),
  handler: async (ctx, { token }): Promise<Id<"businessAccounts">> => {
    await requireSignedInInAction(ctx);
    requireSecretToken(token, invalidInvitation);
    const tokenHash = await hashSecretToken(token);
    return await ctx.runMutation(internal.accounts.invitations.join, { tokenHash });
  },
});

/** Makes the caller a member and deletes the invitation. Throws as `accept` does. */
export const join = internalMutation({
  args: { tokenHash: v.string() },
  returns: v.id("businessAccounts"),
  handler: async (ctx, { tokenHash }) => {
    const userId = await requireSignedIn(ctx);
    const now = Date.now();
    const invitation = await openInvitation(ctx, tokenHash, now);
    if (invitation === null) throw new ConvexError(invalidInvitation);
    const { businessAccountId, role } = invitation;
    const member = await ctx.db
      .query("members")
      .withIndex("by_user", (q) => q.eq("userId", userId).eq("businessAccountId", businessAccountId))
      .unique();
    if (member !== null) {
      throw new ConvexError({
        code: "alreadyMember",
        message: "You belong to this store already. An owner can change your role in Settings.",
      });
    }
    await requireRoomForStore(ctx, userId);
    await ctx.db.insert("members", { businessAccountId, userId, role, joinedAt: now });
    await ctx.db.delete("invitations", invitation._id);
    await recordDeed(
      ctx,
      { businessAccountId, userId },
      { action: "invitationUsed", subject: invitationSubjectOf(invitation) },
    );
    return businessAccountId;
  },
});
