/** What packers do to lines: ticks, pieces that are missing, goods to be put back. Called by orders/picking.ts. */
import { ConvexError } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../_generated/server";
import { availableOf } from "../../inventory/reservation";
import { openStock } from "../../inventory/stock";
import { pickableQuantity, pickedDifference, type Line } from "./lineChanges";
import { openTabs, type Tab } from "./orderStatus";
import type { LostPieces } from "./schema";
import { fillWaitingLines } from "./waitingLines";

type Order = Doc<"bricklinkOrders">;

export type LossReason = keyof LostPieces;

function refusal(code: string, message: string): ConvexError<{ code: string; message: string }> {
  return new ConvexError({ code, message });
}

async function lineAndOrder(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  lineId: Id<"bricklinkOrderItems">,
): Promise<{ line: Line; order: Order }> {
  const line = await ctx.db.get("bricklinkOrderItems", lineId);
  const order = line && (await ctx.db.get("bricklinkOrders", line.orderId));
  if (line?.businessAccountId !== businessAccountId || !order) {
    throw refusal("notFound", "This line is no longer in the order. Look at the order again.");
  }
  if (!(openTabs as readonly Tab[]).includes(order.tab)) {
    throw refusal("notOpen", `Order ${order.orderNumber} is ${order.status}: nothing of it is to be picked.`);
  }
  return { line, order };
}

/** Ticks lines or takes ticks back. A tick on a changed line says that it was put right. Throws ConvexError. */
export async function pickLines(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  lineIds: readonly Id<"bricklinkOrderItems">[],
  isPicked: boolean,
): Promise<void> {
  for (const lineId of new Set(lineIds)) {
    const { line, order } = await lineAndOrder(ctx, businessAccountId, lineId);
    const pickStatus = isPicked ? ("picked" as const) : ("unpicked" as const);
    const pickedQuantity = isPicked ? pickableQuantity(line) : 0;
    if (line.pickStatus === pickStatus && line.pickedQuantity === pickedQuantity) continue;
    await ctx.db.patch("bricklinkOrderItems", lineId, { pickStatus, pickedQuantity });
    const pickedLines = order.pickedLines + pickedDifference(line, { pickStatus });
    await ctx.db.patch("bricklinkOrders", order._id, { pickedLines });
  }
}

const nothingLost: LostPieces = { missing: 0, damaged: 0 };

/** Pieces of the line's lot that are promised to nobody: they can take the place of what is lost, or be lost too. */
export async function spareOf(ctx: QueryCtx, line: Line): Promise<number> {
  const lot =
    line.inventoryItemId === undefined ? null : await ctx.db.get("inventoryItems", line.inventoryItemId);
  return lot === null ? 0 : availableOf(lot);
}

/**
 * Takes pieces that a packer did not find, or found broken, off on hand with that reason, so that they are promised to
 * nobody else. What the lot has to spare takes their place; beyond that the line is short until it has more. At most
 * what the line holds and the lot has to spare. Throws ConvexError.
 */
export async function reportLoss(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  lineId: Id<"bricklinkOrderItems">,
  quantity: number,
  reason: LossReason,
  personReference: string,
): Promise<void> {
  const { line, order } = await lineAndOrder(ctx, businessAccountId, lineId);
  const { inventoryItemId: lotId, lostPieces = nothingLost } = line;
  if (lotId === undefined) throw refusal("unmatched", "This line has no lot to take pieces off.");
  const most = line.reservedQuantity + (await spareOf(ctx, line));
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > most) {
    throw refusal("badQuantity", `This line and its bin have ${most}: report 1 to that many.`);
  }
  const now = Date.now();
  const held = Math.min(quantity, line.reservedQuantity);
  const stock = openStock(ctx, { businessAccountId, at: now, adjustment: { personReference, reason } });
  await stock.move(
    lotId,
    { kind: reason, onHandDelta: -quantity, reservedDelta: -held },
    { orderReference: order._id, lineReference: line._id },
  );
  await stock.commit();
  await ctx.db.patch("bricklinkOrderItems", lineId, {
    reservedQuantity: line.reservedQuantity - held,
    shortQuantity: line.shortQuantity + held,
    waitingSince: order.firstSeenAt,
    lostPieces: { ...lostPieces, [reason]: lostPieces[reason] + quantity },
    ...(line.pickStatus === "picked" && { pickedQuantity: Math.max(0, line.pickedQuantity - held) }),
  });
  await ctx.db.patch("bricklinkOrders", order._id, {
    reservedQuantity: order.reservedQuantity - held,
    shortQuantity: order.shortQuantity + held,
    changedAt: now,
  });
  await fillWaitingLines(ctx, lotId);
}

/** Takes reported pieces back: they are on hand again, and go to who waits for them. Throws ConvexError. */
export async function takeLossBack(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  lineId: Id<"bricklinkOrderItems">,
  quantity: number,
  reason: LossReason,
  personReference: string,
): Promise<void> {
  const { line } = await lineAndOrder(ctx, businessAccountId, lineId);
  const { inventoryItemId: lotId, lostPieces = nothingLost } = line;
  const lost = lostPieces[reason];
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > lost || lotId === undefined) {
    throw refusal("badQuantity", `Of this line ${lost} are reported ${reason} now. Look at it again.`);
  }
  const adjustment = { personReference, reason: "found" as const };
  const stock = openStock(ctx, { businessAccountId, at: Date.now(), adjustment });
  await stock.move(
    lotId,
    { kind: "found", onHandDelta: quantity, reservedDelta: 0 },
    { orderReference: line.orderId, lineReference: line._id },
  );
  await stock.commit();
  const left = { ...lostPieces, [reason]: lost - quantity };
  const isNothing = left.missing + left.damaged === 0;
  await ctx.db.patch("bricklinkOrderItems", lineId, { lostPieces: isNothing ? undefined : left });
  await fillWaitingLines(ctx, lotId);
}

/** What a vanished line had left in the parcel is back in its bin. Throws ConvexError `notFound`. */
export async function clearPutBack(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  order: Order,
  place: number,
): Promise<void> {
  if (order.businessAccountId !== businessAccountId || order.putBacks[place] === undefined) {
    throw refusal("notFound", "This was put back already.");
  }
  await ctx.db.patch("bricklinkOrders", order._id, {
    putBacks: order.putBacks.filter((_, index) => index !== place),
  });
}
