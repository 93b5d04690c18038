import { defineTable } from "convex/server";
import { v, type Infer } from "convex/values";

export const conditionValidator = v.union(v.literal("new"), v.literal("used"));
export const completenessValidator = v.union(
  v.literal("complete"),
  v.literal("incomplete"),
  v.literal("sealed"),
);

/** What makes two lots the same goods; `location` says in which bin. Completeness exists for sets only. */
export const lotAttributesValidator = v.object({
  itemType: v.string(),
  partNumber: v.string(),
  colorId: v.number(),
  condition: conditionValidator,
  completeness: v.optional(completenessValidator),
  location: v.string(),
});
export type LotAttributes = Infer<typeof lotAttributesValidator>;

export const movementKindValidator = v.union(
  v.literal("import"),
  v.literal("adjust"),
  v.literal("reserve"),
  v.literal("release"),
  v.literal("fulfil"),
  v.literal("return"),
  // Not where it should be, or not fit to send: it leaves on hand. Found: it was there after all.
  v.literal("missing"),
  v.literal("damaged"),
  v.literal("found"),
);
export type MovementKind = Infer<typeof movementKindValidator>;

/** Why a person changed what is on hand. undo: it takes back an earlier adjustment. */
export const adjustmentReasonValidator = v.union(
  v.literal("counted"),
  v.literal("found"),
  v.literal("missing"),
  v.literal("damaged"),
  v.literal("returned"),
  v.literal("other"),
  v.literal("undo"),
);
export type AdjustmentReason = Infer<typeof adjustmentReasonValidator>;

export const inventoryTables = {
  // Written by stock.ts only. Available is derived (on hand less reserved), never stored.
  inventoryItems: defineTable({
    businessAccountId: v.id("businessAccounts"),
    ...lotAttributesValidator.fields,
    itemName: v.string(),
    /** The name as it is searched: in small letters. Absent on lots from before there was a search. */
    nameKey: v.optional(v.string()),
    colorName: v.optional(v.string()),
    /** Where the lot was imported from, e.g. "bricklink:294632795"; absent for a lot made by hand. */
    sourceLotId: v.optional(v.string()),
    quantityOnHand: v.number(),
    quantityReserved: v.number(),
    /** When on hand was last set by a person or an import, rather than moved by an order. */
    countedAt: v.optional(v.number()),
    createdAt: v.number(),
  })
    .index("by_source_lot", ["businessAccountId", "sourceLotId"])
    .index("by_location", ["businessAccountId", "location", "partNumber"])
    .index("by_name", ["businessAccountId", "nameKey"])
    .index("by_attributes", ["businessAccountId", "partNumber", "colorId", "condition", "location"]),

  // Appended by stock.ts only: one row per change of a lot. The sum of a lot's differences is the lot.
  // `orderReference`, `lineReference` and `personReference` are opaque here: stock knows no marketplace and no people.
  inventoryLedger: defineTable({
    businessAccountId: v.id("businessAccounts"),
    inventoryItemId: v.id("inventoryItems"),
    kind: movementKindValidator,
    onHandBefore: v.number(),
    onHandAfter: v.number(),
    reservedBefore: v.number(),
    reservedAfter: v.number(),
    orderReference: v.optional(v.string()),
    lineReference: v.optional(v.string()),
    notificationReference: v.optional(v.string()),
    /** Of a person's adjustment: who, why, and which earlier one it takes back. */
    personReference: v.optional(v.string()),
    reason: v.optional(adjustmentReasonValidator),
    note: v.optional(v.string()),
    undoes: v.optional(v.id("inventoryLedger")),
    createdAt: v.number(),
  })
    .index("by_item", ["inventoryItemId"])
    .index("by_order", ["orderReference"])
    .index("by_notification", ["notificationReference"]),
};
