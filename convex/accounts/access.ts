/**
 * The access guard. Every public function calls `requireMember` (or `requireSignedIn` where there is no business yet)
 * before it reads anything, and reads only rows of the business it names.
 */
import { getAuthSessionId, getAuthUserId } from "@convex-dev/auth/server";
import { ConvexError } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalQuery, type ActionCtx, type QueryCtx } from "../_generated/server";
import { v } from "convex/values";
import { isSecretToken } from "../lib/secretToken";
import { isPermitted, permissions, type Permission } from "./permissions";

const permissionValidator = v.union(
  ...(Object.keys(permissions) as Permission[]).map((permission) => v.literal(permission)),
);

/**
 * The signed-in person. A token is good for up to an hour; the session that it belongs to may have ended before, which is looked
 * up. Throws ConvexError `notSignedIn`.
 */
export async function requireSignedIn(ctx: Pick<QueryCtx, "auth" | "db">): Promise<Id<"users">> {
  const userId = await getAuthUserId(ctx);
  const sessionId = ctx.db.normalizeId("authSessions", (await getAuthSessionId(ctx)) ?? "");
  const session = sessionId === null ? null : await ctx.db.get("authSessions", sessionId);
  if (userId === null || session?.userId !== userId) {
    throw new ConvexError({ code: "notSignedIn", message: "Sign in to continue." });
  }
  return userId;
}

/** `requireSignedIn` for actions, which have no database. Throws as `requireSignedIn` does. */
export async function requireSignedInInAction(ctx: ActionCtx): Promise<Id<"users">> {
  return await ctx.runQuery(internal.accounts.access.checkSignedIn, {});
}

/** The query behind `requireSignedInInAction`. The identity is the caller's own token, never an argument. */
export const checkSignedIn = internalQuery({
  args: {},
  returns: v.id("users"),
  handler: async (ctx) => await requireSignedIn(ctx),
});

/**
 * The caller's membership of a business, with a role that may call the function of that path (see permissions.ts).
 * Throws ConvexError `notSignedIn`, `notAMember` (also for a business that does not exist, so that a
 * stranger learns nothing from the answer) or `roleTooLow`.
 */
export async function requireMember(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  permission: Permission,
): Promise<Doc<"members">> {
  const userId = await requireSignedIn(ctx);
  const member = await ctx.db
    .query("members")
    .withIndex("by_user", (q) => q.eq("userId", userId).eq("businessAccountId", businessAccountId))
    .unique();
  if (member === null) {
    throw new ConvexError({ code: "notAMember", message: "You are not a member of this store." });
  }
  if (!isPermitted(member.role, permission)) {
    throw new ConvexError({
      code: "roleTooLow",
      message: `This needs the role ${permissions[permission]}; yours is ${member.role}. Ask an owner of the store.`,
    });
  }
  return member;
}

/** `requireMember` for actions, which have no database: it runs the check as a query. Throws as `requireMember` does. */
export async function requireMemberInAction(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  permission: Permission,
): Promise<void> {
  await ctx.runQuery(internal.accounts.access.checkMember, { businessAccountId, permission });
}

/** The query behind `requireMemberInAction`. The identity is the caller's own token, never an argument. */
export const checkMember = internalQuery({
  args: { businessAccountId: v.id("businessAccounts"), permission: permissionValidator },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, permission }) => {
    await requireMember(ctx, businessAccountId, permission);
    return null;
  },
});

/**
 * The guard of functions for people who cannot sign in yet: a link's secret token is the proof. Throws `refusal` for text that is no
 * token; whether it is a known one, the function looks up.
 */
export function requireSecretToken(token: string, refusal: { code: string; message: string }): void {
  if (!isSecretToken(token)) throw new ConvexError(refusal);
}

/** The caller's IP address; "unknown" where the server does not tell. */
export async function callerAddress(ctx: Pick<ActionCtx, "meta">): Promise<string> {
  return (await ctx.meta.getRequestMetadata()).ip ?? "unknown";
}

/**
 * How colleagues name the person behind a stored reference (a user id as text): by what stands before the @ of the e-mail address,
 * since the address itself is the owner's to see. Null when there is no such user any more. Call `requireMember` first.
 */
export async function personLabel(ctx: QueryCtx, personReference: string): Promise<string | null> {
  const id = ctx.db.normalizeId("users", personReference);
  const user = id === null ? null : await ctx.db.get("users", id);
  return user?.email?.split("@")[0] ?? null;
}
