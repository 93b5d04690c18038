/**
 * Stores an order's snapshot: the order, its lines, reservations, ledger entries and counts, all by difference and in the
 * caller's transaction. Applying the same snapshot twice writes nothing the second time.
 */
import type { WithoutSystemFields } from "convex/server";
import type { Doc, Id } from "../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../_generated/server";
import { openStock } from "../../inventory/stock";
import { omitUndefined } from "../../lib/collections";
import { searchKeyOf } from "../../lib/searchKey";
import { countOrder } from "../counts";
import { derivedFields } from "../patchOrder";
import { keptSnapshot, type KeptSnapshot } from "../personalData";
import type { Source } from "../schema";
import { storeSearchText } from "../search";
import type { LineSnapshot, OrderSnapshot } from "../snapshot";
import { phaseOf } from "../tabs";
import { fillBackorders } from "../allocation/backorders";
import { returnCancelledLine, returnRemovedLine } from "../picking/returnsToShelf";
import { allocateLine, isSame, releaseReservation, type OrderContext } from "../allocation/allocateLine";
import {
  compareLines,
  holdingOf,
  isDemandChanged,
  stockSummary,
  type Line,
  type LineFields,
  type PresentLine,
} from "./lineChanges";

type Order = Doc<"bricklinkOrders">;
type OrderFields = WithoutSystemFields<Order>;

/** An order is read whole. Orders have up to some hundred lots; Convex reads at most 32,000 documents in a transaction. */
const LINES_MAX = 4_000;

/** Throws an Error for an order with more lines than can be read: stored, it could never be read or changed again. */
function requireReadable(lineCount: number): void {
  if (lineCount > LINES_MAX) {
    throw new Error(
      `The order has more than ${LINES_MAX.toLocaleString("en")} lines, too many to be read whole.`,
    );
  }
}

/** A store's order by its number; null when there is none. */
export async function findOrder(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
): Promise<Order | null> {
  return await ctx.db
    .query("bricklinkOrders")
    .withIndex("by_number", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("orderNumber", orderNumber),
    )
    .unique();
}

/** All lines of an order, in the order in which they were stored. Throws an Error when there are more than 4,000. */
export async function linesOf(ctx: QueryCtx, orderId: Id<"bricklinkOrders">): Promise<Line[]> {
  const lines = await ctx.db
    .query("bricklinkOrderItems")
    .withIndex("by_order", (q) => q.eq("orderId", orderId))
    .take(LINES_MAX + 1);
  requireReadable(lines.length);
  return lines;
}

/** The snapshot that a stored line came from: for an order whose items the marketplace no longer has. */
function toSnapshot(line: Line): LineSnapshot {
  const {
    _id,
    _creationTime,
    businessAccountId: _business,
    orderId: _order,
    remarks,
    matchedBy: _matchedBy,
    inventoryItemId: _lot,
    reservedQuantity: _reserved,
    shortQuantity: _short,
    fulfilledQuantity: _fulfilled,
    shippedWithoutStock: _without,
    pickStatus: _pickStatus,
    pickedQuantity: _picked,
    pickedBy: _pickedBy,
    pickedAt: _pickedAt,
    losses: _losses,
    latestLoss: _latestLoss,
    otherBins: _otherBins,
    backorderedSince: _backordered,
    openSince: _open,
    openPartKey: _partKey,
    openNameKey: _nameKey,
    ...snapshot
  } = line;
  return { ...snapshot, location: remarks };
}

/** Lines that release stock come first, so that the same order's other lines can have it. */
function releasingLinesFirst(lines: readonly PresentLine[]): PresentLine[] {
  const grows = ({ sent, stored }: PresentLine) =>
    sent.quantity > holdingOf(stored).reserved + holdingOf(stored).fulfilled;
  return [...lines.filter((line) => !grows(line)), ...lines.filter(grows)];
}

type LinesResult = {
  lines: LineFields[];
  /** By how much the order's count of returns to the shelf changed. */
  returnsAdded: number;
  freed: Id<"inventoryItems">[];
  demand: DemandTimes;
};

type DemandTimes = Pick<OrderFields, "demandChangedAt" | "linesRemovedAt">;

async function applyLines(
  ctx: MutationCtx,
  context: OrderContext,
  storedLines: Line[],
  sentLines: LineSnapshot[],
  now: number,
): Promise<LinesResult> {
  const changes = compareLines(storedLines, sentLines);
  const { present, removed } = changes;
  const demand = {
    ...(isDemandChanged(changes, context.phase) && { demandChangedAt: now }),
    ...(removed.length > 0 && { linesRemovedAt: now }),
  };
  let returnsAdded = 0;
  for (const line of removed) {
    await releaseReservation(context, line);
    returnsAdded += await returnRemovedLine(ctx, context, line, now);
    await ctx.db.delete("bricklinkOrderItems", line._id);
  }
  const lines: LineFields[] = [];
  for (const line of releasingLinesFirst(present)) {
    lines.push(await allocateLine(ctx, context, line));
    if (line.stored) returnsAdded += await returnCancelledLine(ctx, context, line.stored, now);
  }
  return { lines, returnsAdded, freed: await context.stock.commit(), demand };
}

function searchColumns(snapshot: OrderSnapshot) {
  return {
    buyerKey: searchKeyOf(snapshot.buyerName ?? ""),
    grandTotal: snapshot.cost.grandTotal,
  };
}

/** Where a snapshot comes from. */
export type Origin = {
  businessAccountId: Id<"businessAccounts">;
  /** The marketplace's name, as its lots are known by (see `sourceLotIdOf`). */
  marketplace: string;
  source: Source;
  /** What the ledger names as the cause of the movements, e.g. a notification's id. */
  causeReference: string;
  /** Milliseconds UTC at which the fetch of the snapshot began. */
  fetchStartedAt: number;
  /** Of an order that is not stored yet: whether it was closed before the store was connected. */
  isHistory: () => Promise<boolean>;
};

async function insertOrder(
  ctx: MutationCtx,
  { businessAccountId, source, fetchStartedAt, ...origin }: Origin,
  snapshot: KeptSnapshot,
  now: number,
): Promise<Order> {
  const isHistory = await origin.isHistory();
  const id = await ctx.db.insert("bricklinkOrders", {
    businessAccountId,
    ...snapshot,
    ...searchColumns(snapshot),
    ...stockSummary([]),
    source,
    firstSeenAt: now,
    snapshotAt: fetchStartedAt,
    changedAt: now,
    returnCount: 0,
    ...(isHistory && { isHistory }),
  });
  const order = await ctx.db.get("bricklinkOrders", id);
  if (order === null) throw new Error(`Order ${id} cannot be read after its insert.`);
  return order;
}

/** A closed order stays history. One that re-opens has goods to reserve like any other. */
function isStillHistory(order: Order, snapshot: OrderSnapshot): boolean {
  return order.isHistory === true && phaseOf(snapshot.tab) !== "open";
}

function demandTimesOf({ demandChangedAt, linesRemovedAt }: DemandTimes): DemandTimes {
  return omitUndefined({ demandChangedAt, linesRemovedAt });
}

async function updateOrder(
  ctx: MutationCtx,
  stored: Order,
  snapshot: KeptSnapshot,
  { lines, returnsAdded, demand }: LinesResult,
  fetchStartedAt: number,
  now: number,
): Promise<OrderFields> {
  const { _id, _creationTime, ...before } = stored;
  const fields: OrderFields = {
    businessAccountId: before.businessAccountId,
    ...snapshot,
    ...searchColumns(snapshot),
    ...stockSummary(lines),
    source: before.source,
    firstSeenAt: before.firstSeenAt,
    snapshotAt: fetchStartedAt,
    changedAt: before.changedAt,
    ...demandTimesOf(before),
    ...demand,
    returnCount: before.returnCount + returnsAdded,
    ...(isStillHistory(stored, snapshot) && { isHistory: true }),
  };
  Object.assign(fields, omitUndefined(derivedFields(fields, before.needsPersonSince, now)));
  const isUnchanged = isSame({ ...before, snapshotAt: fetchStartedAt }, fields);
  await ctx.db.replace("bricklinkOrders", _id, isUnchanged ? fields : { ...fields, changedAt: now });
  return fields;
}

/**
 * Applies a snapshot. `sentLines` null: the marketplace no longer has the order's items, and the stored ones stay. Returns
 * "superseded", having written nothing, when the stored snapshot is as new or newer. Throws an Error for an order of more
 * than 4,000 lines.
 */
export async function applySnapshot(
  ctx: MutationCtx,
  origin: Origin,
  sentOrder: OrderSnapshot,
  sentLines: LineSnapshot[] | null,
): Promise<"applied" | "superseded"> {
  requireReadable(sentLines?.length ?? 0);
  const now = Date.now();
  const { businessAccountId, marketplace, causeReference, fetchStartedAt } = origin;
  const stored = await findOrder(ctx, businessAccountId, sentOrder.orderNumber);
  // A snapshot from the future was stored while the clock was ahead, and any is newer.
  if (stored && stored.snapshotAt >= fetchStartedAt && stored.snapshotAt <= now) return "superseded";

  const snapshot = keptSnapshot(sentOrder, now, stored?.buyerErasedAt);
  const order = stored ?? (await insertOrder(ctx, origin, snapshot, now));
  const storedLines = stored ? await linesOf(ctx, order._id) : [];
  const context: OrderContext = {
    stock: openStock(ctx, { businessAccountId, at: now, causeReference }),
    businessAccountId,
    marketplace,
    orderId: order._id,
    orderNumber: order.orderNumber,
    firstSeenAt: order.firstSeenAt,
    phase: phaseOf(snapshot.tab),
    isHistory: isStillHistory(order, snapshot),
    hasReturns: order.returnCount > 0,
    shippedAt: snapshot.shipping.shippedAt ?? snapshot.statusChangedAt ?? now,
  };
  const result = await applyLines(ctx, context, storedLines, sentLines ?? storedLines.map(toSnapshot), now);
  const fields = await updateOrder(ctx, order, snapshot, result, fetchStartedAt, now);
  await countOrder(ctx, order, stored, fields);
  await storeSearchText(ctx, order._id, fields, result.lines);
  await fillBackorders(ctx, result.freed);
  return "applied";
}
