/**
 * Importing BrickLink's inventory: started and watched by staff, and what each round writes. How a round gets a listing
 * that can be trusted is in importRound.ts.
 */
import { ConvexError, v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalMutation, internalQuery, mutation, query, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { correctLot, receiveLot } from "../../inventory/receiving";
import { lotAttributesValidator } from "../../inventory/schema";
import { openStock } from "../../inventory/stock";
import { activityFor, permitCalls } from "./activity";
import { activeCredential } from "./credentials";
import type { Line } from "./lineChanges";
import { sealedValidator } from "./schema";
import { lotIdOf, sourceLotIdOf } from "./sourceLot";
import { adoptLines, fillWaitingLines, openLinesOf } from "./waitingLines";

/** Orders, lots, orders. */
const CALLS_PER_ROUND = 3;

/** Lots read in one transaction; Convex allows 32,000 documents. */
const LOTS_COMPARED = 2_000;

/** An import whose run died says "running" for ever; after this long another may start. */
const ABANDONED_AFTER_MS = 15 * 60_000;

const businessArgs = { businessAccountId: v.id("businessAccounts") };
const importArgs = { importId: v.id("inventoryImports") };

const importStatus = v.object({
  status: v.union(v.literal("running"), v.literal("completed"), v.literal("failed")),
  startedAt: v.number(),
  finishedAt: v.union(v.number(), v.null()),
  lotsListed: v.union(v.number(), v.null()),
  lotsWritten: v.number(),
  message: v.string(),
});

const listedLotValidator = v.object({
  ...lotAttributesValidator.fields,
  lotId: v.number(),
  itemName: v.string(),
  colorName: v.optional(v.string()),
  quantity: v.number(),
});

/** The store's latest import; null when there was none. */
export const latest = query({
  args: businessArgs,
  returns: v.union(importStatus, v.null()),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "viewer");
    const run = await ctx.db
      .query("inventoryImports")
      .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
      .order("desc")
      .first();
    if (run === null) return null;
    const { status, startedAt, finishedAt = null, lotsListed = null, lotsWritten, message } = run;
    return { status, startedAt, finishedAt, lotsListed, lotsWritten, message };
  },
});

/** Starts an import. Throws ConvexError `notConnected` or `alreadyRunning`. */
export const start = mutation({
  args: businessArgs,
  returns: v.id("inventoryImports"),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "owner");
    if ((await activeCredential(ctx, businessAccountId)) === null) {
      throw new ConvexError({ code: "notConnected", message: "Connect BrickLink, or resume it, first." });
    }
    const running = await ctx.db
      .query("inventoryImports")
      .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
      .order("desc")
      .first();
    const now = Date.now();
    if (running?.status === "running" && running.startedAt > now - ABANDONED_AFTER_MS) {
      throw new ConvexError({ code: "alreadyRunning", message: "An import is running already." });
    }
    const importId = await ctx.db.insert("inventoryImports", {
      businessAccountId,
      status: "running",
      startedAt: now,
      lotsWritten: 0,
      message: "Asking BrickLink for orders and lots.",
    });
    await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.importRound.runRound, {
      importId,
      round: 1,
    });
    return importId;
  },
});

/** Counts a round's calls. Null when the store was paused or its calls run low. */
export const claimRound = internalMutation({
  args: importArgs,
  returns: v.union(v.null(), v.object({ ...businessArgs, sealedKeys: sealedValidator })),
  handler: async (ctx, { importId }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run?.status !== "running") return null;
    const { businessAccountId } = run;
    const credential = await activeCredential(ctx, businessAccountId);
    const activity = await activityFor(ctx, businessAccountId);
    const calls = permitCalls(activity, CALLS_PER_ROUND, "upkeep", Date.now());
    if (credential === null || !calls.ok) {
      const message =
        credential === null
          ? "The store was paused."
          : "Today's BrickLink calls are nearly used up. Import tomorrow.";
      await ctx.db.patch("inventoryImports", importId, { status: "failed", finishedAt: Date.now(), message });
      return null;
    }
    await ctx.db.patch("storeActivity", activity._id, { callHours: calls.callHours });
    return { businessAccountId, sealedKeys: credential.sealedKeys };
  },
});

/** Says how an import goes. One that has ended stays as it ended. */
export const report = internalMutation({
  args: {
    ...importArgs,
    status: v.optional(v.union(v.literal("completed"), v.literal("failed"))),
    lotsListed: v.optional(v.number()),
    message: v.string(),
  },
  returns: v.null(),
  handler: async (ctx, { importId, status, lotsListed, message }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run?.status !== "running") return null;
    await ctx.db.patch("inventoryImports", importId, {
      message,
      ...(lotsListed !== undefined && { lotsListed }),
      ...(status !== undefined && { status, finishedAt: Date.now() }),
    });
    return null;
  },
});

/**
 * What open lines of a lot require on top of a listing made at `listedAt`; null when one of their orders was stored anew
 * since, so that what the listing had taken off for it is not known. A line stored after the listing began is not in the
 * listing's past: BrickLink had not taken it off yet.
 */
async function requiredSince(
  ctx: QueryCtx,
  lines: readonly Line[],
  listedAt: number,
): Promise<number | null> {
  let required = 0;
  for (const line of lines) {
    if (line._creationTime >= listedAt) continue;
    const order = await ctx.db.get("bricklinkOrders", line.orderId);
    if (order === null || order.snapshotAt >= listedAt) return null;
    required += line.quantity;
  }
  return required;
}

/**
 * Writes some listed lots, counting on top of each what its open lines require. Returns whether all could be counted: if
 * not, the import lists anew, which changes nothing about those that could.
 */
export const receiveLots = internalMutation({
  args: { ...importArgs, listedAt: v.number(), lots: v.array(listedLotValidator) },
  returns: v.boolean(),
  handler: async (ctx, { importId, listedAt, lots }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run?.status !== "running") return false;
    const { businessAccountId } = run;
    const now = Date.now();
    const received: Id<"inventoryItems">[] = [];
    const stock = openStock(ctx, { businessAccountId, at: now });
    for (const { lotId, quantity, ...goods } of lots) {
      const open = await openLinesOf(ctx, businessAccountId, lotId);
      const required = await requiredSince(ctx, open, listedAt);
      if (required === null) continue;
      const listed = { ...goods, sourceLotId: sourceLotIdOf(lotId) };
      const lot = await receiveLot(ctx, stock, businessAccountId, listed, quantity + required, now);
      await adoptLines(ctx, stock, lot, open);
      received.push(lot._id);
    }
    const freed = await stock.commit();
    for (const lotId of new Set([...received, ...freed])) await fillWaitingLines(ctx, lotId);
    await ctx.db.patch("inventoryImports", importId, { lotsWritten: run.lotsWritten + received.length });
    return received.length === lots.length;
  },
});

/** Our lots that were imported and are on hand, a page at a time, by BrickLink's ids. */
export const listImportedLots = internalQuery({
  args: { ...businessArgs, cursor: v.union(v.string(), v.null()) },
  returns: v.object({ lotIds: v.array(v.number()), next: v.union(v.string(), v.null()) }),
  handler: async (ctx, { businessAccountId, cursor }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("inventoryItems")
      .withIndex("by_source_lot", (q) =>
        q.eq("businessAccountId", businessAccountId).gt("sourceLotId", undefined),
      )
      .paginate({ cursor, numItems: LOTS_COMPARED });
    const lotIds = page.flatMap(({ sourceLotId, quantityOnHand }) => {
      const lotId = quantityOnHand > 0 ? lotIdOf(sourceLotId) : undefined;
      return lotId === undefined ? [] : [lotId];
    });
    return { lotIds, next: isDone ? null : continueCursor };
  },
});

/** Lots that BrickLink lists no more are sold out: on hand is what their open lines require. Returns as receiveLots. */
export const emptyLots = internalMutation({
  args: { ...importArgs, listedAt: v.number(), lotIds: v.array(v.number()) },
  returns: v.boolean(),
  handler: async (ctx, { importId, listedAt, lotIds }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run?.status !== "running") return false;
    const { businessAccountId } = run;
    const stock = openStock(ctx, { businessAccountId, at: Date.now() });
    let isAll = true;
    for (const lotId of lotIds) {
      const open = await openLinesOf(ctx, businessAccountId, lotId);
      const required = await requiredSince(ctx, open, listedAt);
      if (required === null) isAll = false;
      else await correctLot(ctx, stock, businessAccountId, sourceLotIdOf(lotId), required);
    }
    for (const lotId of await stock.commit()) await fillWaitingLines(ctx, lotId);
    return isAll;
  },
});
