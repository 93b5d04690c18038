/** Who belongs to a store and what they may do. A store always has an owner. */
import { ConvexError, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { mutation, query, type MutationCtx } from "../_generated/server";
import { requireMember } from "./access";
import { recordDeed } from "./deeds";
import { roleValidator } from "./schema";

/** Members read for the list. Stores have a handful of people; the bound only keeps the read small. */
const PEOPLE_SHOWN = 200;

const businessArgs = { businessAccountId: v.id("businessAccounts") };
const memberArgs = { ...businessArgs, memberId: v.id("members") };

/** The members of a store, for its owner. */
export const list = query({
  args: businessArgs,
  returns: v.array(
    v.object({
      memberId: v.id("members"),
      email: v.union(v.string(), v.null()),
      role: roleValidator,
      joinedAt: v.number(),
      isYou: v.boolean(),
    }),
  ),
  handler: async (ctx, { businessAccountId }) => {
    const you = await requireMember(ctx, businessAccountId, "accounts.people.list");
    const members = await ctx.db
      .query("members")
      .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
      .take(PEOPLE_SHOWN);
    return await Promise.all(
      members.map(async ({ _id, userId, role, joinedAt }) => ({
        memberId: _id,
        email: (await ctx.db.get("users", userId))?.email ?? null,
        role,
        joinedAt,
        isYou: _id === you._id,
      })),
    );
  },
});

/** A member of this store. Throws ConvexError `notFound`. */
async function requireMemberOfStore(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  memberId: Id<"members">,
): Promise<Doc<"members">> {
  const member = await ctx.db.get("members", memberId);
  if (member?.businessAccountId === businessAccountId) return member;
  throw new ConvexError({ code: "notFound", message: "This person does not belong to the store." });
}

/** Throws ConvexError `lastOwner` when the store would be left without one. */
async function requireOtherOwner(ctx: MutationCtx, { businessAccountId, role }: Doc<"members">) {
  if (role !== "owner") return;
  const owners = await ctx.db
    .query("members")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId).eq("role", "owner"))
    .take(2);
  if (owners.length < 2) {
    throw new ConvexError({
      code: "lastOwner",
      message: "A store needs an owner. Make somebody else an owner first.",
    });
  }
}

/** Gives a person another role; the same one again changes nothing. Throws ConvexError `notFound` or `lastOwner`. */
export const changeRole = mutation({
  args: { ...memberArgs, role: roleValidator },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, memberId, role }) => {
    const you = await requireMember(ctx, businessAccountId, "accounts.people.changeRole");
    const member = await requireMemberOfStore(ctx, businessAccountId, memberId);
    if (role === member.role) return null;
    await requireOtherOwner(ctx, member);
    await ctx.db.patch("members", memberId, { role });
    const subject = { kind: "member" as const, userId: member.userId };
    await recordDeed(ctx, you, { action: "roleChanged", subject, before: member.role, after: role });
    return null;
  },
});

/** Ends a person's membership, at once. Throws ConvexError `notFound` or `lastOwner`. */
export const remove = mutation({
  args: memberArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId, memberId }) => {
    const you = await requireMember(ctx, businessAccountId, "accounts.people.remove");
    const member = await requireMemberOfStore(ctx, businessAccountId, memberId);
    await requireOtherOwner(ctx, member);
    await ctx.db.delete("members", memberId);
    const subject = { kind: "member" as const, userId: member.userId };
    await recordDeed(ctx, you, { action: "memberRemoved", subject, before: member.role });
    return null;
  },
});
