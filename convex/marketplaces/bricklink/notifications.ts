/**
 * The steps of the order flow, from a notification to a stored order. Each is a registered function over a module of its own:
 * queue/, sync/ and orders/apply. All are internal, so that no client can call them.
 */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalAction, internalMutation, internalQuery, type ActionCtx } from "../../_generated/server";
import { applySnapshot } from "../../orders/apply/applySnapshot";
import { sourceValidator } from "../../orders/schema";
import {
  lineSnapshotValidator,
  orderSnapshotValidator,
  type LineSnapshot,
  type OrderSnapshot,
} from "../../orders/snapshot";
import { failureValidator, type Failure, type Result } from "./api/failure";
import { MARKETPLACE } from "./api/lotReference";
import { hasItems, isClosedBefore } from "./api/orderStatus";
import { eventTypeValidator } from "./api/payloads";
import { activeCredential, storeClientFor } from "./connection/credentials";
import { encryptedKeysValidator, type EncryptedKeys } from "./connection/encryption";
import { acceptCallback } from "./limits/webhookIntake";
import { claimNotification } from "./queue/claim";
import { completeFetched, fail, findUnderLease } from "./queue/complete";
import { enqueue } from "./queue/enqueue";
import { finishPoll, pollStore } from "./sync/poll";

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
 * Stores events, new ones as pending, and schedules their processing, in one transaction for the whole list. With the source
 * "webhook" it counts against the store's callback limit and, without events, asks for a poll; with "poll" it also ends
 * the poll, unless more of its answer follows.
 */
export const upsertNotification = internalMutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    source: sourceValidator,
    events: v.array(eventValidator),
    /** Of a webhook: events that were ignored as replays. Of a poll: entries that could not be read. */
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
        isEmpty: events.length + skipped === 0,
        replays: skipped,
      });
      if (!acceptance.ok) return { kind: "limited" as const, retryAfterMs: acceptance.retryAfterMs };
    }
    const notificationIds = await enqueue(ctx, businessAccountId, source, events);
    if (source === "poll" && !isMoreToCome) await finishPoll(ctx, businessAccountId, skipped);
    return { kind: "stored" as const, notificationIds };
  },
});

/** Claims a notification if it is due: a lease, one more attempt, and its fetch scheduled. A second run does nothing. */
export const processNotification = internalMutation({
  args: { notificationId: v.id("bricklinkNotifications") },
  returns: v.null(),
  handler: async (ctx, { notificationId }) => {
    await claimNotification(ctx, notificationId);
    return null;
  },
});

/** What a run under a lease needs; null when another run holds the notification, or the store was paused. */
export const getClaimedWork = internalQuery({
  args: { notificationId: v.id("bricklinkNotifications"), leaseExpiresAt: v.number() },
  returns: v.union(
    v.null(),
    v.object({
      businessAccountId: v.id("businessAccounts"),
      orderNumber: v.number(),
      encryptedKeys: encryptedKeysValidator,
    }),
  ),
  handler: async (ctx, { notificationId, leaseExpiresAt }) => {
    const notification = await findUnderLease(ctx, notificationId, leaseExpiresAt);
    if (notification === null) return null;
    const credential = await activeCredential(ctx, notification.businessAccountId);
    if (credential === null) return null;
    return {
      businessAccountId: notification.businessAccountId,
      orderNumber: notification.resourceId,
      encryptedKeys: credential.encryptedKeys,
    };
  },
});

type Fetched = { order: OrderSnapshot; lines: LineSnapshot[] | null };

async function fetchOrder(
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
  encryptedKeys: EncryptedKeys,
): Promise<Result<Fetched>> {
  const client = await storeClientFor(businessAccountId, encryptedKeys);
  const order = await client.getOrder(orderNumber);
  if (!order.ok) return order;
  if (order.value.orderNumber !== orderNumber) {
    return incomplete(`asked for order ${orderNumber}, it sent ${order.value.orderNumber}`);
  }
  if (!hasItems(order.value.status)) return { ok: true, value: { order: order.value, lines: null } };
  const lines = await client.getOrderItems(orderNumber);
  if (!lines.ok) return lines;
  if (lines.value.length === 0 && order.value.pieceCount > 0) {
    return incomplete("the order has pieces, but its list of items is empty");
  }
  return { ok: true, value: { order: order.value, lines: lines.value } };
}

function incomplete(what: string): { ok: false; failure: Failure } {
  return { ok: false, failure: { code: "malformed", detail: what } };
}

/** Fetches an order under a lease and stores it. Convex runs an action at most once; a crashed run is found by its lease. */
export const processOrderNotification = internalAction({
  args: { notificationId: v.id("bricklinkNotifications"), leaseExpiresAt: v.number() },
  returns: v.null(),
  handler: async (ctx, claim) => {
    const failure = await fetchAndStore(ctx, claim).catch((error: unknown): Failure => {
      console.error("An order could not be stored.", error);
      return { code: "internal" };
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
  const fetched = await fetchOrder(work.businessAccountId, work.orderNumber, work.encryptedKeys);
  if (!fetched.ok) return fetched.failure;
  await ctx.runMutation(internal.marketplaces.bricklink.notifications.upsertOrder, {
    ...claim,
    fetchStartedAt,
    ...fetched.value,
  });
  return undefined;
}

/**
 * Stores an order with its lines, reservations, ledger entries and counts, and completes its notification, in one transaction.
 * A run that lost its lease writes nothing, and a snapshot that is older than the stored one changes no order.
 */
export const upsertOrder = internalMutation({
  args: {
    notificationId: v.id("bricklinkNotifications"),
    leaseExpiresAt: v.number(),
    /** Milliseconds UTC at which the fetch of this snapshot began. */
    fetchStartedAt: v.number(),
    order: orderSnapshotValidator,
    /** Null when BrickLink no longer has the items of this order: the stored ones stay. */
    lines: v.union(v.array(lineSnapshotValidator), v.null()),
  },
  returns: v.union(v.literal("applied"), v.literal("superseded"), v.literal("leaseLost")),
  handler: async (ctx, { notificationId, leaseExpiresAt, fetchStartedAt, order, lines }) => {
    const notification = await findUnderLease(ctx, notificationId, leaseExpiresAt);
    if (notification === null) return "leaseLost" as const;
    const { businessAccountId, source } = notification;
    const origin = {
      businessAccountId,
      marketplace: MARKETPLACE,
      source,
      causeReference: notificationId,
      fetchStartedAt,
      isHistory: async () => {
        const credential = await activeCredential(ctx, businessAccountId);
        return credential !== null && isClosedBefore(order, credential.connectedAt);
      },
    };
    const outcome = await applySnapshot(ctx, origin, order, lines);
    await completeFetched(ctx, notification, outcome, fetchStartedAt);
    return outcome;
  },
});

/** Records why an attempt failed, and schedules the next unless it was the last. */
export const failNotification = internalMutation({
  args: {
    notificationId: v.id("bricklinkNotifications"),
    leaseExpiresAt: v.number(),
    failure: failureValidator,
  },
  returns: v.null(),
  handler: async (ctx, { notificationId, leaseExpiresAt, failure }) => {
    const notification = await findUnderLease(ctx, notificationId, leaseExpiresAt);
    if (notification !== null) await fail(ctx, notification, failure);
    return null;
  },
});

/** Reads a store's unread notifications and stores all of them. One poll per store at a time. */
export const pollNotificationsForBusiness = internalAction({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    await pollStore(ctx, businessAccountId);
    return null;
  },
});
