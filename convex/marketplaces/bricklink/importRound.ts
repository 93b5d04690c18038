/**
 * One attempt at a listing of one moment. A listed quantity is already net of everything ordered, so on hand = listed +
 * what open lines of the lot require. That holds only if orders and lots are of one moment: orders are listed before and
 * after the lots, every open one must be stored as listed, and when anything moved meanwhile it starts over.
 */
import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalAction, internalQuery, type ActionCtx } from "../../_generated/server";
import { chunks } from "./chunks";
import { activeCredential, storeClientFor } from "./credentials";
import { withoutThrowing, type Result } from "./failure";
import { findOrder } from "./orderStore";
import type { InventoryLot } from "./payloads";
import { differs, ORDERS_PER_MUTATION } from "./orderDifferences";
import { isOverSince } from "./orderStatus";
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
        if (credential !== null && !isOverSince(summary, credential.connectedAt)) unsettled += 1;
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

type Listing = { orders: Readable<OrderSummary>; lots: Readable<InventoryLot>; isStill: boolean };

async function list(client: StoreClient): Promise<Result<Listing>> {
  const before = await client.getOrders();
  if (!before.ok) return before;
  const lots = await client.getInventories();
  if (!lots.ok) return lots;
  const after = await client.getOrders();
  if (!after.ok) return after;
  const isStill = isSameList(before.value.entries, after.value.entries);
  return { ok: true, value: { orders: after.value, lots: lots.value, isStill } };
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
    await ctx.runMutation(internal.marketplaces.bricklink.orderDifferences.recordDifferences, {
      businessAccountId,
      startedAt: listedAt,
      listed,
    });
  }
  return unsettled;
}

/** Writes what was listed, and empties what was not. Returns whether all of it could be counted. */
async function receiveAll(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  importId: Id<"inventoryImports">,
  listedAt: number,
  lots: readonly InventoryLot[],
): Promise<boolean> {
  const { report, receiveLots, listImportedLots, emptyLots } =
    internal.marketplaces.bricklink.inventoryImport;
  await ctx.runMutation(report, { importId, lotsListed: lots.length, message: "Writing lots." });
  let isAll = true;
  for (const part of chunks(lots, LOTS_PER_MUTATION)) {
    isAll = (await ctx.runMutation(receiveLots, { importId, listedAt, lots: part })) && isAll;
  }
  const listed = new Set(lots.map(({ lotId }) => lotId));
  let cursor: string | null = null;
  do {
    const page: { lotIds: number[]; next: string | null } = await ctx.runQuery(listImportedLots, {
      businessAccountId,
      cursor,
    });
    for (const lotIds of chunks(
      page.lotIds.filter((lotId) => !listed.has(lotId)),
      LOTS_PER_MUTATION,
    )) {
      isAll = (await ctx.runMutation(emptyLots, { importId, listedAt, lotIds })) && isAll;
    }
    cursor = page.next;
  } while (cursor !== null);
  return isAll;
}

/** What one attempt came to: done, not possible at all, or to be tried again because something moved or failed. */
type Attempt = { end: "completed" | "failed"; message: string } | { end: "again"; message: string };

async function attempt(
  ctx: ActionCtx,
  importId: Id<"inventoryImports">,
  businessAccountId: Id<"businessAccounts">,
  client: StoreClient,
): Promise<Attempt> {
  const again = (message: string): Attempt => ({ end: "again", message });
  const listedAt = Date.now();
  const listing = await list(client);
  if (!listing.ok) return again(listing.failure.message);
  const { orders, lots, isStill } = listing.value;
  if (orders.unreadable > 0) {
    return again(
      `${orders.unreadable} orders in BrickLink's list could not be read: what they hold is not known.`,
    );
  }
  const unsettled = await bringOrdersIn(ctx, businessAccountId, listedAt, orders.entries);
  if (unsettled > 0) return again(`Reading ${unsettled} orders first: what they hold counts as stock.`);
  if (!isStill) return again("An order changed meanwhile; listing again.");
  const isEmpty = lots.entries.length === 0;
  if (
    isEmpty &&
    (await ctx.runQuery(internal.marketplaces.bricklink.importRound.hasLots, { businessAccountId }))
  ) {
    return { end: "failed", message: CLOSED_STORE };
  }
  if (!(await receiveAll(ctx, businessAccountId, importId, listedAt, lots.entries))) {
    return again("An order changed while lots were written; listing again.");
  }
  const skipped =
    lots.unreadable === 0 ? "" : ` ${lots.unreadable} lots could not be read and were left out.`;
  return { end: "completed", message: `${lots.entries.length} lots imported.${skipped}` };
}

const CLOSED_STORE =
  "BrickLink lists no lots, as it does for a closed store. Nothing was changed. Open the store there first.";

/** One attempt at a listing of one moment. Not still, or not all orders read: another round a few seconds later. */
export const runRound = internalAction({
  args: { importId: v.id("inventoryImports"), round: v.number() },
  returns: v.null(),
  handler: async (ctx, { importId, round }) => {
    const { claimRound, report } = internal.marketplaces.bricklink.inventoryImport;
    const work = await ctx.runMutation(claimRound, { importId });
    if (work === null) return null;
    const { businessAccountId, sealedKeys } = work;
    const done = await withoutThrowing(async () => {
      const client = await storeClientFor(businessAccountId, sealedKeys);
      return { ok: true, value: await attempt(ctx, importId, businessAccountId, client) };
    });
    const { end, message } = done.ok ? done.value : { end: "again" as const, message: done.failure.message };
    if (end === "again") await tryAgain(ctx, { importId, round }, message);
    else await ctx.runMutation(report, { importId, status: end, message });
    return null;
  },
});
