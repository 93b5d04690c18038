/** Pieces that a packer reports missing or damaged, and their undo. */
import { ConvexError, v } from "convex/values";
import { mutation, query, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { recordDeed } from "../../accounts/deeds";
import { askForRecount, takeBackRecount } from "../../inventory/recounts";
import { availableOf } from "../../inventory/reservation";
import { openStock, type Lot } from "../../inventory/stock";
import type { Line } from "../apply/lineChanges";
import { patchOrder } from "../patchOrder";
import type { Losses } from "../schema";
import { fillBackorders } from "../allocation/backorders";
import { lineSubjectOf, requireOpenLine } from "./openLine";
import { changedPickCounts } from "./pickQuantities";

const noLosses: Losses = { missing: 0, damaged: 0 };

const lineArgs = { businessAccountId: v.id("businessAccounts"), lineId: v.id("bricklinkOrderItems") };
const lossArgs = {
  ...lineArgs,
  quantity: v.number(),
  reason: v.union(v.literal("missing"), v.literal("damaged")),
};

/** Pieces of the line's lot that are promised to nobody: they can replace lost ones, or be lost too. */
async function availableOfLine(ctx: QueryCtx, line: Line): Promise<number> {
  const lot =
    line.inventoryItemId === undefined ? null : await ctx.db.get("inventoryItems", line.inventoryItemId);
  return lot === null ? 0 : availableOf(lot);
}

/**
 * How many of a line's lost pieces an undo puts back on hand: those reported since a person counted the lot. A count says how many
 * there are, found ones among them. `lot`: the line's.
 */
function restorableLosses({ losses = noLosses, latestLoss }: Line, lot: Lot): number {
  // Lines of before this was stored.
  if (latestLoss === undefined) return losses.missing + losses.damaged;
  return (lot.personCountedAt ?? 0) > latestLoss.at ? 0 : latestLoss.sinceCount;
}

/** How many pieces a line's lot has available; 0 when the line or its lot no longer exists. */
export const spare = query({
  args: lineArgs,
  returns: v.number(),
  handler: async (ctx, { businessAccountId, lineId }) => {
    await requireMember(ctx, businessAccountId, "orders.picking.losses.spare");
    const line = await ctx.db.get("bricklinkOrderItems", lineId);
    return line?.businessAccountId === businessAccountId ? await availableOfLine(ctx, line) : 0;
  },
});

/**
 * Takes lost pieces off on hand, so that nobody else is promised them, and asks for a count of the lot. The lot's available pieces replace them; beyond that
 * the line is short. At most what the line holds and the lot has available can be reported. Throws ConvexError
 * `badQuantity`, `unmatched`, `notFound` or `notOpen`.
 */
export const reportLoss = mutation({
  args: lossArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId, lineId, quantity, reason }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.picking.losses.reportLoss");
    const { line, order } = await requireOpenLine(ctx, businessAccountId, lineId);
    const { inventoryItemId: lotId, losses = noLosses } = line;
    if (lotId === undefined) {
      throw new ConvexError({
        code: "unmatched",
        message: "No lot matches this line, so its stock cannot be corrected.",
      });
    }
    const most = line.reservedQuantity + (await availableOfLine(ctx, line));
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > most) {
      throw new ConvexError({
        code: "badQuantity",
        message:
          most === 0
            ? "This line and its bin have no pieces left that could be lost."
            : `This line and its bin have ${most} pieces. Report between 1 and ${most}.`,
      });
    }
    const now = Date.now();
    const held = Math.min(quantity, line.reservedQuantity);
    const adjustment = { personReference: member.userId, reason };
    const stock = openStock(ctx, { businessAccountId, at: now, adjustment });
    const sinceCount = restorableLosses(line, await stock.lot(lotId)) + quantity;
    await stock.move(
      lotId,
      { kind: reason, onHandDelta: -quantity, reservedDelta: -held },
      { orderReference: order._id, orderNumber: order.orderNumber, lineReference: line._id },
    );
    await stock.addShortfall(lotId, { backordered: held });
    await stock.commit();
    const lot = { _id: lotId, businessAccountId };
    await askForRecount(ctx, lot, { quantity, personReference: member.userId });
    const fields = {
      reservedQuantity: line.reservedQuantity - held,
      shortQuantity: line.shortQuantity + held,
      backorderedSince: order.firstSeenAt,
      losses: { ...losses, [reason]: losses[reason] + quantity },
      latestLoss: { at: now, sinceCount },
      ...(line.pickStatus === "picked" && { pickedQuantity: Math.max(0, line.pickedQuantity - held) }),
    };
    await ctx.db.patch("bricklinkOrderItems", lineId, fields);
    await patchOrder(ctx, order, {
      ...changedPickCounts(order, line, { ...line, ...fields }),
      reservedQuantity: order.reservedQuantity - held,
      shortQuantity: order.shortQuantity + held,
      changedAt: now,
    });
    const subject = lineSubjectOf({ line, order });
    await recordDeed(ctx, member, { action: "lossReported", subject, reason, quantity });
    await fillBackorders(ctx, [lotId]);
    return null;
  },
});

/**
 * Undoes reported losses: the pieces are on hand again and go to the backorders of their lot, except for those that were reported
 * before a person counted the lot. Throws ConvexError `badQuantity`, `notFound` or `notOpen`.
 */
export const undoLoss = mutation({
  args: lossArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId, lineId, quantity, reason }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.picking.losses.undoLoss");
    const { line, order } = await requireOpenLine(ctx, businessAccountId, lineId);
    const { inventoryItemId: lotId, losses = noLosses } = line;
    const reported = losses[reason];
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > reported || lotId === undefined) {
      throw new ConvexError({
        code: "badQuantity",
        message: `${reported} pieces of this line are reported ${reason} now. Look at the line again.`,
      });
    }
    const adjustment = { personReference: member.userId, reason: "found" as const };
    const stock = openStock(ctx, { businessAccountId, at: Date.now(), adjustment });
    const restorable = restorableLosses(line, await stock.lot(lotId));
    const restored = Math.min(quantity, restorable);
    if (restored > 0) {
      await stock.move(
        lotId,
        { kind: "found", onHandDelta: restored, reservedDelta: 0 },
        { orderReference: order._id, orderNumber: order.orderNumber, lineReference: line._id },
      );
      await stock.commit();
      await takeBackRecount(ctx, lotId, restored);
    }
    const left = { ...losses, [reason]: reported - quantity };
    const isNoneLeft = left.missing + left.damaged === 0;
    await ctx.db.patch("bricklinkOrderItems", lineId, {
      losses: isNoneLeft ? undefined : left,
      latestLoss:
        isNoneLeft || line.latestLoss === undefined
          ? undefined
          : { at: line.latestLoss.at, sinceCount: restorable - restored },
    });
    const subject = lineSubjectOf({ line, order });
    await recordDeed(ctx, member, { action: "lossUndone", subject, reason, quantity });
    await fillBackorders(ctx, [lotId]);
    return null;
  },
});
