/**
 * BrickLink's inventory into ours. A listed quantity is already net of everything ordered, so on hand = listed + what
 * open lines of the lot require. That holds only if orders and lots are of one moment: orders are listed before and
 * after the lots, every open one must be stored as listed, and when anything moved meanwhile it starts over.
 */
import { ConvexError, v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import {
  internalAction,
  internalMutation,
  internalQuery,
  mutation,
  query,
  type ActionCtx,
} from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { lotAttributesValidator } from "../../inventory/schema";
import { receiveLot } from "../../inventory/receiving";
import { openStock } from "../../inventory/stock";
import { activityFor, CALLS_KEPT_FOR_ORDERS, takeCalls } from "./activity";
import { activeCredential, storeClientFor } from "./credentials";
import type { Result } from "./failure";
import { findOrder, sourceLotIdOf } from "./orderStore";
import type { InventoryLot } from "./payloads";
import { differs, isHistory, ORDERS_PER_MUTATION } from "./reconcile";
import { sealedValidator } from "./schema";
import { orderSummaryValidator, type OrderSummary } from "./snapshot";
import type { Readable, StoreClient } from "./storeClient";
import { adoptLines, fillWaitingLines, openLinesOf } from "./waitingLines";

/** Orders, lots, orders. */
const CALLS_PER_ROUND = 3;

/** Rounds until it gives up: a store so busy that nothing holds still for seconds, or orders that cannot be read. */
const ROUNDS_MAX = 20;
const ROUND_PAUSE_MS = 4_000;

/** A lot is some ten reads and writes; Convex allows thousands of each. */
const LOTS_PER_MUTATION = 150;

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
    await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.inventoryImport.runRound, {
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

/** How many listed orders are not stored as listed, or have changed since the listing began. */
export const countUnsettled = internalQuery({
  args: { ...businessArgs, listedAt: v.number(), listed: v.array(orderSummaryValidator) },
  returns: v.number(),
  handler: async (ctx, { businessAccountId, listedAt, listed }) => {
    const credential = await activeCredential(ctx, businessAccountId);
    let unsettled = 0;
    for (const summary of listed) {
      const stored = await findOrder(ctx, businessAccountId, summary.orderNumber);
      if (stored === null) {
        if (credential !== null && !isHistory(summary, credential.connectedAt)) unsettled += 1;
      } else if (differs(summary, stored) || stored.changedAt >= listedAt) {
        unsettled += 1;
      }
    }
    return unsettled;
  },
});

export const hasLots = internalQuery({
  args: businessArgs,
  returns: v.boolean(),
  handler: async (ctx, { businessAccountId }) => {
    const lot = await ctx.db
      .query("inventoryItems")
      .withIndex("by_source_lot", (q) => q.eq("businessAccountId", businessAccountId))
      .first();
    return lot !== null;
  },
});

function chunks<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

type Listing = { orders: OrderSummary[]; lots: Readable<InventoryLot>; isStill: boolean };

async function list(client: StoreClient): Promise<Result<Listing>> {
  const before = await client.getOrders();
  if (!before.ok) return before;
  const lots = await client.getInventories();
  if (!lots.ok) return lots;
  const after = await client.getOrders();
  if (!after.ok) return after;
  const orders = after.value.entries;
  return { ok: true, value: { orders, lots: lots.value, isStill: isSameList(before.value.entries, orders) } };
}

/** Whether no order came, went or changed between two listings. The whole map is compared, not its newest entry. */
export function isSameList(before: readonly OrderSummary[], after: readonly OrderSummary[]): boolean {
  const entry = ({ orderNumber, status, statusChangedAt }: OrderSummary) =>
    `${orderNumber}:${status}:${statusChangedAt}`;
  const seen = new Set(before.map(entry));
  return before.length === after.length && after.every((order) => seen.has(entry(order)));
}

type Round = { importId: Id<"inventoryImports">; round: number };

async function tryAgain(ctx: ActionCtx, { importId, round }: Round, why: string): Promise<void> {
  const isLast = round >= ROUNDS_MAX;
  await ctx.runMutation(internal.marketplaces.bricklink.inventoryImport.report, {
    importId,
    message: why,
    ...(isLast && { status: "failed" as const }),
  });
  if (isLast) return;
  await ctx.scheduler.runAfter(ROUND_PAUSE_MS, internal.marketplaces.bricklink.inventoryImport.runRound, {
    importId,
    round: round + 1,
  });
}

/** How many listed orders stand in the way; each becomes a notification, so that the next round finds fewer. */
async function bringOrdersIn(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  listedAt: number,
  orders: OrderSummary[],
): Promise<number> {
  let unsettled = 0;
  for (const listed of chunks(orders, ORDERS_PER_MUTATION)) {
    unsettled += await ctx.runQuery(internal.marketplaces.bricklink.inventoryImport.countUnsettled, {
      businessAccountId,
      listedAt,
      listed,
    });
    await ctx.runMutation(internal.marketplaces.bricklink.reconcile.recordDifferences, {
      businessAccountId,
      startedAt: listedAt,
      listed,
    });
  }
  return unsettled;
}

async function receiveAll(
  ctx: ActionCtx,
  importId: Id<"inventoryImports">,
  listedAt: number,
  { entries, unreadable }: Readable<InventoryLot>,
): Promise<void> {
  const report = internal.marketplaces.bricklink.inventoryImport.report;
  await ctx.runMutation(report, { importId, lotsListed: entries.length, message: "Writing lots." });
  for (const lots of chunks(entries, LOTS_PER_MUTATION)) {
    await ctx.runMutation(internal.marketplaces.bricklink.inventoryImport.receiveLots, {
      importId,
      listedAt,
      lots,
    });
  }
  const skipped = unreadable === 0 ? "" : ` ${unreadable} lots could not be read and were left out.`;
  await ctx.runMutation(report, {
    importId,
    status: "completed",
    message: `${entries.length} lots imported.${skipped}`,
  });
}

/** One attempt at a listing of one moment. Not still, or not all orders read: another round a few seconds later. */
export const runRound = internalAction({
  args: { ...importArgs, round: v.number() },
  returns: v.null(),
  handler: async (ctx, { importId, round }) => {
    const work = await ctx.runMutation(internal.marketplaces.bricklink.inventoryImport.claimRound, {
      importId,
    });
    if (work === null) return null;
    const { businessAccountId, sealedKeys } = work;
    const listedAt = Date.now();
    const listing = await list(await storeClientFor(businessAccountId, sealedKeys));
    if (!listing.ok) {
      await tryAgain(ctx, { importId, round }, listing.failure.message);
      return null;
    }
    const { orders, lots, isStill } = listing.value;
    const unsettled = await bringOrdersIn(ctx, businessAccountId, listedAt, orders);
    if (unsettled > 0 || !isStill) {
      const why =
        unsettled > 0
          ? `Reading ${unsettled} orders first: what they hold counts as stock.`
          : "An order changed meanwhile; listing again.";
      await tryAgain(ctx, { importId, round }, why);
      return null;
    }
    if (
      lots.entries.length === 0 &&
      (await ctx.runQuery(internal.marketplaces.bricklink.inventoryImport.hasLots, { businessAccountId }))
    ) {
      await ctx.runMutation(internal.marketplaces.bricklink.inventoryImport.report, {
        importId,
        status: "failed",
        message:
          "BrickLink lists no lots, as it does for a closed store. Nothing was changed. Open the store there first.",
      });
      return null;
    }
    await receiveAll(ctx, importId, listedAt, lots);
    return null;
  },
});
