import { defineTable } from "convex/server";
import { v, type Infer } from "convex/values";

/**
 * owner: everything, including keys and people. staff: orders and stock. viewer: reads orders, without buyers' addresses.
 */
export const roleValidator = v.union(v.literal("owner"), v.literal("staff"), v.literal("viewer"));
export type Role = Infer<typeof roleValidator>;

/** Printed on packing slips and address labels. Empty texts are not. */
export const parcelSettingsValidator = v.object({
  /** A line of thanks to the buyer. */
  thanks: v.string(),
  /** Lines joined by "\n". */
  returnAddress: v.string(),
  /** The store's country by ISO 3166-1, which addresses within it leave out. */
  countryCode: v.union(v.string(), v.null()),
});

/** All `…At` fields are milliseconds since the epoch, UTC. */
export const accountsTables = {
  // Written by businesses.create and parcelSettings.save. Every row of every other table belongs to one of these.
  businessAccounts: defineTable({
    name: v.string(),
    createdAt: v.number(),
    /** A paid order that waits longer than this, in hours, needs a person. Absent: WAITING_LIMIT_HOURS in businesses.ts. */
    waitingLimitHours: v.optional(v.number()),
    parcelSettings: v.optional(parcelSettingsValidator),
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

  // Written by signInLimits.ts: where people have signed in from. Read when a password is tried.
  knownAddresses: defineTable({
    email: v.string(),
    /** An IP address. */
    address: v.string(),
    signedInAt: v.number(),
  }).index("by_email", ["email", "address"]),

  // Written by passwordReset.ts: one row per person with an open link to a new password, deleted when it is used.
  passwordResets: defineTable({
    userId: v.id("users"),
    /** The store whose owner made the link; absent when the person or the operator did. */
    businessAccountId: v.optional(v.id("businessAccounts")),
    /** SHA-256 of the token in the link, hex. */
    tokenHash: v.string(),
    expiresAt: v.number(),
  })
    .index("by_user", ["userId"])
    .index("by_token_hash", ["tokenHash"]),

  // Written by invitations.ts: one row per open invitation, deleted when it is used or revoked.
  invitations: defineTable({
    businessAccountId: v.id("businessAccounts"),
    role: roleValidator,
    /** Whom it is for, as the owner typed it. */
    label: v.string(),
    /** SHA-256 of the token in the link, hex. */
    tokenHash: v.string(),
    invitedBy: v.id("users"),
    createdAt: v.number(),
    expiresAt: v.number(),
  })
    .index("by_business", ["businessAccountId"])
    .index("by_token_hash", ["tokenHash"]),
};
