import { ConvexError, v } from "convex/values";
import type { Id } from "../_generated/dataModel";
import { mutation, query, type QueryCtx } from "../_generated/server";
import { requireSignedIn } from "./access";
import { recordDeed } from "./deeds";
import { roleValidator } from "./schema";

/** Stores of one person. More are refused, so that `mine` can return all of them. */
const STORES_MAX = 50;
const NAME_LENGTH_MAX = 80;

/** The signed-in person and the stores they belong to. Throws ConvexError `notSignedIn`. */
export const mine = query({
  args: {},
  returns: v.object({
    email: v.union(v.string(), v.null()),
    businesses: v.array(
      v.object({
        businessAccountId: v.id("businessAccounts"),
        memberId: v.id("members"),
        name: v.string(),
        role: roleValidator,
      }),
    ),
  }),
  handler: async (ctx) => {
    const userId = await requireSignedIn(ctx);
    const user = await ctx.db.get("users", userId);
    const memberships = await ctx.db
      .query("members")
      .withIndex("by_user", (q) => q.eq("userId", userId))
      .take(STORES_MAX);
    const businesses = await Promise.all(
      memberships.map(async ({ _id: memberId, businessAccountId, role }) => {
        const business = await ctx.db.get("businessAccounts", businessAccountId);
        return business === null ? [] : [{ businessAccountId, memberId, name: business.name, role }];
      }),
    );
    return { email: user?.email ?? null, businesses: businesses.flat() };
  },
});

/** Throws ConvexError `tooMany` for a person who can belong to no further store. */
export async function requireRoomForStore(ctx: QueryCtx, userId: Id<"users">): Promise<void> {
  const memberships = await ctx.db
    .query("members")
    .withIndex("by_user", (q) => q.eq("userId", userId))
    .take(STORES_MAX);
  if (memberships.length === STORES_MAX) {
    throw new ConvexError({
      code: "tooMany",
      message: `You belong to ${STORES_MAX} stores, the most for one account. Leave one first.`,
    });
  }
}

/** Creates a store with the caller as its owner. Throws ConvexError `nameInvalid` or `tooMany`. */
export const create = mutation({
  args: { name: v.string() },
  returns: v.id("businessAccounts"),
  handler: async (ctx, args) => {
    const userId = await requireSignedIn(ctx);
    const name = args.name.trim();
    if (name === "" || name.length > NAME_LENGTH_MAX) {
      throw new ConvexError({
        code: "nameInvalid",
        message: `Give the store a name of 1 to ${NAME_LENGTH_MAX} characters.`,
      });
    }
    await requireRoomForStore(ctx, userId);
    const createdAt = Date.now();
    const businessAccountId = await ctx.db.insert("businessAccounts", { name, createdAt });
    await ctx.db.insert("members", { businessAccountId, userId, role: "owner", joinedAt: createdAt });
    await recordDeed(
      ctx,
      { businessAccountId, userId },
      { action: "storeCreated", subject: { kind: "store" }, after: name },
    );
    return businessAccountId;
  },
});
