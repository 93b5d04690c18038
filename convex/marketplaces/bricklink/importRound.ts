/**
 * One attempt at a listing of one moment. A listed quantity is already net of everything ordered, so on hand = listed +
 * what open lines of the lot require. That holds only if orders and lots are of one moment: orders are listed before and
 * after the lots, every open one must be stored as listed, and when anything moved meanwhile it starts over.
 */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalAction, internalQuery, type ActionCtx } from "../../_generated/server";
import { activeCredential, storeClientFor } from "./credentials";
import type { Result } from "./failure";
import { findOrder } from "./orderStore";
import type { InventoryLot } from "./payloads";
import { differs, isHistory, ORDERS_PER_MUTATION } from "./reconcile";
import { orderSummaryValidator, type OrderSummary } from "./snapshot";
import type { Readable, StoreClient } from "./storeClient";

/** Rounds until it gives up: a store so busy that nothing holds still for seconds, or orders that cannot be read. */
const ROUNDS_MAX = 20;
const ROUND_PAUSE_MS = 4_000;

/** A lot is some ten reads and writes; Convex allows thousands of each. */
const LOTS_PER_MUTATION = 150;

/** How many listed orders are not stored as listed, or have changed since the listing began. */
export const countUnsettled = internalQuery({
  args: {
    businessAccountId: v.id("businessAccounts"),
    listedAt: v.number(),
    listed: v.array(orderSummaryValidator),
  },
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
  args: { businessAccountId: v.id("businessAccounts") },
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
  await ctx.scheduler.runAfter(ROUND_PAUSE_MS, internal.marketplaces.bricklink.importRound.runRound, {
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
    unsettled += await ctx.runQuery(internal.marketplaces.bricklink.importRound.countUnsettled, {
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
  args: { importId: v.id("inventoryImports"), round: v.number() },
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
      (await ctx.runQuery(internal.marketplaces.bricklink.importRound.hasLots, { businessAccountId }))
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
