/**
 * The steps of the order flow, from a notification to a stored order. Each is a registered function over a module of its own:
 * queue/, sync/ and orders/apply. All are internal, so that no client can call them.
 */
import { v, type Infer } from "convex/values";
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
import { eventTypeValidator } from "./api/eventType";
import { storeClientFor } from "./connection/client";
import { activeCredential, findCredentialByToken } from "./connection/credentials";
import { encryptedKeysValidator, type EncryptedKeys } from "./connection/encryption";
import { callbackRetryAfterMs, isPollAskedFor } from "./limits/webhookIntake";
import { claimNotification } from "./queue/claim";
import { completeFetched, fail, findUnderLease } from "./queue/complete";
import { enqueue } from "./queue/enqueue";
import { finishPoll, pollCauseValidator, pollStore } from "./sync/poll";

const eventValidator = v.object({
  eventType: eventTypeValidator,
  resourceId: v.number(),
  /** Milliseconds UTC. */
  occurredAt: v.number(),
});

/**
 * The store whose callback token hashes to `tokenHash` (SHA-256, hex), or null; and how long its limit keeps a callback out that
 * was received at `receivedAt`, 0 when it does not. Times in milliseconds UTC.
 */
export const getCredentialByToken = internalQuery({
  args: { tokenHash: v.string(), receivedAt: v.number() },
  returns: v.union(
    v.null(),
    v.object({ businessAccountId: v.id("businessAccounts"), retryAfterMs: v.number() }),
  ),
  handler: async (ctx, { tokenHash, receivedAt }) => {
    const credential = await findCredentialByToken(ctx, tokenHash, receivedAt);
    if (credential === null) return null;
    const { businessAccountId } = credential;
    return {
      businessAccountId,
      retryAfterMs: await callbackRetryAfterMs(ctx, businessAccountId, receivedAt),
    };
  },
});

/**
 * Stores events, new ones as pending, and schedules their processing, in one transaction for the whole list. Returns one id per
 * event. With the source "poll" it also ends the poll, unless more of its answer follows; what came because a callback asked for a
 * poll is stored with the source "webhook". With "webhook" it reads and writes nothing but the notifications, so that Convex never has
 * to retry it for another callback, a claim, a poll or a sweep.
 */
export const upsertNotification = internalMutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    source: sourceValidator,
    events: v.array(eventValidator),
    /** Of a poll: entries that could not be read. */
    unreadable: v.optional(v.number()),
    isMoreToCome: v.optional(v.boolean()),
    /** Of a poll: when it began, milliseconds UTC. */
    startedAt: v.optional(v.number()),
  },
  returns: v.array(v.id("bricklinkNotifications")),
  handler: async (ctx, { businessAccountId, source, events, ...poll }) => {
    if (source !== "poll") return await enqueue(ctx, businessAccountId, source, events);
    const now = Date.now();
    const { unreadable = 0, isMoreToCome = false, startedAt = now } = poll;
    const isAnnounced = await isPollAskedFor(ctx, businessAccountId, now);
    const notificationIds = await enqueue(ctx, businessAccountId, isAnnounced ? "webhook" : source, events);
    if (!isMoreToCome) await finishPoll(ctx, businessAccountId, { unreadable, startedAt });
    return notificationIds;
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

const claimFields = { notificationId: v.id("bricklinkNotifications"), leaseExpiresAt: v.number() };

const workValidator = v.object({
  ...claimFields,
  businessAccountId: v.id("businessAccounts"),
  orderNumber: v.number(),
  encryptedKeys: encryptedKeysValidator,
});
type Work = Infer<typeof workValidator>;

/** Fetches an order under a lease and stores it. Convex runs an action at most once; a crashed run is found by its lease. */
export const processOrderNotification = internalAction({
  args: workValidator.fields,
  returns: v.null(),
  handler: async (ctx, work) => {
    const failure = await fetchAndStore(ctx, work).catch((error: unknown): Failure => {
      console.error("An order could not be stored.", error);
      return { code: "internal" };
    });
    if (failure) {
      const { notificationId, leaseExpiresAt } = work;
      await ctx.runMutation(internal.marketplaces.bricklink.notifications.failNotification, {
        notificationId,
        leaseExpiresAt,
        failure,
      });
    }
    return null;
  },
});

async function fetchAndStore(ctx: ActionCtx, work: Work): Promise<Failure | undefined> {
  const { notificationId, leaseExpiresAt, businessAccountId, orderNumber, encryptedKeys } = work;
  const fetchStartedAt = Date.now();
  const fetched = await fetchOrder(businessAccountId, orderNumber, encryptedKeys);
  if (!fetched.ok) return fetched.failure;
  await ctx.runMutation(internal.marketplaces.bricklink.notifications.upsertOrder, {
    notificationId,
    leaseExpiresAt,
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
    ...claimFields,
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
  args: { ...claimFields, failure: failureValidator },
  returns: v.null(),
  handler: async (ctx, { notificationId, leaseExpiresAt, failure }) => {
    const notification = await findUnderLease(ctx, notificationId, leaseExpiresAt);
    if (notification !== null) await fail(ctx, notification, failure);
    return null;
  },
});

/** Reads a store's unread notifications and stores all of them. One poll per store at a time. */
export const pollNotificationsForBusiness = internalAction({
  args: { businessAccountId: v.id("businessAccounts"), cause: v.optional(pollCauseValidator) },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, cause = "request" }) => {
    await pollStore(ctx, businessAccountId, cause);
    return null;
  },
});
