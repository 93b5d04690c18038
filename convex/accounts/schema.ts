import { defineTable } from "convex/server";
import { v, type Infer } from "convex/values";

/** owner: keys, people, everything. staff: orders and stock. viewer: sees orders, without buyers' addresses. */
export const roleValidator = v.union(v.literal("owner"), v.literal("staff"), v.literal("viewer"));
export type Role = Infer<typeof roleValidator>;

export const accountsTables = {
  // Written by businesses.create; the root that every other table's rows belong to.
  businessAccounts: defineTable({
    name: v.string(),
    createdAt: v.number(),
  }),

  // Written by businesses.create, invitations.ts and people.ts; read by requireMember on every public call.
  members: defineTable({
    businessAccountId: v.id("businessAccounts"),
    userId: v.id("users"),
    role: roleValidator,
    joinedAt: v.number(),
  })
    .index("by_user", ["userId", "businessAccountId"])
    .index("by_business", ["businessAccountId", "role"]),

  // Written by invitations.ts: one row an open invitation, gone when it is used or taken back.
  invitations: defineTable({
    businessAccountId: v.id("businessAccounts"),
    role: roleValidator,
    /** Whom it is for, in the owner's words. */
    label: v.string(),
    /** SHA-256 of the secret in the link, hex. */
    tokenHash: v.string(),
    invitedBy: v.id("users"),
    createdAt: v.number(),
    expiresAt: v.number(),
  })
    .index("by_business", ["businessAccountId"])
    .index("by_token_hash", ["tokenHash"]),
};
