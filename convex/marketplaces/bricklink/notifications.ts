/**
 * The face of the order flow: events in, orders out. Each function is a step; its inside is in a neighbour module
 * (notificationStore, notificationWork, orderStore, poll). All of it is internal: no client calls any of this.
 */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalAction, internalMutation, internalQuery, type ActionCtx } from "../../_generated/server";
import { acceptCallback, recordPoll } from "./arrivals";
import { activeCredential, storeClientFor } from "./credentials";
import { failureValidator, type Failure, type Result } from "./failure";
import { storeNotifications } from "./notificationStore";
import { sourceValidator } from "./notificationState";
import { fail, heldUnder, settle, startNotification } from "./notificationWork";
import { hasItems } from "./orderStatus";
import { storeOrder } from "./orderStore";
import { pollStore } from "./poll";
import { eventTypeValidator, sealedValidator } from "./schema";
import {
  lineSnapshotValidator,
  orderSnapshotValidator,
  type LineSnapshot,
  type OrderSnapshot,
} from "./snapshot";

const eventValidator = v.object({
  eventType: eventTypeValidator,
  resourceId: v.number(),
  /** Milliseconds UTC. */
  occurredAt: v.number(),
});

/** The store whose callback token hashes to `tokenHash` (SHA-256, hex), or null. */
export const getCredentialByToken = internalQuery({
  args: { tokenHash: v.string() },
  returns: v.union(v.null(), v.object({ businessAccountId: v.id("businessAccounts") })),
  handler: async (ctx, { tokenHash }) => {
    const credential = await ctx.db
      .query("marketplaceCredentials")
      .withIndex("by_token_hash", (q) => q.eq("webhookTokenHash", tokenHash))
      .unique();
    return credential && { businessAccountId: credential.businessAccountId };
  },
});

/**
 * Stores events, new ones as pending, and schedules their processing, in one transaction for the whole list.
 * `source` "webhook" counts against the store's callback limit and, with no events, asks for a poll;
 * "poll" also ends the poll, unless more of its answer follows.
 */
export const upsertNotification = internalMutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    source: sourceValidator,
    events: v.array(eventValidator),
    /** Webhook: events left out as replays. Poll: entries that could not be read. */
    skipped: v.optional(v.number()),
    isMoreToCome: v.optional(v.boolean()),
  },
  returns: v.union(
    v.object({ kind: v.literal("stored"), notificationIds: v.array(v.id("bricklinkNotifications")) }),
    v.object({ kind: v.literal("limited"), retryAfterMs: v.number() }),
  ),
  handler: async (ctx, { businessAccountId, source, events, skipped = 0, isMoreToCome = false }) => {
    if (source === "webhook") {
      const acceptance = await acceptCallback(ctx, businessAccountId, {
        isPoke: events.length + skipped === 0,
        skipped,
      });
      if (!acceptance.ok) return { kind: "limited" as const, retryAfterMs: acceptance.retryAfterMs };
    }
    const notificationIds = await storeNotifications(ctx, businessAccountId, source, events);
    if (source === "poll" && !isMoreToCome) await recordPoll(ctx, businessAccountId, skipped);
    return { kind: "stored" as const, notificationIds };
  },
});

/** Claims a notification if it is due: a lease, an attempt, and its fetch scheduled. A second run stops here. */
export const processNotification = internalMutation({
  args: { notificationId: v.id("bricklinkNotifications") },
  returns: v.null(),
  handler: async (ctx, { notificationId }) => {
    await startNotification(ctx, notificationId);
    return null;
  },
});

/** What a run under a lease needs to know; null when the lease is no longer its own, or the store was paused. */
export const getClaimedWork = internalQuery({
  args: { notificationId: v.id("bricklinkNotifications"), leaseExpiresAt: v.number() },
  returns: v.union(
    v.null(),
    v.object({
      businessAccountId: v.id("businessAccounts"),
      orderNumber: v.number(),
      sealedKeys: sealedValidator,
    }),
  ),
  handler: async (ctx, { notificationId, leaseExpiresAt }) => {
    const notification = await heldUnder(ctx, notificationId, leaseExpiresAt);
    if (notification === null) return null;
    const credential = await activeCredential(ctx, notification.businessAccountId);
    if (credential === null) return null;
    return {
      businessAccountId: notification.businessAccountId,
      orderNumber: notification.resourceId,
      sealedKeys: credential.sealedKeys,
    };
  },
});

type Fetched = { order: OrderSnapshot; lines: LineSnapshot[] | null };

async function fetchOrder(
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
  sealedKeys: { iv: string; ciphertext: string },
): Promise<Result<Fetched>> {
  const client = await storeClientFor(businessAccountId, sealedKeys);
  const order = await client.getOrder(orderNumber);
  if (!order.ok) return order;
  if (order.value.orderNumber !== orderNumber) {
    return {
      ok: false,
      failure: halfAnOrder(`asked for ${orderNumber}, it sent ${order.value.orderNumber}`),
    };
  }
  if (!hasItems(order.value.status)) return { ok: true, value: { order: order.value, lines: null } };
  const lines = await client.getOrderItems(orderNumber);
  if (!lines.ok) return lines;
  if (lines.value.length === 0 && order.value.pieceCount > 0) {
    return { ok: false, failure: halfAnOrder("the order has pieces, its list of items is empty") };
  }
  return { ok: true, value: { order: order.value, lines: lines.value } };
}

function halfAnOrder(what: string): Failure {
  return { code: "malformed", message: `BrickLink's answer is not a whole order: ${what}.` };
}

/** Fetches an order under a lease and stores it. At most once by Convex's rule; a lost run is found by its lease. */
export const processOrderNotification = internalAction({
  args: { notificationId: v.id("bricklinkNotifications"), leaseExpiresAt: v.number() },
  returns: v.null(),
  handler: async (ctx, claim) => {
    const failure = await fetchAndStore(ctx, claim).catch((error: unknown): Failure => {
      console.error("An order could not be stored.", error);
      return {
        code: "internal",
        message: "The order could not be stored: a fault of ours. It is tried again.",
      };
    });
    if (failure) {
      await ctx.runMutation(internal.marketplaces.bricklink.notifications.failNotification, {
        ...claim,
        failure,
      });
    }
    return null;
  },
});

type Claim = { notificationId: Id<"bricklinkNotifications">; leaseExpiresAt: number };

async function fetchAndStore(ctx: ActionCtx, claim: Claim): Promise<Failure | undefined> {
  const work = await ctx.runQuery(internal.marketplaces.bricklink.notifications.getClaimedWork, claim);
  if (work === null) return undefined;
  const fetchStartedAt = Date.now();
  const fetched = await fetchOrder(work.businessAccountId, work.orderNumber, work.sealedKeys);
  if (!fetched.ok) return fetched.failure;
  await ctx.runMutation(internal.marketplaces.bricklink.notifications.upsertOrder, {
    ...claim,
    fetchStartedAt,
    ...fetched.value,
  });
  return undefined;
}

/**
 * Stores an order with its lines, reservations, ledger and counts, and completes its notification, in one
 * transaction. A run that lost its lease writes nothing; a snapshot older than the stored one neither.
 */
export const upsertOrder = internalMutation({
  args: {
    notificationId: v.id("bricklinkNotifications"),
    leaseExpiresAt: v.number(),
    /** Milliseconds UTC at which the fetch of this snapshot began. */
    fetchStartedAt: v.number(),
    order: orderSnapshotValidator,
    /** Null when BrickLink has no items of this order any more: those we have stay. */
    lines: v.union(v.array(lineSnapshotValidator), v.null()),
  },
  returns: v.union(v.literal("applied"), v.literal("superseded"), v.literal("leaseLost")),
  handler: async (ctx, { notificationId, leaseExpiresAt, fetchStartedAt, order, lines }) => {
    const notification = await heldUnder(ctx, notificationId, leaseExpiresAt);
    if (notification === null) return "leaseLost" as const;
    const outcome = await storeOrder(ctx, notification, fetchStartedAt, order, lines);
    await settle(ctx, notification, outcome, fetchStartedAt);
    return outcome;
  },
});

/** Records why an attempt failed and when the next is, or that it was the last. */
export const failNotification = internalMutation({
  args: {
    notificationId: v.id("bricklinkNotifications"),
    leaseExpiresAt: v.number(),
    failure: failureValidator,
  },
  returns: v.null(),
  handler: async (ctx, { notificationId, leaseExpiresAt, failure }) => {
    const notification = await heldUnder(ctx, notificationId, leaseExpiresAt);
    if (notification !== null) await fail(ctx, notification, failure);
    return null;
  },
});

/** Reads a store's unread notifications and stores all of them. One poller a store at a time. */
export const pollNotificationsForBusiness = internalAction({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    await pollStore(ctx, businessAccountId);
    return null;
  },
});
