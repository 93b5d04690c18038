/**
 * Where each picker is on their walk, so that it resumes on any device and colleagues see who has a stop. Nothing of it is a deed:
 * the ticks are, and looking at a stop changes no order.
 */
import { ConvexError, v, type Infer } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import { mutation, query, type QueryCtx } from "../../_generated/server";
import { personLabel, requireMember } from "../../accounts/access";
import { findOrder } from "../apply/applySnapshot";
import { phaseOf } from "../tabs";

/** As many as a pick list looks up; see pickList.ts. */
const ORDERS_MAX = 200;

/** Characters. A stop is named by its bin and its goods, which the dashboard joins. */
const STOP_LENGTH_MAX = 500;

/** Colleagues shown, those seen last. */
const PICKERS_SHOWN = 20;

/** A stay at one stop is written again only after this long, so that pressing back and forth costs few writes. */
const REPEAT_AFTER_MS = 60_000;

const businessArgs = { businessAccountId: v.id("businessAccounts") };

const walkFields = {
  /** In the order of their totes. */
  orderNumbers: v.array(v.number()),
  /** The key of the stop, as the dashboard names it. */
  stop: v.string(),
};

type Walk = Doc<"pickWalks">;

async function walkOf(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  userId: Id<"users">,
): Promise<Walk | null> {
  return await ctx.db
    .query("pickWalks")
    .withIndex("by_person", (q) => q.eq("businessAccountId", businessAccountId).eq("userId", userId))
    .unique();
}

function isSameOrders(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((number, index) => number === b[index]);
}

/**
 * Records that the caller stands at a stop. Other orders than before begin a new walk in the place of the former one. Writes one row
 * that no other person writes. Throws ConvexError `walkInvalid`.
 */
export const visit = mutation({
  args: { ...businessArgs, ...walkFields },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, orderNumbers, stop }) => {
    const { userId } = await requireMember(ctx, businessAccountId, "orders.picking.walks.visit");
    if (orderNumbers.length === 0 || orderNumbers.length > ORDERS_MAX || stop.length > STOP_LENGTH_MAX) {
      throw new ConvexError({
        code: "walkInvalid",
        message: `A walk has 1 to ${ORDERS_MAX} orders. Choose fewer.`,
      });
    }
    const now = Date.now();
    const walk = await walkOf(ctx, businessAccountId, userId);
    if (walk === null) {
      await ctx.db.insert("pickWalks", {
        businessAccountId,
        userId,
        orderNumbers,
        stop,
        startedAt: now,
        activeAt: now,
      });
      return null;
    }
    const isSameWalk = isSameOrders(walk.orderNumbers, orderNumbers);
    if (isSameWalk && walk.stop === stop && now - walk.activeAt < REPEAT_AFTER_MS) return null;
    const startedAt = isSameWalk ? walk.startedAt : now;
    await ctx.db.patch("pickWalks", walk._id, { orderNumbers, stop, startedAt, activeAt: now });
    return null;
  },
});

/** Ends the caller's walk; nothing happens without one. */
export const end = mutation({
  args: businessArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    const { userId } = await requireMember(ctx, businessAccountId, "orders.picking.walks.end");
    const walk = await walkOf(ctx, businessAccountId, userId);
    if (walk !== null) await ctx.db.delete("pickWalks", walk._id);
    return null;
  },
});

/**
 * Lines of the walk's open orders for which there is something to do. Read from the orders, so that no line has to be; of an order
 * that lacks that count, the lines that are not picked.
 */
async function linesLeft(ctx: QueryCtx, { businessAccountId, orderNumbers }: Walk): Promise<number> {
  const orders = await Promise.all(
    orderNumbers.map((orderNumber) => findOrder(ctx, businessAccountId, orderNumber)),
  );
  return orders.reduce((sum, order) => {
    const isOpen = order !== null && phaseOf(order.tab) === "open";
    return isOpen ? sum + (order.toDoLines ?? order.lineCount - order.pickedLines) : sum;
  }, 0);
}

/** The caller's own walk, with how much of it is left; null when there is none. */
export const mine = query({
  args: businessArgs,
  returns: v.union(
    v.null(),
    v.object({ ...walkFields, startedAt: v.number(), activeAt: v.number(), linesLeft: v.number() }),
  ),
  handler: async (ctx, { businessAccountId }) => {
    const { userId } = await requireMember(ctx, businessAccountId, "orders.picking.walks.mine");
    const walk = await walkOf(ctx, businessAccountId, userId);
    if (walk === null) return null;
    const { orderNumbers, stop, startedAt, activeAt } = walk;
    return { orderNumbers, stop, startedAt, activeAt, linesLeft: await linesLeft(ctx, walk) };
  },
});

const pickerValidator = v.object({
  /** As colleagues see them; null when there is no such person any more. */
  person: v.union(v.string(), v.null()),
  stop: v.string(),
  /** The query does not know the time: whether that is too long ago to mean anything, the caller decides. */
  activeAt: v.number(),
});

/** Where the caller's colleagues are, those seen last first. */
export const colleagues = query({
  args: businessArgs,
  returns: v.array(pickerValidator),
  handler: async (ctx, { businessAccountId }) => {
    const { userId } = await requireMember(ctx, businessAccountId, "orders.picking.walks.colleagues");
    const walks = await ctx.db
      .query("pickWalks")
      .withIndex("by_active", (q) => q.eq("businessAccountId", businessAccountId))
      .order("desc")
      .take(PICKERS_SHOWN + 1);
    const others = walks.filter((walk) => walk.userId !== userId).slice(0, PICKERS_SHOWN);
    return await Promise.all(
      others.map(async (walk): Promise<Infer<typeof pickerValidator>> => ({
        person: await personLabel(ctx, walk.userId),
        stop: walk.stop,
        activeAt: walk.activeAt,
      })),
    );
  },
});
