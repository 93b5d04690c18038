/** What staff ask to be changed at BrickLink, and how they take it back, try it again or dismiss it. */
import { ConvexError, v, type Infer } from "convex/values";
import type { Doc, Id } from "../../../_generated/dataModel";
import { mutation, type MutationCtx } from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { recordDeed } from "../../../accounts/deeds";
import type { Permission } from "../../../accounts/permissions";
import { findOrder } from "../../../orders/apply/applySnapshot";
import { isFeedbackGiven } from "../../../orders/correspondence/feedback";
import { changeValidator, type Change } from "../api/changes";
import { isPast, type SellerStatus } from "../api/statusMoves";
import { requireActiveCredential } from "../connection/credentials";
import { startWork } from "../queue/recovery";
import { openWritesOf, turnOf, withoutLease, type Write } from "./claim";
import { assertSendable, auditedChange, praiseTextOf } from "./content";
import { decide, decidesAllOf, isRepeatable, replacing } from "./decision";
import { readBack } from "./readBack";
import { canStep, SHOWS_WITHIN_MS, WITHDRAWABLE_FOR_MS, writeStatusAfter } from "./states";
import { seenStatuses, unseenWrites } from "./unseen";

/** Orders changed in one call: a selection. */
const ORDERS_PER_CALL_MAX = 100;

/** Writes of one call that are taken back together. */
const WRITES_PER_CALL_MAX = ORDERS_PER_CALL_MAX;

/** Changes of each order in one call: one of each kind. */
const CHANGES_PER_CALL_MAX = 7;

/** An order as the person saw it who decides: what has changed since is not taken for decided. */
const seenOrderValidator = v.object({
  orderNumber: v.number(),
  status: v.string(),
  /** Milliseconds UTC. */
  orderedAt: v.number(),
});
type SeenOrder = Infer<typeof seenOrderValidator>;

const requestedValidator = v.object({
  orderNumber: v.number(),
  kind: v.string(),
  /** Null when nothing is to be sent. */
  writeId: v.union(v.id("bricklinkWrites"), v.null()),
  /** Why not: it is so already, or the order cannot be changed so. */
  reason: v.optional(
    v.union(
      v.literal("alreadySo"),
      v.literal("moveNotAllowed"),
      v.literal("orderClosed"),
      v.literal("notReceived"),
      v.literal("changedMeanwhile"),
      v.literal("isPast"),
      v.literal("notFound"),
    ),
  ),
});
type Requested = Infer<typeof requestedValidator>;

/**
 * Replaces the order's writes of this kind that are not sent yet, and refused ones of which nothing is left to decide. One that was
 * tried before may have reached BrickLink, so the order is fetched. Returns the change with what it takes over from them, and the
 * turn of the one that waited.
 */
async function replaceEarlier(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
  requested: Change,
  now: number,
): Promise<{ change: Change; turnAt?: number }> {
  const withStatus = (status: "waiting" | "refused") =>
    ctx.db
      .query("bricklinkWrites")
      .withIndex("by_order", (q) =>
        q.eq("businessAccountId", businessAccountId).eq("orderNumber", orderNumber).eq("status", status),
      )
      .take(WRITES_PER_CALL_MAX);
  let change = requested;
  let turnAt: number | undefined;
  for (const write of [...(await withStatus("waiting")), ...(await withStatus("refused"))]) {
    if (write.change.kind !== requested.kind) continue;
    if (write.status === "refused" && !decidesAllOf(write.change, change)) continue;
    if (write.status === "waiting") {
      change = replacing(write.change, change);
      turnAt = Math.min(turnAt ?? Number.POSITIVE_INFINITY, turnOf(write));
    }
    const status = writeStatusAfter(write.status, "replace");
    await ctx.db.patch("bricklinkWrites", write._id, { status, closedAt: now });
    if (write.status === "waiting" && write.attempts > 0) await readBack(ctx, write);
  }
  return { change, ...(turnAt !== undefined && { turnAt }) };
}

async function requestFor(
  ctx: MutationCtx,
  member: Doc<"members">,
  seenOrder: SeenOrder,
  requested: Change,
  { mayGoBack, notBefore }: { mayGoBack: boolean; notBefore: number },
): Promise<Requested & { turn?: number }> {
  const { businessAccountId, userId } = member;
  const { orderNumber } = seenOrder;
  const { kind } = requested;
  const now = Date.now();
  const order = await findOrder(ctx, businessAccountId, orderNumber);
  if (order === null) return { orderNumber, kind, writeId: null, reason: "notFound" };
  const open = await openWritesOf(ctx, businessAccountId, orderNumber);
  // What is so now may be about to change by a write before it, or changed already.
  const unseen = await unseenWrites(ctx, order, kind);
  // Whoever asks for a status after another one takes that back, if it has arrived: it is no move by somebody else.
  const [seenStatus, ...otherSeenStatuses] = seenStatuses(seenOrder.status, unseen);
  const isTooLate = (status: SellerStatus) =>
    isPast(order.status, status) || [seenStatus, ...otherSeenStatuses].every((each) => isPast(each, status));
  if (requested.kind === "status" && !mayGoBack && isTooLate(requested.status)) {
    return { orderNumber, kind, writeId: null, reason: "isPast" };
  }
  const decision = decide(
    requested,
    { statuses: [seenOrder.status], orderedAt: seenOrder.orderedAt },
    { ...order, isFeedbackGiven: kind === "feedback" && (await isFeedbackGiven(ctx, order._id)) },
  );
  if (decision.act === "refuse") return { orderNumber, kind, writeId: null, reason: decision.code };
  const isPending = unseen.length > 0 || open.some(({ change }) => change.kind === kind);
  if (decision.act === "done" && !isPending) {
    const isFurther = requested.kind === "status" && order.status !== requested.status;
    return { orderNumber, kind, writeId: null, reason: isFurther ? "isPast" : "alreadySo" };
  }
  const { change, turnAt = 0 } = await replaceEarlier(ctx, businessAccountId, orderNumber, requested, now);
  // What an earlier attempt of a mail or of feedback did has to show first.
  const isSecondTry = unseen.length > 0 && !isRepeatable(change);
  const waitMs = isSecondTry ? SHOWS_WITHIN_MS : WITHDRAWABLE_FOR_MS;
  const dueAt = Math.max(now + waitMs, ...open.map((write) => write.dueAt));
  const writeId = await ctx.db.insert("bricklinkWrites", {
    businessAccountId,
    orderNumber,
    change,
    seenStatus,
    ...(otherSeenStatuses.length > 0 && { otherSeenStatuses }),
    seenOrderedAt: seenOrder.orderedAt,
    requestedBy: userId,
    requestedAt: now,
    // Not where a change of the same press would come after it that is to come before.
    ...(turnAt > notBefore && { turnAt }),
    status: "waiting",
    dueAt,
    attempts: 0,
    isDismissed: false,
  });
  await startWork(ctx, businessAccountId, dueAt);
  await recordDeed(ctx, member, {
    action: "orderChangeRequested",
    subject: { kind: "order", orderNumber },
    ...auditedChange(requested),
  });
  const write = await ctx.db.get("bricklinkWrites", writeId);
  return { orderNumber, kind, writeId, ...(write && { turn: turnOf(write) }) };
}

/** As `requestFor`, for all that was decided of an order by one press. The mail of a parcel whose status is not sent is left out too. */
async function requestAll(
  ctx: MutationCtx,
  member: Doc<"members">,
  order: SeenOrder,
  changes: readonly Change[],
  mayGoBack: boolean,
): Promise<Requested[]> {
  const requested: Requested[] = [];
  let notBefore = 0;
  for (const change of changes) {
    const status = requested.find(({ kind }) => kind === "status");
    const isStatusLeftOut = status?.reason !== undefined && status.reason !== "alreadySo";
    if (change.kind === "driveThru" && isStatusLeftOut) {
      requested.push({ ...status, kind: change.kind });
      continue;
    }
    const { turn, ...result } = await requestFor(ctx, member, order, change, { mayGoBack, notBefore });
    notBefore = turn ?? notBefore;
    requested.push(result);
  }
  return requested;
}

/**
 * Asks for changes of orders at BrickLink. Each is sent ten seconds later, so that it can be taken back until then; an earlier one of
 * its kind that was not sent is replaced. Returns for each order and change the write, or why there is none. Throws ConvexError `notConnected`,
 * `readOnly`, `tooMany`, or as `assertSendable` does.
 */
export const request = mutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    orders: v.array(seenOrderValidator),
    /** Sent in this order, of each order in turn. */
    changes: v.array(changeValidator),
    /** Whether a status may be set back, as from SHIPPED to PACKED: for one order whose status somebody chose from a list. */
    mayGoBack: v.optional(v.boolean()),
  },
  returns: v.array(requestedValidator),
  handler: async (ctx, { businessAccountId, orders, changes, mayGoBack = false }) => {
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.outbox.requests.request",
    );
    const credential = await requireActiveCredential(ctx, businessAccountId);
    if (credential.writesEnabledAt === undefined) {
      throw new ConvexError({
        code: "readOnly",
        message: "This store is only read. An owner can allow changes at BrickLink in the settings.",
      });
    }
    if (orders.length > ORDERS_PER_CALL_MAX || changes.length > CHANGES_PER_CALL_MAX) {
      throw new ConvexError({
        code: "tooMany",
        message: `Change at most ${ORDERS_PER_CALL_MAX} orders at a time.`,
      });
    }
    const requested: Requested[] = [];
    for (const change of changes) assertSendable(change, praiseTextOf(credential));
    for (const order of new Map(orders.map((each) => [each.orderNumber, each])).values()) {
      requested.push(...(await requestAll(ctx, member, order, changes, mayGoBack)));
    }
    return requested;
  },
});

/** A write of the member's store. Throws ConvexError `notFound`. */
async function requireWrite(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  writeId: Id<"bricklinkWrites">,
): Promise<Write> {
  const write = await ctx.db.get("bricklinkWrites", writeId);
  if (write?.businessAccountId !== businessAccountId) {
    throw new ConvexError({ code: "notFound", message: "There is no such change in this store." });
  }
  return write;
}

type WriteAction = "orderChangeWithdrawn" | "orderChangeRetried" | "orderChangeDismissed";

async function recordWriteDeed(
  ctx: MutationCtx,
  member: Doc<"members">,
  { orderNumber, change }: Write,
  action: WriteAction,
): Promise<void> {
  await recordDeed(ctx, member, {
    action,
    subject: { kind: "order", orderNumber },
    ...auditedChange(change),
  });
}

/**
 * Takes back changes that are not sent. Returns how many were too late. One that was tried before may have reached BrickLink, so its
 * order is fetched. Throws ConvexError `notFound` or `tooMany`.
 */
export const withdraw = mutation({
  args: { businessAccountId: v.id("businessAccounts"), writeIds: v.array(v.id("bricklinkWrites")) },
  returns: v.number(),
  handler: async (ctx, { businessAccountId, writeIds }) => {
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.outbox.requests.withdraw",
    );
    if (writeIds.length > WRITES_PER_CALL_MAX) {
      throw new ConvexError({
        code: "tooMany",
        message: `Take back at most ${WRITES_PER_CALL_MAX} changes at a time.`,
      });
    }
    const now = Date.now();
    let tooLate = 0;
    for (const writeId of new Set(writeIds)) {
      const write = await requireWrite(ctx, businessAccountId, writeId);
      if (!canStep(write.status, "withdraw")) {
        tooLate += write.status === "withdrawn" ? 0 : 1;
        continue;
      }
      const status = writeStatusAfter(write.status, "withdraw");
      await ctx.db.patch("bricklinkWrites", writeId, { status, closedAt: now });
      if (write.attempts > 0) await readBack(ctx, write);
      await recordWriteDeed(ctx, member, write, "orderChangeWithdrawn");
    }
    return tooLate;
  },
});

async function requireRefused(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  writeId: Id<"bricklinkWrites">,
): Promise<Write> {
  const write = await requireWrite(ctx, businessAccountId, writeId);
  if (write.status !== "refused") {
    throw new ConvexError({ code: "notRefused", message: "This change is not refused any more." });
  }
  return write;
}

const writeArgs = { businessAccountId: v.id("businessAccounts"), writeId: v.id("bricklinkWrites") };

type RefusedPermission = Extract<Permission, `marketplaces.bricklink.outbox.requests.${"retry" | "dismiss"}`>;

/** Sends a refused change once more. Throws ConvexError `notFound` or `notRefused`. */
export const retry = mutation({
  args: writeArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId, writeId }) => {
    const permission: RefusedPermission = "marketplaces.bricklink.outbox.requests.retry";
    const member = await requireMember(ctx, businessAccountId, permission);
    const write = await requireRefused(ctx, businessAccountId, writeId);
    const now = Date.now();
    const order = await findOrder(ctx, businessAccountId, write.orderNumber);
    const { problem: _problem, closedAt = 0, ...rest } = withoutLease(write);
    const mayShowLater = write.attempts > 0 && !isRepeatable(write.change);
    const dueAt = mayShowLater ? Math.max(now, closedAt + SHOWS_WITHIN_MS) : now;
    await ctx.db.replace("bricklinkWrites", writeId, {
      ...rest,
      status: writeStatusAfter(write.status, "retry"),
      requestedAt: now,
      turnAt: now,
      dueAt,
      attempts: 0,
      isDismissed: false,
      // Whoever presses has seen what the buyer added. The status stays as it was seen first, so that no order is set back.
      ...(order && { seenOrderedAt: order.orderedAt }),
    });
    await startWork(ctx, businessAccountId, dueAt);
    await recordWriteDeed(ctx, member, write, "orderChangeRetried");
    return null;
  },
});

/** Takes a refused change off the list of what needs a person. Throws ConvexError `notFound` or `notRefused`. */
export const dismiss = mutation({
  args: writeArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId, writeId }) => {
    const permission: RefusedPermission = "marketplaces.bricklink.outbox.requests.dismiss";
    const member = await requireMember(ctx, businessAccountId, permission);
    const write = await requireRefused(ctx, businessAccountId, writeId);
    if (write.isDismissed) return null;
    await ctx.db.patch("bricklinkWrites", writeId, { isDismissed: true });
    await recordWriteDeed(ctx, member, write, "orderChangeDismissed");
    return null;
  },
});
