import { ConvexError, v } from "convex/values";
import type { Id } from "../_generated/dataModel";
import { mutation, query, type QueryCtx } from "../_generated/server";
import { requireMember, requireSignedIn } from "./access";
import { recordDeed } from "./deeds";
import { roleValidator } from "./schema";

/** Stores of one person. More are refused, so that `mine` can return all of them. */
const STORES_MAX = 50;
const NAME_LENGTH_MAX = 80;

/** Two days, unless the store's owner chooses another time. */
const WAITING_LIMIT_HOURS = 48;

/** Two weeks. */
const WAITING_LIMIT_HOURS_MAX = 14 * 24;

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
        /** A paid order that waits longer than this needs a person. */
        waitingLimitHours: v.number(),
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
        if (business === null) return [];
        const { name, waitingLimitHours = WAITING_LIMIT_HOURS } = business;
        return [{ businessAccountId, memberId, name, role, waitingLimitHours }];
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

/** Sets for how long a paid order may wait, in whole hours, before it needs a person. Throws ConvexError `waitingLimitInvalid`. */
export const setWaitingLimit = mutation({
  args: { businessAccountId: v.id("businessAccounts"), hours: v.number() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, hours }) => {
    const member = await requireMember(ctx, businessAccountId, "accounts.businesses.setWaitingLimit");
    if (!Number.isInteger(hours) || hours < 1 || hours > WAITING_LIMIT_HOURS_MAX) {
      throw new ConvexError({
        code: "waitingLimitInvalid",
        message: `Choose between 1 and ${WAITING_LIMIT_HOURS_MAX} hours.`,
      });
    }
    const business = await ctx.db.get("businessAccounts", businessAccountId);
    const before = business?.waitingLimitHours ?? WAITING_LIMIT_HOURS;
    if (before === hours) return null;
    await ctx.db.patch("businessAccounts", businessAccountId, { waitingLimitHours: hours });
    await recordDeed(ctx, member, {
      action: "waitingLimitChanged",
      subject: { kind: "setting" },
      before,
      after: hours,
    });
    return null;
  },
});
