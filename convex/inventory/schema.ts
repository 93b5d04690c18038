import { defineTable } from "convex/server";
import { v, type Infer } from "convex/values";

/** unknown: the marketplace named a condition that we do not know. It equals no lot's condition. */
export const conditionValidator = v.union(v.literal("new"), v.literal("used"), v.literal("unknown"));
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

/**
 * import, adjust: on hand was counted, by a marketplace's listing or by a person. reserve, release: pieces were promised to
 * an order line, or no longer are. fulfil, return: they left with an order, or the order was re-opened. missing, damaged,
 * found: a packer reported pieces lost, or undid the report. transfer: pieces of equal goods went from one lot to another.
 */
export const movementKindValidator = v.union(
  v.literal("import"),
  v.literal("adjust"),
  v.literal("reserve"),
  v.literal("release"),
  v.literal("fulfil"),
  v.literal("return"),
  v.literal("missing"),
  v.literal("damaged"),
  v.literal("found"),
  v.literal("transfer"),
);
export type MovementKind = Infer<typeof movementKindValidator>;

/** Why a person changes what is on hand. */
export const givenReasonValidator = v.union(
  v.literal("counted"),
  v.literal("found"),
  v.literal("missing"),
  v.literal("damaged"),
  v.literal("returned"),
  v.literal("other"),
);

/** Why what is on hand was changed. undo: the entry reverts an earlier adjustment. */
export const adjustmentReasonValidator = v.union(...givenReasonValidator.members, v.literal("undo"));
export type AdjustmentReason = Infer<typeof adjustmentReasonValidator>;

/** Pieces that an order took from a lot for a line of another one, so that the marketplace still lists them. */
export const takenPiecesValidator = v.object({ orderNumber: v.number(), quantity: v.number() });

/** Quantities are whole pieces. All `…At` fields are milliseconds since the epoch, UTC. */
export const inventoryTables = {
  // Written by stock.ts and receiving.ts only. Available is derived (on hand less reserved), never stored.
  inventoryItems: defineTable({
    businessAccountId: v.id("businessAccounts"),
    ...lotAttributesValidator.fields,
    itemName: v.string(),
    /** The name in lower case, to sort by. */
    nameKey: v.string(),
    /** Whether the lot has a row in lotSearchTexts. Absent on lots stored before there were any, until storedBefore.ts has filled it. */
    hasSearchText: v.optional(v.boolean()),
    colorName: v.optional(v.string()),
    /** The marketplace's own lot, e.g. "bricklink:294632795"; absent for a lot that was never imported. */
    sourceLotId: v.optional(v.string()),
    quantityOnHand: v.number(),
    quantityReserved: v.number(),
    /** Pieces that open order lines require of this lot and do not hold. */
    quantityBackordered: v.number(),
    /** Pieces that left with orders without ever having been on hand, since the lot was last counted. */
    quantityShippedWithoutStock: v.number(),
    /** When on hand was last set by a person or an import, rather than moved by an order. */
    countedAt: v.optional(v.number()),
    /** When a person last set on hand, until an import has set or confirmed it since. */
    personCountedAt: v.optional(v.number()),
    /** Since when an import could not count the lot, because an order that requires it could not be read. */
    uncertainSince: v.optional(v.number()),
    /** Pieces that a marketplace has listed fewer than on hand since then, and that are not taken off yet. */
    fewerListed: v.optional(v.object({ quantity: v.number(), since: v.number() })),
    createdAt: v.number(),
  })
    .index("by_source_lot", ["businessAccountId", "sourceLotId"])
    .index("by_location", ["businessAccountId", "location", "partNumber"])
    .index("by_name", ["businessAccountId", "nameKey"])
    .index("by_attributes", ["businessAccountId", "partNumber", "colorId", "condition", "location"])
    .index("by_backordered", ["businessAccountId", "quantityBackordered"])
    .index("by_shipped_without_stock", ["businessAccountId", "quantityShippedWithoutStock"])
    .index("by_search_text", ["hasSearchText"]),

  // By which words each lot is found. Written by search.ts when a lot is made or described anew. Apart from the lots, whose quantities
  // change with every order: an open search would run again each time.
  lotSearchTexts: defineTable({
    businessAccountId: v.id("businessAccounts"),
    lotId: v.id("inventoryItems"),
    /** Words in lower case. */
    text: v.string(),
  })
    .index("by_lot", ["lotId"])
    .searchIndex("by_text", { searchField: "text", filterFields: ["businessAccountId"] }),

  // One row per lot whose count is doubted here or wrong at the marketplace, written by recounts.ts for what packers report and take;
  // deleted by a count of the lot or by a person.
  recountTasks: defineTable({
    businessAccountId: v.id("businessAccounts"),
    inventoryItemId: v.id("inventoryItems"),
    /** Pieces reported missing or damaged since the lot was last counted. */
    quantity: v.number(),
    /** One entry an order. Absent in tasks of before this was stored. */
    taken: v.optional(v.array(takenPiecesValidator)),
    /** Who reported or took last, as the ledger refers to people. */
    personReference: v.string(),
    askedAt: v.number(),
  })
    .index("by_item", ["inventoryItemId"])
    .index("by_business", ["businessAccountId", "askedAt"]),

  // Appended by stock.ts only: one row per change of a lot. A lot's differences add up to its quantities.
  // References are opaque here: stock knows no orders, no marketplace and no people.
  inventoryLedger: defineTable({
    businessAccountId: v.id("businessAccounts"),
    inventoryItemId: v.id("inventoryItems"),
    kind: movementKindValidator,
    onHandBefore: v.number(),
    onHandAfter: v.number(),
    reservedBefore: v.number(),
    reservedAfter: v.number(),
    orderReference: v.optional(v.string()),
    /** The number by which people know the order. */
    orderNumber: v.optional(v.number()),
    lineReference: v.optional(v.string()),
    /** The goods and their bin at the time, of an order's movement or a person's count: a line can be removed and a lot can move. */
    item: v.optional(
      v.object({ itemName: v.string(), colorName: v.optional(v.string()), location: v.string() }),
    ),
    /** What brought the change in, e.g. the notification of an order. */
    causeReference: v.optional(v.string()),
    /** Of a person's adjustment: who, why, and which earlier entry it reverts. */
    personReference: v.optional(v.string()),
    reason: v.optional(adjustmentReasonValidator),
    note: v.optional(v.string()),
    undoes: v.optional(v.id("inventoryLedger")),
    createdAt: v.number(),
  })
    .index("by_item", ["inventoryItemId"])
    .index("by_order", ["orderReference"])
    .index("by_cause", ["causeReference"]),
};
