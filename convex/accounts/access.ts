/**
 * The one guard. Every public function passes `requireMember` (or `requireSignedIn` where there is no business yet)
 * before it reads anything, and reads only rows of the business it names.
 */
import { getAuthUserId } from "@convex-dev/auth/server";
import { ConvexError } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { internalQuery, type ActionCtx, type QueryCtx } from "../_generated/server";
import { v } from "convex/values";
import { roleValidator, type Role } from "./schema";

const rank: Record<Role, number> = { viewer: 0, staff: 1, owner: 2 };

/** Whether `role` may do what needs `minimum`. */
export function roleAllows(role: Role, minimum: Role): boolean {
  return rank[role] >= rank[minimum];
}

/** The signed-in person. Throws ConvexError `notSignedIn`. */
export async function requireSignedIn(ctx: Pick<QueryCtx, "auth">): Promise<Id<"users">> {
  const userId = await getAuthUserId(ctx);
  if (userId === null) {
    throw new ConvexError({ code: "notSignedIn", message: "Sign in to continue." });
  }
  return userId;
}

/**
 * The caller's membership of a business, with at least `minimum` as role.
 * Throws ConvexError `notSignedIn`, `notAMember` (also for a business that does not exist: its existence is not
 * told to strangers) or `roleTooLow`.
 */
export async function requireMember(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  minimum: Role,
): Promise<Doc<"members">> {
  const userId = await requireSignedIn(ctx);
  const member = await ctx.db
    .query("members")
    .withIndex("by_user", (q) => q.eq("userId", userId).eq("businessAccountId", businessAccountId))
    .unique();
  if (member === null) {
    throw new ConvexError({ code: "notAMember", message: "You are not a member of this store." });
  }
  if (!roleAllows(member.role, minimum)) {
    throw new ConvexError({
      code: "roleTooLow",
      message: `This needs the role ${minimum}; yours is ${member.role}. Ask an owner of the store.`,
    });
  }
  return member;
}

/** The guard for actions, which have no database: the same check, one query away. */
export async function requireMemberInAction(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  minimum: Role,
): Promise<void> {
  await ctx.runQuery(internal.accounts.access.checkMember, { businessAccountId, minimum });
}

/** `requireMember` for actions. Internal: identity comes from the caller's token, never from an argument. */
export const checkMember = internalQuery({
  args: { businessAccountId: v.id("businessAccounts"), minimum: roleValidator },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, minimum }) => {
    await requireMember(ctx, businessAccountId, minimum);
    return null;
  },
});
