import { ConvexError, v } from "convex/values";
import { mutation, query } from "../_generated/server";
import { requireSignedIn } from "./access";
import { recordDeed } from "./deeds";
import { roleValidator } from "./schema";

/** Memberships read for one person's store switcher. */
const BUSINESSES_SHOWN = 50;
const NAME_LENGTH_MAX = 80;

/** The signed-in person and the stores they belong to. Throws ConvexError `notSignedIn`. */
export const mine = query({
  args: {},
  returns: v.object({
    email: v.union(v.string(), v.null()),
    businesses: v.array(
      v.object({ businessAccountId: v.id("businessAccounts"), name: v.string(), role: roleValidator }),
    ),
  }),
  handler: async (ctx) => {
    const userId = await requireSignedIn(ctx);
    const user = await ctx.db.get("users", userId);
    const memberships = await ctx.db
      .query("members")
      .withIndex("by_user", (q) => q.eq("userId", userId))
      .take(BUSINESSES_SHOWN);
    const businesses = await Promise.all(
      memberships.map(async ({ businessAccountId, role }) => {
        const business = await ctx.db.get("businessAccounts", businessAccountId);
        return business === null ? [] : [{ businessAccountId, name: business.name, role }];
      }),
    );
    return { email: user?.email ?? null, businesses: businesses.flat() };
  },
});

/** Creates a store with the caller as its owner. Throws ConvexError `nameInvalid`. */
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
