/** The line that a packer acts on, with its order, and how the audit log names it. */
import { ConvexError } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import type { QueryCtx } from "../../_generated/server";
import { itemOf } from "../../accounts/deeds";
import type { Line } from "../apply/lineChanges";
import { phaseOf } from "../tabs";

type LineOfOrder = { line: Line; order: Doc<"bricklinkOrders"> };

/** A line of this store with its order, open or not; null when there is none. */
export async function findLine(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  lineId: Id<"bricklinkOrderItems">,
): Promise<LineOfOrder | null> {
  const line = await ctx.db.get("bricklinkOrderItems", lineId);
  const order = line && (await ctx.db.get("bricklinkOrders", line.orderId));
  return line?.businessAccountId === businessAccountId && order ? { line, order } : null;
}

/** A line of an open order of this store. Throws ConvexError `notFound` or `notOpen`. */
export async function requireOpenLine(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  lineId: Id<"bricklinkOrderItems">,
): Promise<LineOfOrder> {
  const found = await findLine(ctx, businessAccountId, lineId);
  if (found === null) {
    throw new ConvexError({
      code: "notFound",
      message: "This line is no longer in the order. Look at the order again.",
    });
  }
  const { order } = found;
  if (phaseOf(order.tab) !== "open") {
    throw new ConvexError({
      code: "notOpen",
      message: `Order ${order.orderNumber} is ${order.status}: its lines can no longer be changed here.`,
    });
  }
  return found;
}

/** A line as the subject of a deed. */
export function lineSubjectOf({ line, order }: LineOfOrder) {
  const { inventoryItemId: lotId } = line;
  return {
    kind: "order" as const,
    orderNumber: order.orderNumber,
    item: itemOf(line),
    ...(lotId && { lotId }),
  };
}
