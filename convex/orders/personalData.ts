/**
 * How long personal data of buyers is kept: the e-mail address, the postal address with its phone number, what the buyer wrote, in
 * remarks and in messages, and fields that we do not know. The marketplace's user name stays with the order. BrickLink itself deletes an order's items and
 * addresses some six months after it (help 41).
 */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import { env, internalMutation, type MutationCtx } from "../_generated/server";
import { omitUndefined } from "../lib/collections";
import { scheduleRemoval } from "./correspondence/removal";
import { storeSearchText } from "./search";
import type { OrderSnapshot } from "./snapshot";
import { phaseOf } from "./tabs";

const DAYS = 180;
const DAY_MS = 24 * 60 * 60_000;

/** Orders changed in one transaction. */
const BATCH_SIZE = 200;

/** For how long after its order was closed a buyer's personal data is kept, in milliseconds. */
export function personalDataKeptForMs(): number {
  const configured = Number(env.PERSONAL_DATA_DAYS);
  return (configured > 0 ? configured : DAYS) * DAY_MS;
}

type Shipping = OrderSnapshot["shipping"];

function withoutAddress({ address: _address, ...shipping }: Shipping): Shipping {
  return shipping;
}

/** What is left of an order once its personal data need not be kept any more. */
function withoutPersonalData(snapshot: OrderSnapshot): OrderSnapshot {
  const { buyerEmail: _email, remarks: _remarks, unknownFieldsJson: _unknown, shipping, ...rest } = snapshot;
  return { ...rest, shipping: withoutAddress(shipping) };
}

/** What is left of an order once its buyer is to be forgotten: neither their name nor where the parcel went. */
function withoutBuyer(snapshot: OrderSnapshot): OrderSnapshot {
  const { buyerName: _name, buyerOrderCount: _count, shipping, ...rest } = withoutPersonalData(snapshot);
  const { trackingNumber: _number, trackingLink: _link, ...shippingLeft } = shipping;
  return { ...rest, shipping: shippingLeft };
}

/**
 * A snapshot as it may be stored. `personalDataUntil`: until when its personal data may be kept. `buyerErasedAt`: when its buyer was
 * forgotten. Milliseconds UTC.
 */
export type KeptSnapshot = OrderSnapshot & { personalDataUntil?: number; buyerErasedAt?: number };

/**
 * Dates the removal of personal data once an order is closed, and removes it at once where that date has passed or the buyer was
 * forgotten: a marketplace may send it for longer. While such an order is open again, staff need it. `now`: milliseconds UTC.
 * `buyerErasedAt`: of the stored order.
 */
export function keptSnapshot(
  snapshot: OrderSnapshot,
  now: number,
  buyerErasedAt: number | undefined,
): KeptSnapshot {
  const erased = omitUndefined({ buyerErasedAt });
  if (phaseOf(snapshot.tab) === "open") return { ...snapshot, ...erased };
  if (buyerErasedAt !== undefined) return { ...withoutBuyer(snapshot), ...erased };
  const closedAt = snapshot.statusChangedAt ?? snapshot.shipping.shippedAt ?? snapshot.orderedAt;
  const personalDataUntil = closedAt + personalDataKeptForMs();
  return personalDataUntil > now ? { ...snapshot, personalDataUntil } : withoutPersonalData(snapshot);
}

type Keeping = Pick<Doc<"bricklinkOrders">, "tab" | "personalDataUntil" | "buyerErasedAt">;

/** Whether an owner had the buyer forgotten of an order that is closed. */
export function isBuyerForgotten({ tab, buyerErasedAt }: Keeping): boolean {
  return buyerErasedAt !== undefined && phaseOf(tab) !== "open";
}

/** Whether what a buyer writes may be stored with the order. Of a forgotten buyer nothing is dated. `now`: milliseconds UTC. */
export function mayKeepPersonalData(order: Keeping, now: number): boolean {
  if (phaseOf(order.tab) === "open") return true;
  return order.personalDataUntil !== undefined && order.personalDataUntil > now;
}

/**
 * Forgets the buyer of an order that is closed, for good: its later snapshots are stored without them. Returns false, having changed
 * nothing, for an order that is open.
 */
export async function eraseBuyerOf(
  ctx: MutationCtx,
  order: Doc<"bricklinkOrders">,
  now: number,
): Promise<boolean> {
  const { _id, tab, shipping } = order;
  if (phaseOf(tab) === "open") return false;
  const { trackingNumber: _number, trackingLink: _link, ...shippingLeft } = withoutAddress(shipping);
  await storeSearchText(ctx, _id, { ...order, buyerName: undefined, shipping: shippingLeft }, []);
  await ctx.db.patch("bricklinkOrders", _id, {
    buyerName: undefined,
    buyerKey: "",
    buyerEmail: undefined,
    buyerOrderCount: undefined,
    remarks: undefined,
    unknownFieldsJson: undefined,
    shipping: shippingLeft,
    personalDataUntil: undefined,
    buyerErasedAt: now,
    changedAt: now,
  });
  await scheduleRemoval(ctx, _id, true);
  return true;
}

/** Removes personal data that is no longer to be kept, from the orders of all stores. */
export const removeOld = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const orders = await ctx.db
      .query("bricklinkOrders")
      .withIndex("by_personal_data", (q) => q.gt("personalDataUntil", 0).lte("personalDataUntil", Date.now()))
      .take(BATCH_SIZE);
    for (const order of orders) {
      const { _id } = order;
      const shipping = withoutAddress(order.shipping);
      await ctx.db.patch("bricklinkOrders", _id, {
        buyerEmail: undefined,
        remarks: undefined,
        unknownFieldsJson: undefined,
        shipping,
        personalDataUntil: undefined,
      });
      await storeSearchText(ctx, _id, { ...order, shipping }, []);
      await scheduleRemoval(ctx, _id, false);
    }
    if (orders.length === BATCH_SIZE) {
      await ctx.scheduler.runAfter(0, internal.orders.personalData.removeOld, {});
    }
    return null;
  },
});
