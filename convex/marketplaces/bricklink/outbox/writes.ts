/** A store's writes as staff see them, and whether there are any: an owner allows them, or the store is only read. */
import { ConvexError, v, type Infer } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { mutation, query, type QueryCtx } from "../../../_generated/server";
import { personLabel, requireMember } from "../../../accounts/access";
import { recordDeed } from "../../../accounts/deeds";
import { findOrder } from "../../../orders/apply/applySnapshot";
import { changeValidator } from "../api/changes";
import { movesFrom, sellerStatusValidator } from "../api/statusMoves";
import { findCredential } from "../connection/credentials";
import { problemValidator } from "../schema";
import { openWritesOf, type Write } from "./claim";
import { canStep, writeStatusValidator } from "./states";

/** Latest closed writes of one order that its page shows. */
const CLOSED_SHOWN_MAX = 30;

/** Open and refused writes of a store that are shown, of each status. The list says when there are more. */
const LISTED_MAX = 200;

export const writeValidator = v.object({
  writeId: v.id("bricklinkWrites"),
  orderNumber: v.number(),
  change: changeValidator,
  status: writeStatusValidator,
  outcome: v.union(v.literal("written"), v.literal("alreadySo"), v.null()),
  /** Why it was refused, or why the latest attempt failed. */
  problem: v.union(problemValidator, v.null()),
  attempts: v.number(),
  requestedAt: v.number(),
  /** The part of an e-mail address before the @. Null for somebody who is no user any more. */
  requestedBy: v.union(v.string(), v.null()),
  isYours: v.boolean(),
  /** When it is sent next. */
  dueAt: v.number(),
  closedAt: v.union(v.number(), v.null()),
  isWithdrawable: v.boolean(),
  isDismissed: v.boolean(),
});
export type WriteView = Infer<typeof writeValidator>;

async function writeView(ctx: QueryCtx, write: Write, viewer: Id<"users">): Promise<WriteView> {
  const { _id, orderNumber, change, status, attempts, requestedAt, dueAt, isDismissed } = write;
  return {
    writeId: _id,
    orderNumber,
    change,
    status,
    outcome: write.outcome ?? null,
    problem: write.problem ?? null,
    attempts,
    requestedAt,
    requestedBy: await personLabel(ctx, write.requestedBy),
    isYours: write.requestedBy === viewer,
    dueAt,
    closedAt: write.closedAt ?? null,
    isWithdrawable: canStep(status, "withdraw"),
    isDismissed,
  };
}

/**
 * What can be changed of an order and what was: the statuses it can be given, none where the store is only read, and its writes,
 * open ones first in their turn, then the latest closed ones.
 */
export const forOrder = query({
  args: { businessAccountId: v.id("businessAccounts"), orderNumber: v.number() },
  returns: v.object({
    isReadOnly: v.boolean(),
    moves: v.array(sellerStatusValidator),
    writes: v.array(writeValidator),
  }),
  handler: async (ctx, { businessAccountId, orderNumber }) => {
    const { userId } = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.outbox.writes.forOrder",
    );
    const credential = await findCredential(ctx, businessAccountId);
    const isReadOnly = credential?.writesEnabledAt === undefined;
    const order = await findOrder(ctx, businessAccountId, orderNumber);
    const closed = await Promise.all(
      (["sent", "refused", "withdrawn"] as const).map((status) =>
        ctx.db
          .query("bricklinkWrites")
          .withIndex("by_order", (q) =>
            q.eq("businessAccountId", businessAccountId).eq("orderNumber", orderNumber).eq("status", status),
          )
          .order("desc")
          .take(CLOSED_SHOWN_MAX),
      ),
    );
    const latestClosed = closed.flat().sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0));
    const shown = [
      ...(await openWritesOf(ctx, businessAccountId, orderNumber)),
      ...latestClosed.slice(0, CLOSED_SHOWN_MAX),
    ];
    return {
      isReadOnly,
      moves: isReadOnly || order === null ? [] : movesFrom(order.status),
      writes: await Promise.all(shown.map((write) => writeView(ctx, write, userId))),
    };
  },
});

/** A store's writes that are not sent yet, and refused ones that nobody has dismissed. */
export const open = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.object({
    isReadOnly: v.boolean(),
    writes: v.array(writeValidator),
    /** Whether there are more than are listed. */
    areThereMore: v.boolean(),
  }),
  handler: async (ctx, { businessAccountId }) => {
    const { userId } = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.outbox.writes.open",
    );
    const credential = await findCredential(ctx, businessAccountId);
    const unsent = (status: "waiting" | "sending") =>
      ctx.db
        .query("bricklinkWrites")
        .withIndex("by_due", (q) => q.eq("businessAccountId", businessAccountId).eq("status", status))
        .take(LISTED_MAX + 1);
    const refused = ctx.db
      .query("bricklinkWrites")
      .withIndex("by_dismissed", (q) =>
        q.eq("businessAccountId", businessAccountId).eq("status", "refused").eq("isDismissed", false),
      )
      .order("desc")
      .take(LISTED_MAX + 1);
    const pages = await Promise.all([refused, unsent("sending"), unsent("waiting")]);
    const writes = pages.flatMap((page) => page.slice(0, LISTED_MAX));
    return {
      isReadOnly: credential?.writesEnabledAt === undefined,
      writes: await Promise.all(writes.map((write) => writeView(ctx, write, userId))),
      areThereMore: pages.some((page) => page.length > LISTED_MAX),
    };
  },
});

/**
 * Allows changes at BrickLink, or ends that: what waits is then refused when it is due, and what is being sent at that moment may still arrive.
 * Throws ConvexError `notConnected`.
 */
export const setEnabled = mutation({
  args: { businessAccountId: v.id("businessAccounts"), isEnabled: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, isEnabled }) => {
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.outbox.writes.setEnabled",
    );
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) {
      throw new ConvexError({ code: "notConnected", message: "Connect BrickLink first." });
    }
    if ((credential.writesEnabledAt !== undefined) === isEnabled) return null;
    const writesEnabledAt = isEnabled ? Date.now() : undefined;
    await ctx.db.patch("marketplaceCredentials", credential._id, { writesEnabledAt });
    const action = isEnabled ? ("writesEnabled" as const) : ("writesDisabled" as const);
    await recordDeed(ctx, member, { action, subject: { kind: "setting" } });
    if (isEnabled) {
      const { fetchOfStore } = internal.marketplaces.bricklink.sync.shippingMethods;
      await ctx.scheduler.runAfter(0, fetchOfStore, { businessAccountId });
    }
    return null;
  },
});
