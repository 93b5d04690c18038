/**
 * Orders that wait for a person. Whether one does is stored with it, by the transaction that changes it, so that finding them reads
 * no other orders.
 */
import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { query, type MutationCtx } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { isOpenTab, tabValidator } from "./tabs";

type Order = Doc<"bricklinkOrders">;

/** Orders listed of each kind. The answer says when there are more. */
const LISTED_MAX = 100;

/** Open orders looked through for paid ones that wait, the oldest first. */
const WAITING_READ_MAX = 500;

type Condition = Pick<Order, "tab" | "shortQuantity" | "unmatchedLines" | "returnCount">;

/**
 * Whether a person has to look at an order: its status is a problem, a line is short or has no bin, or pieces are to be put back.
 */
export function needsPerson({ tab, shortQuantity, unmatchedLines, returnCount }: Condition): boolean {
  return (
    returnCount > 0 || tab === "problem" || (isOpenTab(tab) && (shortQuantity > 0 || unmatchedLines > 0))
  );
}

/** The field that says since when an order needs a person; empty where it does not. `now`: milliseconds UTC. */
export function attentionOf(
  order: Condition,
  since: number | undefined,
  now: number,
): Pick<Order, "needsPersonSince"> {
  return needsPerson(order) ? { needsPersonSince: since ?? now } : {};
}

/** Changes fields on which it depends whether the order needs a person, and that with them. */
export async function patchOrder(ctx: MutationCtx, order: Order, fields: Partial<Order>): Promise<void> {
  const { needsPersonSince } = attentionOf({ ...order, ...fields }, order.needsPersonSince, Date.now());
  await ctx.db.patch("bricklinkOrders", order._id, { ...fields, needsPersonSince });
}

const attentionValidator = v.object({
  orderNumber: v.number(),
  buyerName: v.union(v.string(), v.null()),
  status: v.string(),
  tab: tabValidator,
  shortQuantity: v.number(),
  unmatchedLines: v.number(),
  returnCount: v.number(),
  /** Since when it needs a person, or when it was paid. */
  since: v.number(),
});

function attentionRow(order: Order, since: number): Infer<typeof attentionValidator> {
  const { orderNumber, buyerName = null, status, tab, shortQuantity, unmatchedLines, returnCount } = order;
  return { orderNumber, buyerName, status, tab, shortQuantity, unmatchedLines, returnCount, since };
}

const listValidator = v.object({ orders: v.array(attentionValidator), areThereMore: v.boolean() });

/** Orders that need a person, the one that has waited longest first. */
export const list = query({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: listValidator,
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "orders.attention.list");
    const found = await ctx.db
      .query("bricklinkOrders")
      .withIndex("by_needs_person", (q) =>
        q.eq("businessAccountId", businessAccountId).gt("needsPersonSince", 0),
      )
      .take(LISTED_MAX + 1);
    return {
      orders: found
        .slice(0, LISTED_MAX)
        .map((order) => attentionRow(order, order.needsPersonSince ?? order.changedAt)),
      areThereMore: found.length > LISTED_MAX,
    };
  },
});

/** The status of a parcel that is ready: it waits for the post and not for the store. */
const PACKED = "PACKED";

/**
 * Open orders that were paid before a time, milliseconds UTC, and are not packed, the one placed first in front. Those that `list` has
 * for another reason are among them.
 */
export const waiting = query({
  args: { businessAccountId: v.id("businessAccounts"), paidBefore: v.number() },
  returns: listValidator,
  handler: async (ctx, { businessAccountId, paidBefore }) => {
    await requireMember(ctx, businessAccountId, "orders.attention.waiting");
    const open = await ctx.db
      .query("bricklinkOrders")
      .withIndex("by_tab_ordered", (q) => q.eq("businessAccountId", businessAccountId).eq("tab", "toPack"))
      .take(WAITING_READ_MAX);
    const late = open
      .filter(({ isPaid, status }) => isPaid && status !== PACKED)
      .map((order) => attentionRow(order, order.payment.paidAt ?? order.orderedAt))
      .filter(({ since }) => since < paidBefore);
    return {
      orders: late.slice(0, LISTED_MAX),
      areThereMore: late.length > LISTED_MAX || open.length === WAITING_READ_MAX,
    };
  },
});
