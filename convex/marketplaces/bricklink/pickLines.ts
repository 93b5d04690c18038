/** What packers do to lines: ticks, pieces that are missing, goods to be put back. Called by orders/picking.ts. */
import { ConvexError } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import type { MutationCtx } from "../../_generated/server";
import { openStock } from "../../inventory/stock";
import type { Line } from "./lineChanges";
import { openTabs, type Tab } from "./orderStatus";
import { fillWaitingLines } from "./waitingLines";

type Order = Doc<"bricklinkOrders">;

/** Entries of one order's ledger that are looked through for what was reported missing. */
const ENTRIES_READ = 2_000;

export type LossReason = "missing" | "damaged";

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

/** What lies in the parcel once a line is ticked: what is required, less what is short. */
function pickable({ quantity, shortQuantity, matchedBy }: Line): number {
  return matchedBy === "unmatched" ? quantity : quantity - shortQuantity;
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
    const pickedQuantity = isPicked ? pickable(line) : 0;
    if (line.pickStatus === pickStatus && line.pickedQuantity === pickedQuantity) continue;
    await ctx.db.patch("bricklinkOrderItems", lineId, { pickStatus, pickedQuantity });
    const change = Number(isPicked) - Number(line.pickStatus === "picked");
    await ctx.db.patch("bricklinkOrders", order._id, { pickedLines: order.pickedLines + change });
  }
}

/**
 * Takes pieces that a packer did not find, or found broken, off on hand with that reason, so that they are promised to
 * nobody else. The line is short of them until the lot has more. Throws ConvexError.
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
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > line.reservedQuantity) {
    throw refusal(
      "badQuantity",
      `Of this line ${line.reservedQuantity} are reserved: report 1 to that many.`,
    );
  }
  if (line.inventoryItemId === undefined)
    throw refusal("unmatched", "This line has no lot to take pieces off.");
  const now = Date.now();
  const stock = openStock(ctx, { businessAccountId, at: now, adjustment: { personReference, reason } });
  await stock.move(
    line.inventoryItemId,
    { kind: reason, onHandDelta: -quantity, reservedDelta: -quantity },
    { orderReference: order._id, lineReference: line._id },
  );
  await stock.commit();
  const left = line.quantity - line.shortQuantity - quantity;
  await ctx.db.patch("bricklinkOrderItems", lineId, {
    reservedQuantity: line.reservedQuantity - quantity,
    shortQuantity: line.shortQuantity + quantity,
    waitingSince: order.firstSeenAt,
    ...(line.pickStatus === "picked" && { pickedQuantity: left }),
  });
  await ctx.db.patch("bricklinkOrders", order._id, {
    reservedQuantity: order.reservedQuantity - quantity,
    shortQuantity: order.shortQuantity + quantity,
    changedAt: now,
  });
  // Another bin's worth of the same lot may serve it at once.
  await fillWaitingLines(ctx, line.inventoryItemId);
}

/** Pieces of a line that were reported lost and not found since. */
async function lostOf(ctx: MutationCtx, { orderId, _id }: Line): Promise<number> {
  const entries = await ctx.db
    .query("inventoryLedger")
    .withIndex("by_order", (q) => q.eq("orderReference", orderId))
    .take(ENTRIES_READ);
  return entries
    .filter(
      ({ lineReference, kind }) => lineReference === _id && ["missing", "damaged", "found"].includes(kind),
    )
    .reduce((sum, { onHandBefore, onHandAfter }) => sum + onHandBefore - onHandAfter, 0);
}

/** Takes a report back: the pieces are on hand again, and go to who waits for them. Throws ConvexError. */
export async function takeLossBack(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  lineId: Id<"bricklinkOrderItems">,
  quantity: number,
  personReference: string,
): Promise<void> {
  const { line } = await lineAndOrder(ctx, businessAccountId, lineId);
  const lost = await lostOf(ctx, line);
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > lost || line.inventoryItemId === undefined) {
    throw refusal("badQuantity", `Of this line ${lost} are reported missing or damaged.`);
  }
  const adjustment = { personReference, reason: "found" as const };
  const stock = openStock(ctx, { businessAccountId, at: Date.now(), adjustment });
  await stock.move(
    line.inventoryItemId,
    { kind: "found", onHandDelta: quantity, reservedDelta: 0 },
    { orderReference: line.orderId, lineReference: line._id },
  );
  await stock.commit();
  await fillWaitingLines(ctx, line.inventoryItemId);
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
