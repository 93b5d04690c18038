/**
 * Importing BrickLink's inventory: started and watched by staff, and what each round writes. How a round gets a listing
 * that can be trusted is in importRound.ts.
 */
import { ConvexError, v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalMutation, mutation, query } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { receiveLot } from "../../inventory/receiving";
import { lotAttributesValidator } from "../../inventory/schema";
import { openStock } from "../../inventory/stock";
import { activityFor, CALLS_KEPT_FOR_ORDERS, takeCalls } from "./activity";
import { activeCredential } from "./credentials";
import { sourceLotIdOf } from "./orderStore";
import { sealedValidator } from "./schema";
import { adoptLines, fillWaitingLines, openLinesOf } from "./waitingLines";

/** Orders, lots, orders. */
const CALLS_PER_ROUND = 3;

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
    const calls = takeCalls(activity, CALLS_PER_ROUND, Date.now(), CALLS_KEPT_FOR_ORDERS);
    if (credential === null || !calls.ok) {
      const message =
        credential === null
          ? "The store was paused."
          : "Today's BrickLink calls are nearly used up. Import tomorrow.";
      await ctx.db.patch("inventoryImports", importId, { status: "failed", finishedAt: Date.now(), message });
      return null;
    }
    await ctx.db.patch("storeActivity", activity._id, { callDay: calls.window });
    return { businessAccountId, sealedKeys: credential.sealedKeys };
  },
});

export const report = internalMutation({
  args: {
    ...importArgs,
    status: v.optional(v.union(v.literal("completed"), v.literal("failed"))),
    lotsListed: v.optional(v.number()),
    message: v.string(),
  },
  returns: v.null(),
  handler: async (ctx, { importId, status, lotsListed, message }) => {
    await ctx.db.patch("inventoryImports", importId, {
      message,
      ...(lotsListed !== undefined && { lotsListed }),
      ...(status !== undefined && { status, finishedAt: Date.now() }),
    });
    return null;
  },
});

/** Writes some listed lots, counting on top of each what its open lines, stored before `listedAt`, require. */
export const receiveLots = internalMutation({
  args: { ...importArgs, listedAt: v.number(), lots: v.array(listedLotValidator) },
  returns: v.null(),
  handler: async (ctx, { importId, listedAt, lots }) => {
    const run = await ctx.db.get("inventoryImports", importId);
    if (run === null) return null;
    const { businessAccountId } = run;
    const now = Date.now();
    const received: Id<"inventoryItems">[] = [];
    const stock = openStock(ctx, { businessAccountId, at: now });
    for (const { lotId, quantity, ...goods } of lots) {
      const open = await openLinesOf(ctx, businessAccountId, lotId);
      // A line stored after the listing began is not in the listed quantity's past: BrickLink had not taken it off yet.
      const required = open
        .filter((line) => line._creationTime < listedAt)
        .reduce((sum, line) => sum + line.quantity, 0);
      const listed = { ...goods, sourceLotId: sourceLotIdOf(lotId) };
      const inventoryItemId = await receiveLot(
        ctx,
        stock,
        businessAccountId,
        listed,
        quantity + required,
        now,
      );
      await adoptLines(ctx, inventoryItemId, goods.location, open);
      received.push(inventoryItemId);
    }
    await stock.commit();
    for (const lotId of received) await fillWaitingLines(ctx, lotId);
    await ctx.db.patch("inventoryImports", importId, { lotsWritten: run.lotsWritten + lots.length });
    return null;
  },
});
