import { defineTable } from "convex/server";
import { v, type Infer } from "convex/values";
import { violationValidator } from "../inventory/invariants";
import { matchKindValidator } from "../inventory/matching";
import { lineSnapshotValidator, moneyValidator, orderSnapshotValidator } from "./snapshot";
import { stageValidator } from "./stages";
import { tabValidator } from "./tabs";

/**
 * How an order's latest change became known. webhook: the marketplace called, and named it or had its unread notifications read. poll:
 * those were read without a call. reconcile: the lists of orders were compared. manual: a person asked. write: a change of ours was sent.
 */
export const sourceValidator = v.union(
  v.literal("webhook"),
  v.literal("poll"),
  v.literal("reconcile"),
  v.literal("manual"),
  v.literal("write"),
);
export type Source = Infer<typeof sourceValidator>;

/**
 * picked: all there is of the line is in the parcel. changed: it was, and then the buyer changed the quantity or more stock
 * became available. `pickedQuantity` says how many pieces are in the parcel.
 */
export const pickStatusValidator = v.union(v.literal("unpicked"), v.literal("picked"), v.literal("changed"));

/** Pieces of a line that a packer reported missing or damaged and nobody has undone. */
export const lossesValidator = v.object({ missing: v.number(), damaged: v.number() });
export type Losses = Infer<typeof lossesValidator>;

/** Pieces that a packer took from the bin of another lot of equal goods, because the line's own bin lacked them. */
export const otherBinValidator = v.object({
  lotId: v.id("inventoryItems"),
  location: v.string(),
  quantity: v.number(),
});

/** Picked pieces that their order no longer wants: they are in the parcel and belong back in their bin. */
export const returnToShelfValidator = v.object({
  itemName: v.string(),
  partNumber: v.string(),
  colorId: v.number(),
  location: v.string(),
  quantity: v.number(),
  markedAt: v.number(),
});

/** How many orders have a status and are at a stage; `stage` is absent as it is on those orders. */
export const statusCountValidator = v.object({
  status: v.string(),
  tab: tabValidator,
  stage: v.optional(stageValidator),
  count: v.number(),
});

/** A lot that breaks a rule of the inventory. */
export const auditViolationValidator = v.object({
  inventoryItemId: v.id("inventoryItems"),
  itemName: v.string(),
  location: v.string(),
  violation: violationValidator,
});

/** Quantities are whole pieces. All `…At` fields are milliseconds since the epoch, UTC. */
export const ordersTables = {
  // Written by apply/applySnapshot.ts, by picking/ and by allocation/; read by the public queries.
  bricklinkOrders: defineTable({
    businessAccountId: v.id("businessAccounts"),
    ...orderSnapshotValidator.fields,
    source: sourceValidator,
    firstSeenAt: v.number(),
    /** When the fetch of the stored snapshot began. An older snapshot never overwrites it. */
    snapshotAt: v.number(),
    /** Closed before the store was connected, so that its goods were never counted here. Unset when it re-opens. */
    isHistory: v.optional(v.boolean()),
    /** When the personal data is to be removed, messages too; absent while the order is open, and once it is removed. */
    personalDataUntil: v.optional(v.number()),
    /** When an owner had the buyer forgotten. Absent on other orders. */
    buyerErasedAt: v.optional(v.number()),
    /** When anything that staff can see last changed. */
    changedAt: v.number(),
    /** When a snapshot last changed what the order requires of its lots, and when one last removed lines: for imports. */
    demandChangedAt: v.optional(v.number()),
    linesRemovedAt: v.optional(v.number()),
    // What the table sorts and searches by.
    buyerKey: v.string(),
    grandTotal: moneyValidator,
    // Sums over the lines, so that a row of the table needs no read of lines.
    reservedQuantity: v.number(),
    shortQuantity: v.number(),
    unmatchedLines: v.number(),
    fulfilledQuantity: v.number(),
    lineCount: v.number(),
    pickedLines: v.number(),
    // Absent on orders stored before these fields were, until storedBefore.ts has filled them.
    /** Lines of which a packer still has something to take or to put back. */
    toDoLines: v.optional(v.number()),
    /** What staff can do with the order next. See stages.ts. */
    stage: v.optional(stageValidator),
    /** Rows of returnsToShelf. */
    returnCount: v.number(),
    /** Of a version that searched by the beginnings of numbers. Not written any more. */
    orderNumberText: v.optional(v.string()),
    /** Since when a person has to look at the order; absent when nobody has to. See attention.ts. */
    needsPersonSince: v.optional(v.number()),
  })
    .index("by_number", ["businessAccountId", "orderNumber"])
    // For retention: of all stores.
    .index("by_personal_data", ["personalDataUntil"])
    .index("by_stage", ["stage"])
    .index("by_needs_person", ["businessAccountId", "needsPersonSince"])
    .index("by_demand_changed", ["businessAccountId", "demandChangedAt"])
    .index("by_tab_number", ["businessAccountId", "tab", "orderNumber"])
    .index("by_ordered", ["businessAccountId", "orderedAt"])
    .index("by_buyer", ["businessAccountId", "buyerKey"])
    .index("by_total", ["businessAccountId", "grandTotal"])
    .index("by_pieces", ["businessAccountId", "pieceCount"])
    .index("by_stage_number", ["businessAccountId", "stage", "orderNumber"])
    .index("by_stage_ordered", ["businessAccountId", "stage", "orderedAt"])
    .index("by_stage_buyer", ["businessAccountId", "stage", "buyerKey"])
    .index("by_stage_total", ["businessAccountId", "stage", "grandTotal"])
    .index("by_stage_pieces", ["businessAccountId", "stage", "pieceCount"])
    .index("by_status_number", ["businessAccountId", "status", "orderNumber"])
    .index("by_status_ordered", ["businessAccountId", "status", "orderedAt"])
    .index("by_status_buyer", ["businessAccountId", "status", "buyerKey"])
    .index("by_status_total", ["businessAccountId", "status", "grandTotal"])
    .index("by_status_pieces", ["businessAccountId", "status", "pieceCount"]),

  // Written by allocation/ and picking/; read by the public queries and by imports.
  // `inventoryItemId` and the quantities mirror what inventory/stock.ts moved.
  bricklinkOrderItems: defineTable({
    businessAccountId: v.id("businessAccounts"),
    orderId: v.id("bricklinkOrders"),
    ...lineSnapshotValidator.fields,
    /** The line's own remarks; `location` is the matched lot's, or "UNKNOWN". */
    remarks: v.string(),
    matchedBy: matchKindValidator,
    inventoryItemId: v.optional(v.id("inventoryItems")),
    reservedQuantity: v.number(),
    shortQuantity: v.number(),
    fulfilledQuantity: v.number(),
    shippedWithoutStock: v.number(),
    pickStatus: pickStatusValidator,
    pickedQuantity: v.number(),
    /** Who marked the line picked, and when. Absent while nothing of it is in the parcel. */
    pickedBy: v.optional(v.id("users")),
    pickedAt: v.optional(v.number()),
    /** Of the matched lot. Absent when nothing is reported. */
    losses: v.optional(lossesValidator),
    /** When the latest of them was reported, and how many had been by then since a person counted the lot. See picking/losses.ts. */
    latestLoss: v.optional(v.object({ at: v.number(), sinceCount: v.number() })),
    /** Moved to the matched lot, whose on hand has them. Absent when there are none. */
    otherBins: v.optional(v.array(otherBinValidator)),
    /** The order's firstSeenAt while the line is open and short: its place in the queue for stock. */
    backorderedSince: v.optional(v.number()),
    /** The order's firstSeenAt while the line is open: an import counts the line as promised. */
    openSince: v.optional(v.number()),
    /** The part number in lower case while the line is open. */
    openPartKey: v.optional(v.string()),
    /** Of a version that searched by the beginnings of names. Not written any more. */
    openNameKey: v.optional(v.string()),
  })
    .index("by_order", ["orderId"])
    .index("by_backordered", ["inventoryItemId", "backorderedSince"])
    .index("by_open_lot", ["businessAccountId", "lotId", "openSince"])
    .index("by_open_part", ["businessAccountId", "openPartKey"])
    // For the audit: the lines that hold a lot.
    .index("by_holding", ["inventoryItemId", "reservedQuantity"]),

  // By which words each order is found. Written by search.ts, in the transactions that change the order or its bins.
  orderSearchTexts: defineTable({
    businessAccountId: v.id("businessAccounts"),
    orderId: v.id("bricklinkOrders"),
    /** Words in lower case; the last ones are the recipient's name. */
    text: v.string(),
    /** Characters of `text` that are the recipient's name, by which only those find an order who may read it. */
    recipientLength: v.number(),
  })
    .index("by_order", ["orderId"])
    .searchIndex("by_text", { searchField: "text", filterFields: ["businessAccountId"] }),

  // Written by picking/returnsToShelf.ts, for snapshots and when staff confirm; read with the order.
  returnsToShelf: defineTable({
    businessAccountId: v.id("businessAccounts"),
    orderId: v.id("bricklinkOrders"),
    orderNumber: v.number(),
    ...returnToShelfValidator.fields,
    /** The cancelled line that holds the pieces until they are back; unset when the line was removed from its order. */
    lineId: v.optional(v.id("bricklinkOrderItems")),
  })
    .index("by_order", ["orderId", "lineId"])
    .index("by_business", ["businessAccountId"]),

  // One row per picker of a store, written by that person's walks.visit alone, so that no two pickers conflict; read by them to resume
  // and by their colleagues. Deleted when the walk ends.
  pickWalks: defineTable({
    businessAccountId: v.id("businessAccounts"),
    userId: v.id("users"),
    /** In the order of their totes. */
    orderNumbers: v.array(v.number()),
    /** The stop at which the person stands, as the dashboard names it. */
    stop: v.string(),
    startedAt: v.number(),
    /** When the stop last changed. */
    activeAt: v.number(),
  })
    .index("by_person", ["businessAccountId", "userId"])
    .index("by_active", ["businessAccountId", "activeAt"]),

  // Written by counts.ts in the transaction that changes an order, so no query has to count orders. Sixteen rows per store.
  // A list, not a record: a marketplace may invent a status that is no legal field name.
  orderCounts: defineTable({
    businessAccountId: v.id("businessAccounts"),
    shard: v.number(),
    byStatus: v.array(statusCountValidator),
  }).index("by_business", ["businessAccountId", "shard"]),

  // One row per audit, written by allocation/audit.ts; staff read the latest.
  inventoryAudits: defineTable({
    businessAccountId: v.id("businessAccounts"),
    startedAt: v.number(),
    finishedAt: v.optional(v.number()),
    lotsChecked: v.number(),
    violationCount: v.number(),
    violations: v.array(auditViolationValidator),
  }).index("by_business", ["businessAccountId", "startedAt"]),
};
