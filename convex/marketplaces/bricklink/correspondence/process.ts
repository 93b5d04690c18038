/**
 * Fetches the messages or the feedback that a notification announces, and stores them with their order. What the `resource_id` of
 * these notifications stands for is not documented: it is tried as an order's number, and for feedback also as nothing at all, by the
 * list of all that was received. Where neither leads anywhere, the notification is noted and a person reads it at BrickLink.
 */
import { v, type Infer } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import {
  internalAction,
  internalMutation,
  type ActionCtx,
  type MutationCtx,
} from "../../../_generated/server";
import { findOrder } from "../../../orders/apply/applySnapshot";
import { storeFeedback as storeFeedbackOf } from "../../../orders/correspondence/feedback";
import { storeMessages as storeMessagesOf } from "../../../orders/correspondence/messages";
import { feedbackValidator, messageValidator, type Feedback } from "../../../orders/correspondence/schema";
import type { OrderFeedback } from "../api/correspondence";
import type { Failure } from "../api/failure";
import { storeClientFor } from "../connection/client";
import { findCredential } from "../connection/credentials";
import { encryptedKeysValidator } from "../connection/encryption";
import type { StoreClient } from "../storeClient";
import { completeFetched, fail, findUnderLease, isAboutWhatIsNotHere } from "../queue/complete";
import { enqueue, type Notification } from "../queue/enqueue";

/** Of all feedback that a store received, the latest that is looked at. The list has no end and no filter. */
const RECEIVED_READ_MAX = 100;

const claimFields = { notificationId: v.id("bricklinkNotifications"), leaseExpiresAt: v.number() };

const workValidator = v.object({
  ...claimFields,
  businessAccountId: v.id("businessAccounts"),
  eventType: v.union(v.literal("Message"), v.literal("Feedback")),
  resourceId: v.number(),
  encryptedKeys: encryptedKeysValidator,
});
type Work = Infer<typeof workValidator>;

/** Fetches under a lease, and stores. Convex runs an action at most once; a crashed run is found by its lease. */
export const processCorrespondence = internalAction({
  args: workValidator.fields,
  returns: v.null(),
  handler: async (ctx, work) => {
    const failure = await fetchAndStore(ctx, work).catch((error: unknown): Failure => {
      console.error("Messages or feedback could not be stored.", error);
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
  const client = await storeClientFor(work.businessAccountId, work.encryptedKeys);
  return work.eventType === "Message"
    ? await fetchMessages(ctx, client, work)
    : await fetchFeedback(ctx, client, work);
}

async function fetchMessages(
  ctx: ActionCtx,
  client: StoreClient,
  { notificationId, leaseExpiresAt, resourceId }: Work,
): Promise<Failure | undefined> {
  const fetchStartedAt = Date.now();
  const messages = await client.getOrderMessages(resourceId);
  if (!messages.ok) return messages.failure;
  await ctx.runMutation(internal.marketplaces.bricklink.correspondence.process.storeMessages, {
    notificationId,
    leaseExpiresAt,
    fetchStartedAt,
    messages: messages.value.entries,
    unreadable: messages.value.unreadable,
  });
  return undefined;
}

async function fetchFeedback(
  ctx: ActionCtx,
  client: StoreClient,
  { notificationId, leaseExpiresAt, resourceId }: Work,
): Promise<Failure | undefined> {
  const fetchStartedAt = Date.now();
  const ofOrder = await client.getOrderFeedback(resourceId);
  if (!ofOrder.ok && !isAboutWhatIsNotHere(ofOrder.failure.code)) return ofOrder.failure;
  const found = ofOrder.ok ? ofOrder.value : null;
  let received: OrderFeedback[] = [];
  if (found === null || found.entries.length === 0) {
    const all = await client.getReceivedFeedback();
    if (!all.ok) return all.failure;
    received = latestOf(all.value.entries, resourceId);
  }
  await ctx.runMutation(internal.marketplaces.bricklink.correspondence.process.storeFeedback, {
    notificationId,
    leaseExpiresAt,
    fetchStartedAt,
    ofOrder: found && { feedback: found.entries.map(withoutOrder), isWhole: found.unreadable === 0 },
    received: received.map((entry) => ({
      orderNumber: entry.orderNumber,
      feedback: withoutOrder(entry),
    })),
  });
  return undefined;
}

function withoutOrder({ orderNumber: _order, ...feedback }: OrderFeedback): Feedback {
  return feedback;
}

/** The latest feedback about the store as a seller, and the one of this id, if there is one. */
function latestOf(entries: readonly OrderFeedback[], feedbackId: number): OrderFeedback[] {
  const received = entries.filter(({ direction }) => direction === "received");
  const [named, others] = [true, false].map((isNamed) =>
    received.filter((entry) => (entry.feedbackId === feedbackId) === isNamed),
  );
  const latest = (others ?? []).sort((a, b) => b.ratedAt - a.ratedAt);
  return [...(named ?? []), ...latest].slice(0, RECEIVED_READ_MAX);
}

/**
 * Postpones what belongs to an order that is not stored, and has the order fetched. The order's own event usually comes with it and
 * is processed first.
 */
async function waitForOrder(ctx: MutationCtx, notification: Notification): Promise<void> {
  const { businessAccountId, source, resourceId, occurredAt, attempts } = notification;
  await fail(ctx, notification, { code: "orderMissing" });
  if (attempts > 1) return;
  await enqueue(ctx, businessAccountId, source, [{ eventType: "Order", resourceId, occurredAt }]);
}

/** Since when a message counts as unread: those from before the store was connected were read at BrickLink. Milliseconds UTC. */
async function unreadSince(ctx: MutationCtx, businessAccountId: Id<"businessAccounts">): Promise<number> {
  return (await findCredential(ctx, businessAccountId))?.connectedAt ?? 0;
}

/**
 * Stores an order's messages and completes the notification, in one transaction. It reads the order and does not write it, so that
 * no order's processing is retried for a message. A run that lost its lease writes nothing.
 */
export const storeMessages = internalMutation({
  args: {
    ...claimFields,
    /** Milliseconds UTC at which the fetch began. */
    fetchStartedAt: v.number(),
    messages: v.array(messageValidator),
    /** Entries of the answer that could not be read. */
    unreadable: v.number(),
  },
  returns: v.null(),
  handler: async (ctx, { notificationId, leaseExpiresAt, fetchStartedAt, messages, unreadable }) => {
    const notification = await findUnderLease(ctx, notificationId, leaseExpiresAt);
    if (notification === null) return null;
    const { businessAccountId, resourceId } = notification;
    const order = await findOrder(ctx, businessAccountId, resourceId);
    if (order === null) {
      await waitForOrder(ctx, notification);
      return null;
    }
    const isStored = await storeMessagesOf(ctx, order, messages, await unreadSince(ctx, businessAccountId));
    const isAllHere = isStored && unreadable === 0;
    await completeFetched(ctx, notification, isAllHere ? "fetched" : "noted", fetchStartedAt, resourceId);
    return null;
  },
});

/** As `storeMessages`, for feedback. */
export const storeFeedback = internalMutation({
  args: {
    ...claimFields,
    fetchStartedAt: v.number(),
    /** The feedback on the order of the notification's number; null when BrickLink has no such order. */
    ofOrder: v.union(v.null(), v.object({ feedback: v.array(feedbackValidator), isWhole: v.boolean() })),
    /** Feedback on any orders: where the order has none, or there is no such order. */
    received: v.array(v.object({ orderNumber: v.number(), feedback: feedbackValidator })),
  },
  returns: v.null(),
  handler: async (ctx, { notificationId, leaseExpiresAt, fetchStartedAt, ofOrder, received }) => {
    const notification = await findUnderLease(ctx, notificationId, leaseExpiresAt);
    if (notification === null) return null;
    const { businessAccountId, resourceId } = notification;
    /** The order that the notification turns out to be about. */
    let about: number | undefined;
    if (ofOrder !== null) {
      const order = await findOrder(ctx, businessAccountId, resourceId);
      if (order === null && ofOrder.feedback.length > 0) {
        await waitForOrder(ctx, notification);
        return null;
      }
      if (order) await storeFeedbackOf(ctx, order, ofOrder.feedback, ofOrder.isWhole);
      if (ofOrder.feedback.length > 0) about = resourceId;
    }
    for (const { orderNumber, feedback } of received) {
      const order = await findOrder(ctx, businessAccountId, orderNumber);
      if (order === null) continue;
      const isNew = await storeFeedbackOf(ctx, order, [feedback], false);
      if (isNew || feedback.feedbackId === resourceId) about ??= orderNumber;
    }
    await completeFetched(
      ctx,
      notification,
      about === undefined ? "noted" : "fetched",
      fetchStartedAt,
      about,
    );
    return null;
  },
});
