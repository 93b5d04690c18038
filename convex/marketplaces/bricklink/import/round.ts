/**
 * One round of an import: a listing of BrickLink's orders and lots as of one moment. A listed quantity has everything ordered
 * deducted, so on hand = listed + what open lines of the lot require − what packers reported lost of it. That holds only if orders and lots are of one moment:
 * orders are listed before and after the lots, every open one must be stored as listed, and when anything changed meanwhile
 * another round starts.
 */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { internalAction, internalQuery, type ActionCtx } from "../../../_generated/server";
import { chunks } from "../../../lib/collections";
import { findOrder } from "../../../orders/apply/applySnapshot";
import { toResult, type Result } from "../api/failure";
import { isClosedBefore, orderSummaryValidator, type OrderSummary } from "../api/orderStatus";
import type { InventoryLot } from "../api/payloads";
import { activeCredential, storeClientFor } from "../connection/credentials";
import type { ImportProgress } from "../schema";
import type { ParsedList, StoreClient } from "../storeClient";
import { differs, ORDERS_PER_MUTATION } from "../sync/orderDifferences";
import type { WriteResult } from "./writeLots";

/** Rounds until an import gives up: orders change every few seconds, or some cannot be read. */
const ROUNDS_MAX = 20;
const ROUND_PAUSE_MS = 4_000;

/** A lot without open lines takes some ten reads and writes; Convex allows thousands of each in a mutation. */
const LOTS_PER_MUTATION = 150;

/** How many listed orders are not stored as listed, or have required other quantities since the listing began. */
export const countNotUpToDate = internalQuery({
  args: {
    businessAccountId: v.id("businessAccounts"),
    listedAt: v.number(),
    listed: v.array(orderSummaryValidator),
  },
  returns: v.number(),
  handler: async (ctx, { businessAccountId, listedAt, listed }) => {
    const credential = await activeCredential(ctx, businessAccountId);
    let notUpToDate = 0;
    for (const summary of listed) {
      const stored = await findOrder(ctx, businessAccountId, summary.orderNumber);
      if (stored === null) {
        if (credential !== null && !isClosedBefore(summary, credential.connectedAt)) notUpToDate += 1;
      } else if (differs(summary, stored) || (stored.demandChangedAt ?? 0) >= listedAt) {
        notUpToDate += 1;
      }
    }
    return notUpToDate;
  },
});

/** Whether the store has any lot or open order, so that an empty list does not mean a new store. */
export const hasGoods = internalQuery({
  args: { businessAccountId: v.id("businessAccounts") },
  returns: v.boolean(),
  handler: async (ctx, { businessAccountId }) => {
    const lot = await ctx.db
      .query("inventoryItems")
      .withIndex("by_source_lot", (q) => q.eq("businessAccountId", businessAccountId))
      .first();
    if (lot !== null) return true;
    const line = await ctx.db
      .query("bricklinkOrderItems")
      .withIndex("by_open_part", (q) =>
        q.eq("businessAccountId", businessAccountId).gt("openPartKey", undefined),
      )
      .first();
    return line !== null;
  },
});

type Listing = { orders: ParsedList<OrderSummary>; lots: ParsedList<InventoryLot>; isConsistent: boolean };

async function list(client: StoreClient): Promise<Result<Listing>> {
  const before = await client.getOrders();
  if (!before.ok) return before;
  const lots = await client.getInventories();
  if (!lots.ok) return lots;
  const after = await client.getOrders();
  if (!after.ok) return after;
  const isConsistent = isSameList(before.value.entries, after.value.entries);
  return { ok: true, value: { orders: after.value, lots: lots.value, isConsistent } };
}

/** Whether no order was added, removed or changed between two listings. All entries are compared, not only the newest. */
export function isSameList(before: readonly OrderSummary[], after: readonly OrderSummary[]): boolean {
  const entry = ({ orderNumber, status, statusChangedAt }: OrderSummary) =>
    `${orderNumber}:${status}:${statusChangedAt}`;
  const seen = new Set(before.map(entry));
  return before.length === after.length && after.every((order) => seen.has(entry(order)));
}

type Round = { importId: Id<"inventoryImports">; round: number };

/** Starts another round after a pause, or ends the import as failed after the last. */
async function scheduleNextRound(
  ctx: ActionCtx,
  { importId, round }: Round,
  progress: ImportProgress,
): Promise<void> {
  const isLast = round >= ROUNDS_MAX;
  await ctx.runMutation(internal.marketplaces.bricklink.import.runs.report, {
    importId,
    progress,
    ...(isLast && { status: "failed" as const }),
  });
  if (isLast) return;
  await ctx.scheduler.runAfter(ROUND_PAUSE_MS, internal.marketplaces.bricklink.import.round.runRound, {
    importId,
    round: round + 1,
  });
}

/** Counts the listed orders that are not stored as listed, and enqueues them, so that the next round finds fewer. */
async function enqueueNotUpToDate(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  listedAt: number,
  orders: OrderSummary[],
): Promise<number> {
  let notUpToDate = 0;
  for (const listed of chunks(orders, ORDERS_PER_MUTATION)) {
    notUpToDate += await ctx.runQuery(internal.marketplaces.bricklink.import.round.countNotUpToDate, {
      businessAccountId,
      listedAt,
      listed,
    });
    await ctx.runMutation(internal.marketplaces.bricklink.sync.orderDifferences.enqueueDifferences, {
      businessAccountId,
      startedAt: listedAt,
      listed,
    });
  }
  return notUpToDate;
}

/** What became of the lots of a listing, summed over its parts. */
type Written = Omit<WriteResult, "handled">;

/** Hands the lots to `write` in parts, each followed by what the one before it could not handle. Adds to `written`. */
async function writeInParts<Lot>(
  lots: readonly Lot[],
  written: Written,
  write: (part: Lot[]) => Promise<WriteResult>,
): Promise<void> {
  for (let done = 0; done < lots.length;) {
    const { handled, changed, uncounted } = await write(lots.slice(done, done + LOTS_PER_MUTATION));
    done += handled;
    written.changed += changed;
    written.uncounted += uncounted;
  }
}

type LotIdsPage = { lotIds: number[]; next: string | null };

/** The lots, by BrickLink's ids, that are on hand or required by open lines and that BrickLink does not list. */
async function unlistedLots(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  lots: readonly InventoryLot[],
): Promise<number[]> {
  const { listImportedLots, listRequiredLots } = internal.marketplaces.bricklink.import.writeLots;
  const listed = new Set(lots.map(({ lotId }) => lotId));
  const unlisted = new Set<number>();
  for (const query of [listImportedLots, listRequiredLots]) {
    let cursor: string | null = null;
    do {
      const page: LotIdsPage = await ctx.runQuery(query, { businessAccountId, cursor });
      for (const lotId of page.lotIds) if (!listed.has(lotId)) unlisted.add(lotId);
      cursor = page.next;
    } while (cursor !== null);
  }
  return [...unlisted];
}

/** Writes the listed lots, then those that are not listed. */
async function writeListing(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  importId: Id<"inventoryImports">,
  listedAt: number,
  lots: readonly InventoryLot[],
): Promise<Written> {
  const { runs, writeLots } = internal.marketplaces.bricklink.import;
  await ctx.runMutation(runs.report, {
    importId,
    lotsListed: lots.length,
    progress: { step: "writing" },
  });
  const written = { changed: 0, uncounted: 0 };
  await writeInParts(lots, written, (part) =>
    ctx.runMutation(writeLots.receiveLots, { importId, listedAt, lots: part }),
  );
  await writeInParts(await unlistedLots(ctx, businessAccountId, lots), written, (lotIds) =>
    ctx.runMutation(writeLots.writeUnlistedLots, { importId, listedAt, lotIds }),
  );
  return written;
}

/** How a round ended: `again` means that something changed or failed and another round is needed. */
type RoundResult = { end: "completed" | "failed" | "again"; progress: ImportProgress };

async function attempt(
  ctx: ActionCtx,
  importId: Id<"inventoryImports">,
  businessAccountId: Id<"businessAccounts">,
  client: StoreClient,
): Promise<RoundResult> {
  const again = (progress: ImportProgress): RoundResult => ({ end: "again", progress });
  const listedAt = Date.now();
  const listing = await list(client);
  if (!listing.ok) return again({ step: "failure", failure: listing.failure });
  const { orders, lots, isConsistent } = listing.value;
  // What an unreadable order holds is not known, so no lot can be counted.
  if (orders.unreadable > 0) return again({ step: "unreadableOrders", count: orders.unreadable });
  const notUpToDate = await enqueueNotUpToDate(ctx, businessAccountId, listedAt, orders.entries);
  if (notUpToDate > 0) return again({ step: "readingOrders", count: notUpToDate });
  if (!isConsistent) return again({ step: "changed" });
  const { hasGoods } = internal.marketplaces.bricklink.import.round;
  if (lots.entries.length === 0 && (await ctx.runQuery(hasGoods, { businessAccountId }))) {
    // A closed store lists no lots, which does not mean that it is sold out.
    return { end: "failed", progress: { step: "closedStore" } };
  }
  const written = await writeListing(ctx, businessAccountId, importId, listedAt, lots.entries);
  if (written.changed > 0) return again({ step: "changed" });
  return {
    end: "completed",
    progress: {
      step: "imported",
      count: lots.entries.length,
      ...(lots.unreadable > 0 && { leftOut: lots.unreadable }),
      ...(written.uncounted > 0 && { uncounted: written.uncounted }),
    },
  };
}

/** Runs one round of an import, and schedules the next when it is needed. */
export const runRound = internalAction({
  args: { importId: v.id("inventoryImports"), round: v.number() },
  returns: v.null(),
  handler: async (ctx, { importId, round }) => {
    const { claimRound, report } = internal.marketplaces.bricklink.import.runs;
    const work = await ctx.runMutation(claimRound, { importId });
    if (work === null) return null;
    const { businessAccountId, encryptedKeys } = work;
    const result = await toResult(async () => {
      const client = await storeClientFor(businessAccountId, encryptedKeys);
      return { ok: true, value: await attempt(ctx, importId, businessAccountId, client) };
    });
    const { end, progress }: RoundResult = result.ok
      ? result.value
      : { end: "again", progress: { step: "failure", failure: result.failure } };
    if (end === "again") await scheduleNextRound(ctx, { importId, round }, progress);
    else await ctx.runMutation(report, { importId, status: end, progress });
    return null;
  },
});
