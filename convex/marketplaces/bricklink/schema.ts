import { defineTable } from "convex/server";
import { v, type Infer } from "convex/values";
import { outageValidator } from "./circuit";
import { notificationStatusValidator, outcomeValidator, sourceValidator } from "./notificationState";
import { tabValidator } from "./orderStatus";
import { callHourValidator } from "./quota";
import { lineSnapshotValidator, moneyValidator, orderSnapshotValidator } from "./snapshot";

/** BrickLink's own three words (API manual, "Push notification"). */
export const eventTypeValidator = v.union(v.literal("Order"), v.literal("Message"), v.literal("Feedback"));
export type EventType = Infer<typeof eventTypeValidator>;

export const matchKindValidator = v.union(
  v.literal("sourceLot"),
  v.literal("exact"),
  v.literal("onlyFit"),
  v.literal("unmatched"),
);

/**
 * picked: all there is of it is in the parcel. changed: it was, then the buyer wanted another quantity, or more of it
 * came in. `pickedQuantity` says what lies in the parcel.
 */
export const pickStatusValidator = v.union(v.literal("unpicked"), v.literal("picked"), v.literal("changed"));

/** Pieces of a line that a packer did not find, or found broken, and has not taken back since. */
export const lostPiecesValidator = v.object({ missing: v.number(), damaged: v.number() });
export type LostPieces = Infer<typeof lostPiecesValidator>;

/** AES-GCM output under CREDENTIALS_KEY, base64; see sealing.ts. */
export const sealedValidator = v.object({ iv: v.string(), ciphertext: v.string() });

/** Why something did not work, in words for staff, and in a word for code. */
export const reasonValidator = v.object({ code: v.string(), message: v.string() });

export const troubleValidator = v.object({ ...reasonValidator.fields, at: v.number() });

/** What a picked line that vanished left in the parcel. */
export const putBackValidator = v.object({
  itemName: v.string(),
  partNumber: v.string(),
  colorId: v.number(),
  location: v.string(),
  quantity: v.number(),
  markedAt: v.number(),
});

/** A lot that is not as it must be, and how, in words. */
export const auditViolationValidator = v.object({
  inventoryItemId: v.id("inventoryItems"),
  itemName: v.string(),
  location: v.string(),
  message: v.string(),
});

export const bricklinkTables = {
  // Written by credentials.ts; read by every webhook (by_token_hash) and before every call. Changes rarely: what
  // changes with every call is in storeActivity.
  marketplaceCredentials: defineTable({
    businessAccountId: v.id("businessAccounts"),
    marketplace: v.literal("bricklink"),
    sealedKeys: sealedValidator,
    /** SHA-256 of the callback token, hex. The token itself is shown once and kept nowhere. */
    webhookTokenHash: v.string(),
    isActive: v.boolean(),
    /** How often unread notifications are asked for. Absent: as often as crons.ts beats. */
    pollIntervalMinutes: v.optional(v.number()),
    connectedAt: v.number(),
    keysChangedAt: v.number(),
    tokenChangedAt: v.number(),
  })
    .index("by_business", ["businessAccountId", "marketplace"])
    .index("by_token_hash", ["webhookTokenHash"])
    .index("by_active", ["isActive"]),

  // One small document a store, written by activity.ts with every callback, poll and call; read by the health strip.
  storeActivity: defineTable({
    businessAccountId: v.id("businessAccounts"),
    lastCallbackAt: v.optional(v.number()),
    lastPolledAt: v.optional(v.number()),
    lastReconciledAt: v.optional(v.number()),
    /** Why the latest poll, or the latest comparison of order lists, was not what it should be. */
    pollError: v.optional(troubleValidator),
    reconcileError: v.optional(troubleValidator),
    /** BrickLink fails this store's calls, whatever they ask for; see circuit.ts. */
    outage: v.optional(outageValidator),
    ignoredReplays: v.number(),
    callbackWindow: v.object({ startedAt: v.number(), count: v.number() }),
    /** Calls made, by the hour, oldest first; see quota.ts. */
    callHours: v.array(callHourValidator),
    /** Work waits for new calls until then. */
    outOfCallsUntil: v.optional(v.number()),
    pollLeaseExpiresAt: v.optional(v.number()),
    /** Somebody asked for a poll while one was running: that one may have read too early. */
    isPollWanted: v.boolean(),
    /** When the latest poke's poll runs or ran: pokes before then need none of their own. */
    pokePollAt: v.optional(v.number()),
    reconcileLeaseExpiresAt: v.optional(v.number()),
  }).index("by_business", ["businessAccountId"]),

  // Written by upsertNotification; moved by claim and settle only (notificationWork.ts); read by the delivery log.
  bricklinkNotifications: defineTable({
    businessAccountId: v.id("businessAccounts"),
    dedupeKey: v.string(),
    eventType: eventTypeValidator,
    /** For "Order" the order number; for the others BrickLink does not say what. */
    resourceId: v.number(),
    /** When it happened, by BrickLink's clock. */
    occurredAt: v.number(),
    source: sourceValidator,
    status: notificationStatusValidator,
    attempts: v.number(),
    receivedAt: v.number(),
    /** When a run may take it. Absent while processing, when completed, and when a failure is final. */
    nextAttemptAt: v.optional(v.number()),
    leaseExpiresAt: v.optional(v.number()),
    /** The scheduled run that holds the lease: when it has ended and this is still processing, it died. */
    jobId: v.optional(v.id("_scheduled_functions")),
    processedAt: v.optional(v.number()),
    /** When the latest attempt that failed did, and why; kept when a later one succeeds. */
    failedAt: v.optional(v.number()),
    outcome: v.optional(outcomeValidator),
    failure: v.optional(reasonValidator),
  })
    .index("by_dedupe_key", ["dedupeKey"])
    .index("by_business_due", ["businessAccountId", "status", "nextAttemptAt"])
    .index("by_resource", ["businessAccountId", "eventType", "resourceId", "status"])
    // For the delivery log, newest first: all of it, and what is no order.
    .index("by_received", ["businessAccountId", "receivedAt"])
    .index("by_event_received", ["businessAccountId", "eventType", "receivedAt"])
    // For retention: the oldest completed first, of all stores.
    .index("by_status_processed", ["status", "processedAt"]),

  // Written by orderStore.ts, in the transaction that completes a notification; read by orders/.
  bricklinkOrders: defineTable({
    businessAccountId: v.id("businessAccounts"),
    ...orderSnapshotValidator.fields,
    tab: tabValidator,
    source: sourceValidator,
    firstSeenAt: v.number(),
    /** When the fetch of the stored snapshot began: an older one never overwrites it. */
    snapshotAt: v.number(),
    /** Over before the store was connected: its goods were never counted here. Until it re-opens. */
    isHistory: v.optional(v.boolean()),
    /** When anything staff can see last changed. */
    changedAt: v.number(),
    // What the table sorts and searches by.
    orderNumberText: v.string(),
    buyerKey: v.string(),
    grandTotal: moneyValidator,
    // Sums over the lines, so that a row of the table needs no reading of lines.
    reservedQuantity: v.number(),
    shortQuantity: v.number(),
    unmatchedLines: v.number(),
    fulfilledQuantity: v.number(),
    lineCount: v.number(),
    pickedLines: v.number(),
    putBacks: v.array(putBackValidator),
  })
    .index("by_number", ["businessAccountId", "orderNumber"])
    .index("by_number_text", ["businessAccountId", "orderNumberText"])
    .index("by_ordered", ["businessAccountId", "orderedAt"])
    .index("by_buyer", ["businessAccountId", "buyerKey"])
    .index("by_total", ["businessAccountId", "grandTotal"])
    .index("by_pieces", ["businessAccountId", "pieceCount"])
    .index("by_tab_number", ["businessAccountId", "tab", "orderNumber"])
    .index("by_tab_ordered", ["businessAccountId", "tab", "orderedAt"])
    .index("by_tab_buyer", ["businessAccountId", "tab", "buyerKey"])
    .index("by_tab_total", ["businessAccountId", "tab", "grandTotal"])
    .index("by_tab_pieces", ["businessAccountId", "tab", "pieceCount"])
    .index("by_status_number", ["businessAccountId", "status", "orderNumber"])
    .index("by_status_ordered", ["businessAccountId", "status", "orderedAt"])
    .index("by_status_buyer", ["businessAccountId", "status", "buyerKey"])
    .index("by_status_total", ["businessAccountId", "status", "grandTotal"])
    .index("by_status_pieces", ["businessAccountId", "status", "pieceCount"]),

  // Written by orderStore.ts and waitingLines.ts; `inventoryItemId` and the quantities mirror what stock.ts moved.
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
    /** Of the matched lot. Absent when nothing is lost. */
    lostPieces: v.optional(lostPiecesValidator),
    /** The order's firstSeenAt while the line is open and short: the queue for stock that becomes free. */
    waitingSince: v.optional(v.number()),
    /** The order's firstSeenAt while the line is open: what an import must count as promised. */
    openSince: v.optional(v.number()),
    /** The part number and the name in small letters while the line is open, to be searched by their beginnings. */
    openPartKey: v.optional(v.string()),
    openNameKey: v.optional(v.string()),
  })
    .index("by_order", ["orderId"])
    .index("by_waiting", ["inventoryItemId", "waitingSince"])
    .index("by_open_lot", ["businessAccountId", "lotId", "openSince"])
    .index("by_open_part", ["businessAccountId", "openPartKey"])
    .index("by_open_name", ["businessAccountId", "openNameKey"])
    // For staff: which lots are waited for, and which went out without being there.
    .index("by_business_waiting", ["businessAccountId", "waitingSince"])
    .index("by_shipped_without", ["businessAccountId", "shippedWithoutStock"])
    // For the audit: who holds a lot.
    .index("by_holding", ["inventoryItemId", "reservedQuantity"]),

  // One row an import, written by inventoryImport.ts; staff watch it.
  inventoryImports: defineTable({
    businessAccountId: v.id("businessAccounts"),
    status: v.union(v.literal("running"), v.literal("completed"), v.literal("failed")),
    startedAt: v.number(),
    finishedAt: v.optional(v.number()),
    lotsListed: v.optional(v.number()),
    lotsWritten: v.number(),
    message: v.string(),
  }).index("by_business", ["businessAccountId", "startedAt"]),

  // One row an audit, written by audit.ts; staff read the latest.
  inventoryAudits: defineTable({
    businessAccountId: v.id("businessAccounts"),
    startedAt: v.number(),
    finishedAt: v.optional(v.number()),
    lotsChecked: v.number(),
    violationCount: v.number(),
    violations: v.array(auditViolationValidator),
  }).index("by_business", ["businessAccountId", "startedAt"]),
};
