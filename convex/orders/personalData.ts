/**
 * How long personal data of buyers is kept: the e-mail address, the postal address with its phone number, what the buyer wrote, and
 * fields that we do not know. The marketplace's user name stays with the order. BrickLink itself deletes an order's items and
 * addresses some six months after it (help 41).
 */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import { env, internalMutation } from "../_generated/server";
import { omitUndefined } from "../lib/collections";
import type { OrderSnapshot } from "./snapshot";
import { phaseOf } from "./tabs";

const DAYS = 180;
const DAY_MS = 24 * 60 * 60_000;

/** Orders changed in one transaction. */
const BATCH_SIZE = 200;

function keptForMs(): number {
  const configured = Number(env.PERSONAL_DATA_DAYS);
  return (configured > 0 ? configured : DAYS) * DAY_MS;
}

type Shipping = OrderSnapshot["shipping"];

function withoutAddress({ address: _address, ...shipping }: Shipping): Shipping {
  return shipping;
}

function hasPersonalData({ buyerEmail, remarks, unknownFieldsJson, shipping }: OrderSnapshot): boolean {
  return [buyerEmail, remarks, unknownFieldsJson, shipping.address].some((field) => field !== undefined);
}

/** A snapshot as it may be stored, and until when its personal data may be kept: milliseconds UTC. */
export type KeptSnapshot = OrderSnapshot & { personalDataUntil?: number };

/**
 * Dates the removal of personal data once an order is closed, and removes it at once where that date has passed: a marketplace may
 * send it for longer. `now`: milliseconds UTC.
 */
export function keptSnapshot(snapshot: OrderSnapshot, now: number): KeptSnapshot {
  if (phaseOf(snapshot.tab) === "open" || !hasPersonalData(snapshot)) return snapshot;
  const closedAt = snapshot.statusChangedAt ?? snapshot.shipping.shippedAt ?? snapshot.orderedAt;
  const personalDataUntil = closedAt + keptForMs();
  if (personalDataUntil > now) return { ...snapshot, personalDataUntil };
  const { buyerEmail: _email, remarks: _remarks, unknownFieldsJson: _unknown, shipping, ...rest } = snapshot;
  return omitUndefined({ ...rest, shipping: withoutAddress(shipping) });
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
    for (const { _id, shipping } of orders) {
      await ctx.db.patch("bricklinkOrders", _id, {
        buyerEmail: undefined,
        remarks: undefined,
        unknownFieldsJson: undefined,
        shipping: withoutAddress(shipping),
        personalDataUntil: undefined,
      });
    }
    if (orders.length === BATCH_SIZE) {
      await ctx.scheduler.runAfter(0, internal.orders.personalData.removeOld, {});
    }
    return null;
  },
});
