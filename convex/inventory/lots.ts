/** The inventory screen: all lots in a chosen order, by search, those that orders wait for, and those that drifted. */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v, type Infer } from "convex/values";
import type { Id } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { boundedPage } from "../lib/pagination";
import { availableOf } from "./reservation";
import { recountOf, recountValidator } from "./recounts";
import { completenessValidator, conditionValidator } from "./schema";
import { findLots } from "./search";
import type { Lot } from "./stock";

/** Lots of one list that is not paged; it says when there are more. */
const LOTS_SHOWN = 100;

const businessArgs = { businessAccountId: v.id("businessAccounts") };

const lotSortValidator = v.union(v.literal("location"), v.literal("part"), v.literal("name"));

const lotRowValidator = v.object({
  lotId: v.id("inventoryItems"),
  itemType: v.string(),
  partNumber: v.string(),
  itemName: v.string(),
  colorId: v.number(),
  colorName: v.union(v.string(), v.null()),
  condition: conditionValidator,
  completeness: v.union(completenessValidator, v.null()),
  location: v.string(),
  onHand: v.number(),
  reserved: v.number(),
  available: v.number(),
  /** Pieces that open orders require and the lot does not have. */
  backordered: v.number(),
  /** Pieces that left with orders although they were never on hand here, since the lot was last counted. */
  drift: v.number(),
  /** Whether the latest import could not count the lot, because an order that requires it could not be read. */
  isUncertain: v.boolean(),
});

const lotListValidator = v.object({ lots: v.array(lotRowValidator), isMore: v.boolean() });

function lotRow(lot: Lot): Infer<typeof lotRowValidator> {
  return {
    lotId: lot._id,
    itemType: lot.itemType,
    partNumber: lot.partNumber,
    itemName: lot.itemName,
    colorId: lot.colorId,
    colorName: lot.colorName ?? null,
    condition: lot.condition,
    completeness: lot.completeness ?? null,
    location: lot.location,
    onHand: lot.quantityOnHand,
    reserved: lot.quantityReserved,
    available: availableOf(lot),
    backordered: lot.quantityBackordered,
    drift: lot.quantityShippedWithoutStock,
    isUncertain: lot.uncertainSince !== undefined,
  };
}

/** The first lots, and whether there are more. Ask for one lot more than is shown. */
function lotList(lots: readonly Lot[], isMore = false): Infer<typeof lotListValidator> {
  return { lots: lots.slice(0, LOTS_SHOWN).map(lotRow), isMore: isMore || lots.length > LOTS_SHOWN };
}

type BusinessId = Id<"businessAccounts">;

/** All lots of a store, in an order that an index has. */
function sortedLots(ctx: QueryCtx, business: BusinessId, sort: Infer<typeof lotSortValidator>) {
  const lots = ctx.db.query("inventoryItems");
  switch (sort) {
    case "location":
      return lots.withIndex("by_location", (q) => q.eq("businessAccountId", business));
    case "part":
      return lots.withIndex("by_attributes", (q) => q.eq("businessAccountId", business));
    case "name":
      return lots.withIndex("by_name", (q) => q.eq("businessAccountId", business));
  }
}

/** A page of all lots in the chosen order. */
export const list = query({
  args: { ...businessArgs, sort: lotSortValidator, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(lotRowValidator),
  handler: async (ctx, { businessAccountId, sort, paginationOpts }) => {
    await requireMember(ctx, businessAccountId, "inventory.lots.list");
    const result = await sortedLots(ctx, businessAccountId, sort).paginate(boundedPage(paginationOpts));
    return { ...result, page: result.page.map(lotRow) };
  },
});

/** Lots that have all words of what was typed in part number, name, colour or bin, the best first. */
export const find = query({
  args: { ...businessArgs, search: v.string() },
  returns: lotListValidator,
  handler: async (ctx, { businessAccountId, search }) => {
    await requireMember(ctx, businessAccountId, "inventory.lots.find");
    const { lots, isMore } = await findLots(ctx, businessAccountId, search);
    return lotList(lots, isMore);
  },
});

/** Lots that open orders wait for, the largest backorder first. */
export const short = query({
  args: businessArgs,
  returns: lotListValidator,
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "inventory.lots.short");
    const lots = await ctx.db
      .query("inventoryItems")
      .withIndex("by_backordered", (q) =>
        q.eq("businessAccountId", businessAccountId).gt("quantityBackordered", 0),
      )
      .order("desc")
      .take(LOTS_SHOWN + 1);
    return lotList(lots);
  },
});

/** Lots of which orders took more than was there, the largest difference first: their count is wrong. */
export const drift = query({
  args: businessArgs,
  returns: lotListValidator,
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "inventory.lots.drift");
    const lots = await ctx.db
      .query("inventoryItems")
      .withIndex("by_shipped_without_stock", (q) =>
        q.eq("businessAccountId", businessAccountId).gt("quantityShippedWithoutStock", 0),
      )
      .order("desc")
      .take(LOTS_SHOWN + 1);
    return lotList(lots);
  },
});

/** Lots to count again or to lower at the marketplace, each with why, the latest report first; see recounts.ts. */
export const toRecount = query({
  args: businessArgs,
  returns: v.object({
    lots: v.array(v.object({ ...lotRowValidator.fields, recount: recountValidator })),
    isMore: v.boolean(),
  }),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "inventory.lots.toRecount");
    const tasks = await ctx.db
      .query("recountTasks")
      .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
      .order("desc")
      .take(LOTS_SHOWN + 1);
    const lots = await Promise.all(
      tasks.slice(0, LOTS_SHOWN).map(async (task) => {
        const lot = await ctx.db.get("inventoryItems", task.inventoryItemId);
        return lot === null ? [] : [{ ...lotRow(lot), recount: recountOf(task) }];
      }),
    );
    return { lots: lots.flat(), isMore: tasks.length > LOTS_SHOWN };
  },
});

/** One lot; null when this store has none of that id. */
export const get = query({
  args: { ...businessArgs, lotId: v.string() },
  returns: v.union(v.null(), lotRowValidator),
  handler: async (ctx, { businessAccountId, lotId }) => {
    await requireMember(ctx, businessAccountId, "inventory.lots.get");
    const id = ctx.db.normalizeId("inventoryItems", lotId);
    const lot = id === null ? null : await ctx.db.get("inventoryItems", id);
    return lot?.businessAccountId === businessAccountId ? lotRow(lot) : null;
  },
});
