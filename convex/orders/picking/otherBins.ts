/**
 * Pieces from another bin with equal goods, for a line whose own bin lacks them. They move from that lot to the line's lot, so that the
 * line still has one lot and both counts are right. The marketplace does not know of it and would sell them again: staff are asked to
 * lower the other lot there.
 */
import { ConvexError, v } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import { mutation, query, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { recordDeed } from "../../accounts/deeds";
import { askToLower, takeBackLowering } from "../../inventory/recounts";
import { availableOf } from "../../inventory/reservation";
import { openStock, type Lot } from "../../inventory/stock";
import { fillBackorders } from "../allocation/backorders";
import type { Line } from "../apply/lineChanges";
import { patchOrder } from "../patchOrder";
import { otherBinValidator } from "../schema";
import { lineSubjectOf, requireOpenLine } from "./openLine";
import { changedPickCounts } from "./pickQuantities";

/** Lots of one kind of goods that are read. A store has a handful. */
const LOTS_MAX = 50;

const lineArgs = { businessAccountId: v.id("businessAccounts"), lineId: v.id("bricklinkOrderItems") };
const moveArgs = { ...lineArgs, lotId: v.id("inventoryItems"), quantity: v.number() };

/** Lots of equal goods in whatever bin, but the line's own. Goods of an unknown condition equal none. */
async function otherLots(ctx: QueryCtx, line: Line): Promise<Lot[]> {
  if (line.condition === "unknown") return [];
  const lots = await ctx.db
    .query("inventoryItems")
    .withIndex("by_attributes", (q) =>
      q
        .eq("businessAccountId", line.businessAccountId)
        .eq("partNumber", line.partNumber)
        .eq("colorId", line.colorId)
        .eq("condition", line.condition),
    )
    .take(LOTS_MAX);
  return lots.filter(
    ({ _id, itemType, completeness }) =>
      _id !== line.inventoryItemId && itemType === line.itemType && completeness === line.completeness,
  );
}

/** Other bins that can give pieces to the line, with how many are promised to nobody. Empty for a line without a lot. */
export const list = query({
  args: lineArgs,
  returns: v.array(otherBinValidator),
  handler: async (ctx, { businessAccountId, lineId }) => {
    await requireMember(ctx, businessAccountId, "orders.picking.otherBins.list");
    const line = await ctx.db.get("bricklinkOrderItems", lineId);
    if (line?.businessAccountId !== businessAccountId || line.inventoryItemId === undefined) return [];
    return (await otherLots(ctx, line))
      .map((lot) => ({ lotId: lot._id, location: lot.location, quantity: availableOf(lot) }))
      .filter(({ quantity }) => quantity > 0);
  },
});

function badQuantity(message: string): ConvexError<{ code: string; message: string }> {
  return new ConvexError({ code: "badQuantity", message });
}

/** Moves pieces from another lot into the line's, or back when `quantity` is negative, and counts them on line and order. */
async function transfer(
  ctx: MutationCtx,
  { line, order }: { line: Line; order: Doc<"bricklinkOrders"> },
  { from, to, quantity, userId }: { from: Lot; to: Id<"inventoryItems">; quantity: number; userId: string },
): Promise<void> {
  const { businessAccountId } = line;
  const stock = openStock(ctx, {
    businessAccountId,
    at: Date.now(),
    adjustment: { personReference: userId, reason: "other" },
  });
  const reference = { orderReference: order._id, orderNumber: order.orderNumber, lineReference: line._id };
  await stock.move(from._id, { kind: "transfer", onHandDelta: -quantity, reservedDelta: 0 }, reference);
  await stock.move(to, { kind: "transfer", onHandDelta: quantity, reservedDelta: quantity }, reference);
  await stock.addShortfall(to, { backordered: -quantity });
  await stock.commit();

  const { otherBins = [], shortQuantity, pickedQuantity } = line;
  const before = otherBins.find(({ lotId }) => lotId === from._id)?.quantity ?? 0;
  const others = otherBins.filter(({ lotId }) => lotId !== from._id);
  const fetched = before + quantity;
  const after =
    fetched > 0 ? [...others, { lotId: from._id, location: from.location, quantity: fetched }] : others;
  const short = shortQuantity - quantity;
  const fields = {
    reservedQuantity: line.reservedQuantity + quantity,
    shortQuantity: short,
    backorderedSince: short > 0 ? order.firstSeenAt : undefined,
    otherBins: after.length > 0 ? after : undefined,
    // The packer holds the pieces, or has just put them back.
    ...(line.pickStatus === "picked" && { pickedQuantity: Math.max(0, pickedQuantity + quantity) }),
  };
  await ctx.db.patch("bricklinkOrderItems", line._id, fields);
  await patchOrder(ctx, order, {
    ...changedPickCounts(order, line, { ...line, ...fields }),
    reservedQuantity: order.reservedQuantity + quantity,
    shortQuantity: order.shortQuantity - quantity,
    changedAt: Date.now(),
  });
}

/** Gives pieces of another bin to a line that is short. Throws ConvexError `badQuantity`, `notFound` or `notOpen`. */
export const take = mutation({
  args: moveArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId, lineId, lotId, quantity }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.picking.otherBins.take");
    const found = await requireOpenLine(ctx, businessAccountId, lineId);
    const { line } = found;
    const from = (await otherLots(ctx, line)).find(({ _id }) => _id === lotId);
    const most = from === undefined ? 0 : Math.min(line.shortQuantity, availableOf(from));
    const to = line.inventoryItemId;
    if (
      from === undefined ||
      to === undefined ||
      !Number.isInteger(quantity) ||
      quantity < 1 ||
      quantity > most
    ) {
      throw badQuantity(`This bin can give ${most} pieces to the line now. Look at the line again.`);
    }
    await transfer(ctx, found, { from, to, quantity, userId: member.userId });
    const { orderNumber } = found.order;
    await askToLower(ctx, from, { orderNumber, quantity, personReference: member.userId });
    const deed = { subject: lineSubjectOf(found), quantity, location: from.location };
    await recordDeed(ctx, member, { action: "takenFromOtherBin", ...deed });
    return null;
  },
});

/** Undoes `take`: the pieces are in their bin again, and the line is short. Throws ConvexError `badQuantity`, `notFound` or `notOpen`. */
export const putBack = mutation({
  args: moveArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId, lineId, lotId, quantity }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.picking.otherBins.putBack");
    const found = await requireOpenLine(ctx, businessAccountId, lineId);
    const { line } = found;
    const fetched = line.otherBins?.find((bin) => bin.lotId === lotId)?.quantity ?? 0;
    const most = Math.min(fetched, line.reservedQuantity);
    const from = fetched === 0 ? null : await ctx.db.get("inventoryItems", lotId);
    const to = line.inventoryItemId;
    if (from === null || to === undefined || !Number.isInteger(quantity) || quantity < 1 || quantity > most) {
      throw badQuantity(`${most} pieces of this line are from that bin now. Look at the line again.`);
    }
    await transfer(ctx, found, { from, to, quantity: -quantity, userId: member.userId });
    await takeBackLowering(ctx, lotId, { orderNumber: found.order.orderNumber, quantity });
    const deed = { subject: lineSubjectOf(found), quantity, location: from.location };
    await recordDeed(ctx, member, { action: "putBackInOtherBin", ...deed });
    await fillBackorders(ctx, [from._id]);
    return null;
  },
});
