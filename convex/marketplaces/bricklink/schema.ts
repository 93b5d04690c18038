import { defineTable } from "convex/server";
import { v, type Infer } from "convex/values";
import { sourceValidator } from "../../orders/schema";
import { changeValidator } from "./api/changes";
import { failureValidator } from "./api/failure";
import { listedStateValidator } from "./api/orderStatus";
import { eventTypeValidator } from "./api/eventType";
import { encryptedKeysValidator, keyEndingsValidator } from "./connection/encryption";
import { callHourValidator } from "./limits/callBudget";
import { circuitBreakerValidator } from "./limits/circuitBreaker";
import { writeStatusValidator } from "./outbox/states";
import { notificationStatusValidator, outcomeValidator } from "./queue/states";

/**
 * Why something did not work: a code that the dashboard words, what BrickLink said, and a number where one belongs to it. The
 * code is a plain string, because stored rows may have codes that no longer exist.
 */
export const problemValidator = v.object({
  code: v.string(),
  detail: v.optional(v.string()),
  count: v.optional(v.number()),
});
export type Problem = Infer<typeof problemValidator>;

/** A problem and when it occurred, milliseconds UTC. */
export const problemAtValidator = v.object({ ...problemValidator.fields, at: v.number() });

/**
 * Where an import is, or how it ended. listing: BrickLink is asked. readingOrders: `count` orders are not stored as listed yet.
 * unreadableOrders: too many orders could not be read. changed: an order changed meanwhile. failure: a call failed.
 * writing: lots are written. imported: `count` lots were listed, `leftOut` could not be read, `uncounted` kept their on hand
 * since too many open lines require them, of `recounted` a person had counted another number, and `uncertain` kept their on hand
 * since they belong to one of the `unreadableOrderCount` orders that could not be read; `unreadableOrders` are the numbers of the
 * first of those; of `deferred`, fewer pieces are listed than on hand, which only a second list takes off; of `lowered`, one has
 * taken some off; of `unconfirmed`, none could within a day. closedStore: BrickLink listed no lots. paused: the store was paused. outOfCalls: the day's calls are used up.
 * circuitOpen: BrickLink failed too often to be called now.
 */
export const importProgressValidator = v.object({
  step: v.union(
    v.literal("listing"),
    v.literal("readingOrders"),
    v.literal("unreadableOrders"),
    v.literal("changed"),
    v.literal("failure"),
    v.literal("writing"),
    v.literal("imported"),
    v.literal("closedStore"),
    v.literal("paused"),
    v.literal("outOfCalls"),
    v.literal("circuitOpen"),
  ),
  count: v.optional(v.number()),
  leftOut: v.optional(v.number()),
  uncounted: v.optional(v.number()),
  recounted: v.optional(v.number()),
  uncertain: v.optional(v.number()),
  deferred: v.optional(v.number()),
  unconfirmed: v.optional(v.number()),
  lowered: v.optional(v.number()),
  unreadableOrders: v.optional(v.array(v.number())),
  unreadableOrderCount: v.optional(v.number()),
  failure: v.optional(failureValidator),
});
export type ImportProgress = Infer<typeof importProgressValidator>;

/** A way of shipping that the seller has set up at BrickLink. */
export const shippingMethodValidator = v.object({
  methodId: v.number(),
  name: v.string(),
  isAvailable: v.boolean(),
});

/** All `…At` fields are milliseconds since the epoch, UTC. */
export const bricklinkTables = {
  // Written by connection/; read by every callback (by_token_hash) and before every call. It changes rarely.
  marketplaceCredentials: defineTable({
    businessAccountId: v.id("businessAccounts"),
    marketplace: v.literal("bricklink"),
    encryptedKeys: encryptedKeysValidator,
    keyEndings: keyEndingsValidator,
    /** SHA-256 of the callback token, hex. The token itself is shown once and not stored. */
    webhookTokenHash: v.string(),
    /** Of the token before, which goes on working until then, so that the new URL can be pasted at BrickLink without a gap. */
    previousTokenHash: v.optional(v.string()),
    previousTokenUntil: v.optional(v.number()),
    isActive: v.boolean(),
    /** Since when changes by staff are sent to BrickLink. Absent: the store is only read. */
    writesEnabledAt: v.optional(v.number()),
    /** What the store's praise of a buyer says. Absent: the text of outbox/content.ts. */
    praiseText: v.optional(v.string()),
    /** How often unread notifications are read. Absent: in every run of the cron. */
    pollIntervalMinutes: v.optional(v.number()),
    connectedAt: v.number(),
    keysChangedAt: v.number(),
    tokenChangedAt: v.number(),
  })
    .index("by_business", ["businessAccountId", "marketplace"])
    .index("by_token_hash", ["webhookTokenHash"])
    .index("by_previous_token_hash", ["previousTokenHash"])
    .index("by_active", ["isActive"]),

  // What changes with every callback, poll and call, split by who writes it, so that a callback has no document in common with
  // claims, polls and other callbacks. Read by the health strip.

  // Sixteen rows per store, each written by a sixteenth of the callbacks (limits/webhookIntake.ts).
  callbackActivity: defineTable({
    businessAccountId: v.id("businessAccounts"),
    shard: v.number(),
    lastCallbackAt: v.number(),
    ignoredReplays: v.number(),
    /** The minute of the latest callback, and the callbacks in it. */
    minuteStartedAt: v.number(),
    count: v.number(),
  }).index("by_business", ["businessAccountId", "shard"]),

  // One row per store, written by callbacks that ask for a poll; read by what stores a poll's answer.
  pollRequests: defineTable({
    businessAccountId: v.id("businessAccounts"),
    /** When the latest poll asked for runs or ran. Callbacks before then need no other. */
    pollAt: v.number(),
  }).index("by_business", ["businessAccountId"]),

  // One row per store, written with every call to BrickLink: by claims of orders, polls, comparisons and imports.
  callActivity: defineTable({
    businessAccountId: v.id("businessAccounts"),
    /** Calls made per hour, oldest first; see limits/callBudget.ts. */
    callHours: v.array(callHourValidator),
    /** Work waits until then, because the day's calls are used up. */
    outOfCallsUntil: v.optional(v.number()),
    /** Until when a call of each kind of upkeep is taken to be in flight; see limits/permission.ts. */
    leases: v.object({
      poll: v.optional(v.number()),
      reconcile: v.optional(v.number()),
      import: v.optional(v.number()),
      shippingMethods: v.optional(v.number()),
    }),
    /** Upkeep waits for one of the calls in flight to end; until then orders leave the next free place to it. */
    reservedForUpkeepUntil: v.optional(v.number()),
    /** A poll was asked for while one was running, which may have read too early. */
    isPollRequested: v.boolean(),
    /** When a poll last failed whose answer no comparison has made up for: BrickLink forgets what it has sent. */
    comparisonDueSince: v.optional(v.number()),
    lastPolledAt: v.optional(v.number()),
    /** When the latest answered poll began. What a callback after that announced, a later poll may bring. */
    lastPollStartedAt: v.optional(v.number()),
    lastReconciledAt: v.optional(v.number()),
    /** What was wrong with the latest poll, and with the latest comparison of order lists. */
    pollError: v.optional(problemAtValidator),
    reconcileError: v.optional(problemAtValidator),
  }).index("by_business", ["businessAccountId"]),

  // One row per store, read by everything that ends a call. While calls succeed it is written only when orders begin or cease to
  // wait for one another; while they fail, with every failure.
  queueState: defineTable({
    businessAccountId: v.id("businessAccounts"),
    /** Present while calls fail one after another; see limits/circuitBreaker.ts. */
    circuitBreaker: v.optional(circuitBreakerValidator),
    /** Due notifications were left unclaimed, and are to be claimed when a call in flight ends. */
    hasWaitingWork: v.boolean(),
    /** Notifications failed for a store-wide reason, and are to be made due when an order is fetched again. */
    hasStoreWideFailures: v.boolean(),
  }).index("by_business", ["businessAccountId"]),

  // Written by queue/ only: enqueue.ts inserts, claim.ts and complete.ts move. Read by the notification log.
  bricklinkNotifications: defineTable({
    businessAccountId: v.id("businessAccounts"),
    dedupeKey: v.string(),
    eventType: eventTypeValidator,
    /** For "Order" the order number; for the others BrickLink does not document it, and it is tried as one. */
    resourceId: v.number(),
    /** When it happened, by BrickLink's clock. Of a comparison or a request by staff: when that began. */
    occurredAt: v.number(),
    source: sourceValidator,
    status: notificationStatusValidator,
    attempts: v.number(),
    receivedAt: v.number(),
    /** When a run may claim it. Absent while it is processed, when it is completed, and when its failure is final. */
    nextAttemptAt: v.optional(v.number()),
    leaseExpiresAt: v.optional(v.number()),
    /** The scheduled run that holds the lease. When that has ended and the status is still processing, the run crashed. */
    jobId: v.optional(v.id("_scheduled_functions")),
    processedAt: v.optional(v.number()),
    /** When and why the latest failed attempt failed. They stay when a later attempt succeeds. */
    failedAt: v.optional(v.number()),
    /** When the first of the attempts failed that have failed since it was last made due by a person or a repeated event. */
    failingSince: v.optional(v.number()),
    outcome: v.optional(outcomeValidator),
    /** Of messages and feedback that were fetched: the order with which they are stored. */
    orderNumber: v.optional(v.number()),
    failure: v.optional(problemValidator),
    /**
     * Of a comparison: the state in which BrickLink listed the order, null when it did not list it. A list that goes on saying
     * so causes no further fetch.
     */
    listed: v.optional(v.union(listedStateValidator, v.null())),
  })
    .index("by_dedupe_key", ["dedupeKey"])
    .index("by_business_due", ["businessAccountId", "status", "nextAttemptAt"])
    .index("by_resource", ["businessAccountId", "eventType", "resourceId", "status"])
    // For the notification log, newest first: of all event types, and of one.
    .index("by_received", ["businessAccountId", "receivedAt"])
    .index("by_event_received", ["businessAccountId", "eventType", "receivedAt"])
    // Whether callbacks arrive: the events that came one way, in the order in which they were stored.
    .index("by_source", ["businessAccountId", "eventType", "source"])
    // For retention: the oldest completed first, of all stores.
    .index("by_status_processed", ["status", "processedAt"]),

  // Changes of orders that staff decided and BrickLink is to be told of. Written by outbox/ only: requests.ts inserts, claim.ts and
  // send.ts move. Read by the order's page and the list of what needs a person.
  bricklinkWrites: defineTable({
    businessAccountId: v.id("businessAccounts"),
    orderNumber: v.number(),
    change: changeValidator,
    /** The order's status as the person saw it: see `seenStatuses` in outbox/unseen.ts. */
    seenStatus: v.string(),
    /** Others that it may have had instead, where it was not known what had become of earlier attempts to set it. */
    otherSeenStatuses: v.optional(v.array(v.string())),
    /** When the order was placed, or last added to, as the person saw it. Absent on writes from before it was kept. */
    seenOrderedAt: v.optional(v.number()),
    requestedBy: v.id("users"),
    requestedAt: v.number(),
    /** Its turn among its order's writes, where that is not when it was stored: the turn of the one that it replaces, or of a retry. */
    turnAt: v.optional(v.number()),
    status: writeStatusValidator,
    /** When it may be sent: ten seconds after the click, later after a failed attempt. It stays when the write is closed. */
    dueAt: v.number(),
    attempts: v.number(),
    leaseExpiresAt: v.optional(v.number()),
    /** The scheduled run that holds the lease. When that has ended and the status is still sending, the run crashed. */
    jobId: v.optional(v.id("_scheduled_functions")),
    /** The run has begun to send what must not be sent twice, so that after a crash it may have arrived. */
    mayHaveArrived: v.optional(v.boolean()),
    /** Of a sent one. written: BrickLink accepted it. alreadySo: the order was already so, or further. */
    outcome: v.optional(v.union(v.literal("written"), v.literal("alreadySo"))),
    /** Why it was refused, or why the latest attempt failed. */
    problem: v.optional(problemValidator),
    /** When it was sent, refused, withdrawn or replaced. */
    closedAt: v.optional(v.number()),
    /** A refused one that a person has seen and needs no more. */
    isDismissed: v.boolean(),
  })
    .index("by_due", ["businessAccountId", "status", "dueAt"])
    .index("by_order", ["businessAccountId", "orderNumber", "status"])
    .index("by_dismissed", ["businessAccountId", "status", "isDismissed", "closedAt"])
    // For retention: of all stores, those first that were closed first.
    .index("by_status_closed", ["status", "isDismissed", "closedAt"]),

  // One row per store that changes orders, written by sync/shippingMethods.ts; read where a parcel is entered.
  bricklinkShippingMethods: defineTable({
    businessAccountId: v.id("businessAccounts"),
    methods: v.array(shippingMethodValidator),
  }).index("by_business", ["businessAccountId"]),

  // One row per import, written by import/; staff watch it.
  inventoryImports: defineTable({
    businessAccountId: v.id("businessAccounts"),
    status: v.union(v.literal("running"), v.literal("completed"), v.literal("failed")),
    startedAt: v.number(),
    /** When the latest round began. */
    activeAt: v.optional(v.number()),
    finishedAt: v.optional(v.number()),
    lotsListed: v.optional(v.number()),
    lotsWritten: v.number(),
    /** Lots that a person had counted since the import before, and that this one set to another number. */
    lotsRecounted: v.optional(v.number()),
    progress: importProgressValidator,
    /** It changed what is on hand, or is to: a second list has to show that BrickLink held no pieces for a checkout meanwhile. */
    needsSecondList: v.optional(v.boolean()),
    /** The import that this one follows as its second list. */
    secondListOf: v.optional(v.id("inventoryImports")),
  }).index("by_business", ["businessAccountId", "startedAt"]),
};
