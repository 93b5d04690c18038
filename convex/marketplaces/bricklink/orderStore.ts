/**
 * An order's snapshot into the database: order, lines, reservations and ledger by difference, in the caller's
 * transaction. Applying the same snapshot twice writes nothing the second time.
 */
import type { WithoutSystemFields } from "convex/server";
import { compareValues, type Value } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../_generated/server";
import { findCandidates } from "../../inventory/candidates";
import { matchLine, type MatchKind } from "../../inventory/matching";
import { availableOf, nothingHeld, settleLine, type Holding, type Phase } from "../../inventory/reservation";
import { searchKeyOf } from "../../inventory/searchKey";
import { openStock, type Stock } from "../../inventory/stock";
import { countOrder } from "../../orders/counts";
import { activeCredential } from "./credentials";
import {
  compareLines,
  holdingOf,
  isSameWant,
  pickableQuantity,
  pickAfter,
  stockColumns,
  stockSummary,
  UNKNOWN_LOCATION,
  type Line,
  type LineFields,
  type PresentLine,
} from "./lineChanges";
import type { Notification } from "./notificationStore";
import { isOverSince, phaseOf, tabOf } from "./orderStatus";
import type { LineSnapshot, OrderSnapshot } from "./snapshot";
import { sourceLotIdOf } from "./sourceLot";
import { fillWaitingLines } from "./waitingLines";

type Order = Doc<"bricklinkOrders">;
type OrderFields = WithoutSystemFields<Order>;

/** An order is read whole. BrickLink orders have up to some hundred lots; Convex reads 32,000 documents at most. */
export const LINES_MAX = 4_000;

/** Reads longer than this belong to a person, not to a row of the table. */
const PUT_BACKS_KEPT = 50;

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

function isSame(a: object, b: object): boolean {
  return compareValues(a as Value, b as Value) === 0;
}

/** A purged order's items are gone from BrickLink; what we stored is then what was sent. */
function sentAgain(line: Line): LineSnapshot {
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
    lostPieces: _lost,
    waitingSince: _waiting,
    openSince: _open,
    openPartKey: _partKey,
    openNameKey: _nameKey,
    ...sent
  } = line;
  return { ...sent, location: remarks };
}

type Match = { matchedBy: MatchKind; inventoryItemId?: Id<"inventoryItems">; location: string };

async function matchFor(
  ctx: MutationCtx,
  stock: Stock,
  businessAccountId: Id<"businessAccounts">,
  sent: LineSnapshot,
  stored: Line | undefined,
): Promise<Match> {
  const keepsMatch =
    stored?.inventoryItemId !== undefined &&
    (isSameWant(stored, sent) || stored.fulfilledQuantity + stored.shippedWithoutStock > 0);
  if (stored?.inventoryItemId !== undefined && keepsMatch) {
    // The lot may have been moved to another bin since.
    const { location } = await stock.lot(stored.inventoryItemId);
    return { matchedBy: stored.matchedBy, inventoryItemId: stored.inventoryItemId, location };
  }
  const wanted = { ...sent, sourceLotId: sourceLotIdOf(sent.lotId) };
  const candidates = stock.known(await findCandidates(ctx, businessAccountId, wanted));
  const match = matchLine(wanted, candidates);
  if (match.kind === "unmatched") return { matchedBy: "unmatched", location: UNKNOWN_LOCATION };
  return { matchedBy: match.kind, inventoryItemId: match.lot._id, location: match.lot.location };
}

type LineContext = {
  stock: Stock;
  businessAccountId: Id<"businessAccounts">;
  orderId: Id<"bricklinkOrders">;
  firstSeenAt: number;
  phase: Phase;
  isHistory: boolean;
};

/** Gives back what a stored line holds on a lot that no longer serves it. */
async function letGo(context: LineContext, line: Line): Promise<void> {
  if (line.inventoryItemId === undefined) return;
  const { movements } = settleLine("cancelled", 0, holdingOf(line), 0);
  for (const movement of movements) {
    await context.stock.move(line.inventoryItemId, movement, {
      orderReference: context.orderId,
      lineReference: line._id,
    });
  }
}

/** The lot that serves a line and what the line holds of it. What it held of another lot is given back. */
async function rematch(
  ctx: MutationCtx,
  context: LineContext,
  { sent, stored }: PresentLine,
): Promise<{ match: Match; holding: Holding }> {
  const match = await matchFor(ctx, context.stock, context.businessAccountId, sent, stored);
  if (stored?.inventoryItemId === undefined || stored.inventoryItemId === match.inventoryItemId) {
    return { match, holding: holdingOf(stored) };
  }
  await letGo(context, stored);
  return { match, holding: nothingHeld };
}

/**
 * Matches one line, settles it with its lot and stores it, if anything differs. Returns the line as it is now. Matching
 * comes right before settling, so that a line sees what the lines before it have taken.
 */
async function storeLine(ctx: MutationCtx, context: LineContext, line: PresentLine): Promise<LineFields> {
  const { sent, stored } = line;
  const { match, holding } = await rematch(ctx, context, line);
  const { inventoryItemId } = match;
  const available = inventoryItemId === undefined ? 0 : availableOf(await context.stock.lot(inventoryItemId));
  // An order that was over before the store was connected has taken nothing from the shelf as we know it.
  const required = context.isHistory ? 0 : sent.quantity;
  const settlement = settleLine(context.phase, required, holding, available);
  const columns = stockColumns(context.phase, settlement, context.firstSeenAt);
  const pickable = context.phase === "open" ? pickableQuantity({ ...sent, ...columns, ...match }) : 0;
  const lostPieces = stored?.inventoryItemId === inventoryItemId ? stored?.lostPieces : undefined;
  const fields: LineFields = {
    businessAccountId: context.businessAccountId,
    orderId: context.orderId,
    ...sent,
    remarks: sent.location,
    ...match,
    ...columns,
    ...(context.phase === "open" && wantedColumns(sent)),
    ...pickAfter(stored, sent.quantity, pickable),
    ...(lostPieces && { lostPieces }),
  };
  const lineId = await writeLine(ctx, stored, fields);
  if (inventoryItemId !== undefined) {
    for (const movement of settlement.movements) {
      await context.stock.move(inventoryItemId, movement, {
        orderReference: context.orderId,
        lineReference: lineId,
      });
    }
  }
  return fields;
}

async function writeLine(
  ctx: MutationCtx,
  stored: Line | undefined,
  fields: LineFields,
): Promise<Id<"bricklinkOrderItems">> {
  if (stored === undefined) return await ctx.db.insert("bricklinkOrderItems", fields);
  const { _id, _creationTime, ...before } = stored;
  if (!isSame(before, fields)) await ctx.db.replace("bricklinkOrderItems", _id, fields);
  return _id;
}

/** Lines that give stock back go first, so that the same order's other lines can have it. */
function shrinkingFirst(lines: readonly PresentLine[]): PresentLine[] {
  const grows = ({ sent, stored }: PresentLine) =>
    sent.quantity > holdingOf(stored).reserved + holdingOf(stored).fulfilled;
  return [...lines.filter((line) => !grows(line)), ...lines.filter(grows)];
}

function putBacksOf(vanished: readonly Line[], now: number): OrderFields["putBacks"] {
  return vanished
    .filter((line) => line.pickedQuantity > 0)
    .map(({ itemName, partNumber, colorId, location, pickedQuantity }) => ({
      itemName,
      partNumber,
      colorId,
      location,
      quantity: pickedQuantity,
      markedAt: now,
    }));
}

type LinesResult = { lines: LineFields[]; putBacks: OrderFields["putBacks"]; freed: Id<"inventoryItems">[] };

async function storeLines(
  ctx: MutationCtx,
  context: LineContext,
  storedLines: Line[],
  sentLines: LineSnapshot[],
  now: number,
): Promise<LinesResult> {
  const { present, vanished } = compareLines(storedLines, sentLines);
  for (const line of vanished) {
    await letGo(context, line);
    await ctx.db.delete("bricklinkOrderItems", line._id);
  }
  const lines: LineFields[] = [];
  for (const line of shrinkingFirst(present)) lines.push(await storeLine(ctx, context, line));
  return { lines, putBacks: putBacksOf(vanished, now), freed: await context.stock.commit() };
}

/** By what a person looks for goods that open orders want. */
function wantedColumns({ partNumber, itemName }: LineSnapshot) {
  return { openPartKey: searchKeyOf(partNumber), openNameKey: searchKeyOf(itemName) };
}

function searchColumns(snapshot: OrderSnapshot) {
  return {
    tab: tabOf(snapshot.status),
    orderNumberText: String(snapshot.orderNumber),
    buyerKey: searchKeyOf(snapshot.buyerName ?? ""),
    grandTotal: snapshot.cost.grandTotal,
  };
}

async function insertOrder(
  ctx: MutationCtx,
  notification: Notification,
  snapshot: OrderSnapshot,
  fetchStartedAt: number,
  now: number,
): Promise<Order> {
  const { businessAccountId } = notification;
  const credential = await activeCredential(ctx, businessAccountId);
  const isHistory = credential !== null && isOverSince(snapshot, credential.connectedAt);
  const id = await ctx.db.insert("bricklinkOrders", {
    businessAccountId,
    ...snapshot,
    ...searchColumns(snapshot),
    ...stockSummary([]),
    source: notification.source,
    firstSeenAt: now,
    snapshotAt: fetchStartedAt,
    changedAt: now,
    putBacks: [],
    ...(isHistory && { isHistory }),
  });
  const order = await ctx.db.get("bricklinkOrders", id);
  if (order === null) throw new Error("An order vanished while it was made.");
  return order;
}

/** A closed order stays history; one that re-opens has goods to be promised like any other. */
function isStillHistory(order: Order, snapshot: OrderSnapshot): boolean {
  return order.isHistory === true && phaseOf(snapshot.status) !== "open";
}

async function updateOrder(
  ctx: MutationCtx,
  stored: Order,
  snapshot: OrderSnapshot,
  { lines, putBacks }: LinesResult,
  fetchStartedAt: number,
  now: number,
): Promise<void> {
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
    putBacks: [...before.putBacks, ...putBacks].slice(-PUT_BACKS_KEPT),
    ...(isStillHistory(stored, snapshot) && { isHistory: true }),
  };
  const isUnchanged = isSame({ ...before, snapshotAt: fetchStartedAt }, fields);
  await ctx.db.replace("bricklinkOrders", _id, isUnchanged ? fields : { ...fields, changedAt: now });
}

/**
 * Stores a snapshot whose fetch began at `fetchStartedAt`. `sentLines` null: BrickLink has none any more (purged),
 * ours stay. Returns "superseded", having written nothing, when the stored snapshot is as new or newer.
 */
export async function storeOrder(
  ctx: MutationCtx,
  notification: Notification,
  fetchStartedAt: number,
  snapshot: OrderSnapshot,
  sentLines: LineSnapshot[] | null,
): Promise<"applied" | "superseded"> {
  const now = Date.now();
  const { businessAccountId } = notification;
  const stored = await findOrder(ctx, businessAccountId, snapshot.orderNumber);
  if (stored && stored.snapshotAt >= fetchStartedAt) return "superseded";

  const order = stored ?? (await insertOrder(ctx, notification, snapshot, fetchStartedAt, now));
  const storedLines = stored
    ? await ctx.db
        .query("bricklinkOrderItems")
        .withIndex("by_order", (q) => q.eq("orderId", order._id))
        .take(LINES_MAX)
    : [];
  const context: LineContext = {
    stock: openStock(ctx, { businessAccountId, at: now, notificationReference: notification._id }),
    businessAccountId,
    orderId: order._id,
    firstSeenAt: order.firstSeenAt,
    phase: phaseOf(snapshot.status),
    isHistory: isStillHistory(order, snapshot),
  };
  const result = await storeLines(ctx, context, storedLines, sentLines ?? storedLines.map(sentAgain), now);
  await updateOrder(ctx, order, snapshot, result, fetchStartedAt, now);
  await countOrder(ctx, businessAccountId, stored?.status, snapshot.status);
  for (const lotId of result.freed) await fillWaitingLines(ctx, lotId);
  return "applied";
}
