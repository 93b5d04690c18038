/** Changes of an order by staff or by stock, with what follows from them: its stage, its counts, whether it needs a person. */
import type { Doc } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { omitUndefined } from "../lib/collections";
import { needsPerson } from "./attention";
import { countOrder } from "./counts";
import { stageOf, type Stage } from "./stages";

type Order = Doc<"bricklinkOrders">;
type Condition = Parameters<typeof stageOf>[0] & Parameters<typeof needsPerson>[0];

/**
 * The fields that follow from an order's others; `needsPersonSince` is undefined where it needs nobody. `since`: as stored.
 * `now`: milliseconds UTC.
 */
export function derivedFields(
  order: Condition,
  since: number | undefined,
  now: number,
): { stage: Stage | undefined; needsPersonSince: number | undefined } {
  // Of an order that was stored before its lines were counted, the stage is not known yet.
  const stage = order.toDoLines === undefined ? undefined : stageOf(order);
  return { stage, needsPersonSince: needsPerson(order) ? (since ?? now) : undefined };
}

/** Changes fields of an order other than its status, and what follows from them. */
export async function patchOrder(ctx: MutationCtx, order: Order, fields: Partial<Order>): Promise<void> {
  const derived = derivedFields({ ...order, ...fields }, order.needsPersonSince, Date.now());
  await ctx.db.patch("bricklinkOrders", order._id, { ...fields, ...derived });
  await countOrder(ctx, order, order, { ...order, ...omitUndefined(derived) });
}
