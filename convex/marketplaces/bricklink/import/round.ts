/**
 * One round of an import: a listing of BrickLink's orders and lots as of one moment. A listed quantity has everything ordered
 * deducted, so on hand = listed + what open lines of the lot require − what packers reported lost of it. That holds only if
 * orders and lots are of one moment: orders are listed before and after the lots, every open one must be stored as listed, and
 * when anything changed meanwhile another round starts. An order that cannot be read is left out and named, and the lots that it
 * required stay as they are.
 */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import type { Id } from "../../../_generated/dataModel";
import { internalAction, internalQuery, type ActionCtx } from "../../../_generated/server";
import { toResult, type Result } from "../api/failure";
import type { OrderSummary } from "../api/orderStatus";
import type { InventoryLot } from "../api/payloads";
import { storeClientFor } from "../connection/client";
import { BUSY_RETRY_MS } from "../limits/permission";
import type { ImportProgress } from "../schema";
import type { ParsedList, StoreClient } from "../storeClient";
import { enqueueAndCheck } from "./listedOrders";
import {
  nextPatience,
  patienceValidator,
  pauseMs,
  ROUNDS_WITHOUT_PROGRESS_MAX,
  type Patience,
} from "./rounds";
import { CALLS_FOR_LOTS } from "./runs";
import type { WriteResult } from "./writeLots";

/** With more unreadable orders than these, something else is wrong, and nothing is written. */
const UNREADABLE_ORDERS_MAX = 20;

/** A lot without open lines takes some ten reads and writes; Convex allows thousands of each in a mutation. */
const LOTS_PER_MUTATION = 150;

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

/** Whether no order was added, removed or changed between two listings. All entries are compared, not only the newest. */
export function isSameList(before: readonly OrderSummary[], after: readonly OrderSummary[]): boolean {
  const entry = ({ orderNumber, status, statusChangedAt }: OrderSummary) =>
    `${orderNumber}:${status}:${statusChangedAt}`;
  const seen = new Set(before.map(entry));
  return before.length === after.length && after.every((order) => seen.has(entry(order)));
}

type Round = { importId: Id<"inventoryImports">; patience: Patience };

/** Starts another round after a pause, or ends the import as failed when there was no progress for too long. */
async function scheduleNextRound(
  ctx: ActionCtx,
  { importId, patience }: Round,
  progress: ImportProgress,
): Promise<void> {
  const isLast = patience.stalledRounds >= ROUNDS_WITHOUT_PROGRESS_MAX;
  await ctx.runMutation(internal.marketplaces.bricklink.import.runs.report, {
    importId,
    progress,
    ...(isLast && { status: "failed" as const }),
  });
  if (isLast) return;
  await ctx.scheduler.runAfter(pauseMs(patience), internal.marketplaces.bricklink.import.round.runRound, {
    importId,
    patience,
  });
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
    const { handled, ...counts } = await write(lots.slice(done, done + LOTS_PER_MUTATION));
    done += handled;
    for (const name of Object.keys(counts) as (keyof Written)[]) written[name] += counts[name];
  }
}

type LotIdsPage = { lotIds: number[]; next: string | null };

/** The lots, by BrickLink's ids, that are on hand or required by open lines and that BrickLink does not list. */
async function unlistedLots(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  listedIds: readonly number[],
): Promise<number[]> {
  const { listImportedLots, listRequiredLots } = internal.marketplaces.bricklink.import.writeLots;
  const listed = new Set(listedIds);
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

/** What BrickLink listed, as of one moment. */
type Listing = { listedAt: number; lots: ParsedList<InventoryLot>; unreadableOrders: number[] };

/** Writes the listed lots, then those that are not listed. */
async function writeListing(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  importId: Id<"inventoryImports">,
  { listedAt, lots, unreadableOrders }: Listing,
): Promise<Written> {
  const { runs, writeLots } = internal.marketplaces.bricklink.import;
  const { entries, unreadable, unreadableIds } = lots;
  const args = { importId, listedAt, unreadableOrders };
  await ctx.runMutation(runs.report, {
    importId,
    lotsListed: entries.length,
    progress: { step: "writing" },
  });
  const written = { changed: 0, uncounted: 0, uncertain: 0, deferred: 0, lowered: 0 };
  await writeInParts(entries, written, (part) =>
    ctx.runMutation(writeLots.receiveLots, { ...args, lots: part }),
  );
  // Where even an entry's lot cannot be read, any lot may be the one, and none counts as sold out.
  if (unreadable > unreadableIds.length) return written;
  const listedIds = [...entries.map(({ lotId }) => lotId), ...unreadableIds];
  await writeInParts(await unlistedLots(ctx, businessAccountId, listedIds), written, (lotIds) =>
    ctx.runMutation(writeLots.writeUnlistedLots, { ...args, lotIds }),
  );
  return written;
}

/**
 * How a round ended. again: something changed or failed, or `missing` orders are not stored yet, and another round is needed.
 * busy: four calls of the store are in flight, and the round is to start once more. ended: the import ended elsewhere, since the
 * store may not call BrickLink now.
 */
type RoundResult =
  | { end: "completed" | "failed"; progress: ImportProgress }
  | { end: "again"; progress: ImportProgress; missing?: number }
  | { end: "busy" | "ended" };

function again(progress: ImportProgress): RoundResult {
  return { end: "again", progress };
}

type CallsResult<T> =
  { ok: true; value: T; businessAccountId: Id<"businessAccounts"> } | { ok: false; round: RoundResult };

/** Makes `count` calls, one after the other, if the store may make them now, and records how they ended. */
async function makeCalls<T>(
  ctx: ActionCtx,
  importId: Id<"inventoryImports">,
  count: number,
  calls: (client: StoreClient) => Promise<Result<T>>,
): Promise<CallsResult<T>> {
  const { claimCalls, finishCalls } = internal.marketplaces.bricklink.import.runs;
  const work = await ctx.runMutation(claimCalls, { importId, calls: count });
  if (work === null) return { ok: false, round: { end: "ended" } };
  if (work === "busy") return { ok: false, round: { end: "busy" } };
  const { businessAccountId, encryptedKeys } = work;
  const answer = await toResult(async () => calls(await storeClientFor(businessAccountId, encryptedKeys)));
  await ctx.runMutation(finishCalls, { importId, ...(!answer.ok && { failure: answer.failure }) });
  return answer.ok
    ? { ok: true, value: answer.value, businessAccountId }
    : { ok: false, round: again({ step: "failure", failure: answer.failure }) };
}

/** Lists the lots, and the orders again. */
async function listLots(
  client: StoreClient,
): Promise<Result<{ lots: ParsedList<InventoryLot>; after: ParsedList<OrderSummary> }>> {
  const lots = await client.getInventories();
  if (!lots.ok) return lots;
  const after = await client.getOrders();
  return after.ok ? { ok: true, value: { lots: lots.value, after: after.value } } : after;
}

/** The numbers of orders that cannot be read, the first of them for staff, and how many there are with unnumbered ones. */
function unreadableFields(numbers: readonly number[], unnumbered: number) {
  const count = numbers.length + unnumbered;
  return count === 0
    ? {}
    : { unreadableOrders: numbers.slice(0, UNREADABLE_ORDERS_MAX), unreadableOrderCount: count };
}

/** One round: orders; when all of them are stored, lots and orders again; and when nothing changed, the lots are written. */
async function attempt(ctx: ActionCtx, importId: Id<"inventoryImports">): Promise<RoundResult> {
  const listedAt = Date.now();
  const before = await makeCalls(ctx, importId, 1, (client) => client.getOrders());
  if (!before.ok) return before.round;
  const { businessAccountId } = before;
  const checked = await enqueueAndCheck(ctx, businessAccountId, listedAt, before.value.entries);
  if (checked.missing > 0) {
    const { missing } = checked;
    return { end: "again", progress: { step: "readingOrders", count: missing }, missing };
  }
  const { unreadable, unreadableIds } = before.value;
  const unreadableOrders = [...checked.unreadable, ...unreadableIds];
  const left = unreadableFields(unreadableOrders, unreadable - unreadableIds.length);
  if ((left.unreadableOrderCount ?? 0) > UNREADABLE_ORDERS_MAX) {
    return { end: "failed", progress: { step: "unreadableOrders", ...left } };
  }

  const listed = await makeCalls(ctx, importId, CALLS_FOR_LOTS, listLots);
  if (!listed.ok) return listed.round;
  const { lots, after } = listed.value;
  const isSame = isSameList(before.value.entries, after.entries);
  if (!isSame || after.unreadable !== unreadable) return again({ step: "changed" });
  const { hasGoods } = internal.marketplaces.bricklink.import.round;
  if (lots.entries.length === 0 && (await ctx.runQuery(hasGoods, { businessAccountId }))) {
    // A closed store lists no lots, which does not mean that it is sold out.
    return { end: "failed", progress: { step: "closedStore" } };
  }

  const listing = { listedAt, lots, unreadableOrders };
  const written = await writeListing(ctx, businessAccountId, importId, listing);
  if (written.changed > 0) return again({ step: "changed" });
  return {
    end: "completed",
    progress: {
      step: "imported",
      count: lots.entries.length,
      ...(lots.unreadable > 0 && { leftOut: lots.unreadable }),
      ...(written.uncounted > 0 && { uncounted: written.uncounted }),
      ...(written.uncertain > 0 && { uncertain: written.uncertain }),
      ...(written.deferred > 0 && { deferred: written.deferred }),
      ...(written.lowered > 0 && { lowered: written.lowered }),
      ...left,
    },
  };
}

/** Runs one round of an import, and schedules the next when it is needed. */
export const runRound = internalAction({
  args: { importId: v.id("inventoryImports"), patience: patienceValidator },
  returns: v.null(),
  handler: async (ctx, { importId, patience }) => {
    const { runs, round } = internal.marketplaces.bricklink.import;
    const result = await toResult(async () => ({ ok: true, value: await attempt(ctx, importId) }));
    const ended: RoundResult = result.ok ? result.value : again({ step: "failure", failure: result.failure });
    switch (ended.end) {
      case "again": {
        const next = nextPatience(patience, ended.missing);
        await scheduleNextRound(ctx, { importId, patience: next }, ended.progress);
        break;
      }
      case "busy":
        await ctx.scheduler.runAfter(BUSY_RETRY_MS, round.runRound, { importId, patience });
        break;
      case "completed":
      case "failed":
        await ctx.runMutation(runs.report, { importId, status: ended.end, progress: ended.progress });
        break;
      case "ended":
        break;
    }
    return null;
  },
});
