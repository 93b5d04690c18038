/**
 * Orders that wait for a person. Whether one does is stored with it, by the transaction that changes it, so that finding them reads
 * no other orders.
 */
import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { query } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { isOpenTab, tabValidator } from "./tabs";

type Order = Doc<"bricklinkOrders">;

/** Orders listed of each kind. The answer says when there are more. */
const LISTED_MAX = 100;

/** Orders of each stage looked through for paid ones that wait, the oldest first. */
const WAITING_READ_MAX = 200;

type Condition = Pick<Order, "tab" | "shortQuantity" | "unmatchedLines" | "returnCount">;

/**
 * Whether a person has to look at an order: its status is a problem, a line is short or has no bin, or pieces are to be put back.
 */
export function needsPerson({ tab, shortQuantity, unmatchedLines, returnCount }: Condition): boolean {
  return (
    returnCount > 0 || tab === "problem" || (isOpenTab(tab) && (shortQuantity > 0 || unmatchedLines > 0))
  );
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

/** The stages of open orders that are not packed. A parcel that is packed waits for the post and not for the store. */
const unpackedStages = ["readyToPick", "picking", "picked", "onHold"] as const;

/**
 * Open orders that were paid before a time, milliseconds UTC, and are not packed, the one placed first in front. Those that `list` has
 * for another reason are among them.
 */
export const waiting = query({
  args: { businessAccountId: v.id("businessAccounts"), paidBefore: v.number() },
  returns: listValidator,
  handler: async (ctx, { businessAccountId, paidBefore }) => {
    await requireMember(ctx, businessAccountId, "orders.attention.waiting");
    const stages = await Promise.all(
      unpackedStages.map((stage) =>
        ctx.db
          .query("bricklinkOrders")
          .withIndex("by_stage_ordered", (q) =>
            q.eq("businessAccountId", businessAccountId).eq("stage", stage),
          )
          .take(WAITING_READ_MAX),
      ),
    );
    const late = stages
      .flat()
      .sort((a, b) => a.orderedAt - b.orderedAt)
      .filter(({ isPaid, tab }) => isPaid && tab === "toPack")
      .map((order) => attentionRow(order, order.payment.paidAt ?? order.orderedAt))
      .filter(({ since }) => since < paidBefore);
    return {
      orders: late.slice(0, LISTED_MAX),
      areThereMore: late.length > LISTED_MAX || stages.some(({ length }) => length === WAITING_READ_MAX),
    };
  },
});
