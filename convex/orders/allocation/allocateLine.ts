/** One line of a snapshot: matched to a lot, its stock allocated by difference, and stored if anything changed. */
import { compareValues, type Value } from "convex/values";
import type { Id } from "../../_generated/dataModel";
import type { MutationCtx } from "../../_generated/server";
import { findCandidates } from "../../inventory/candidates";
import { matchLine, type MatchKind } from "../../inventory/matching";
import { sourceLotIdOf } from "../../inventory/receiving";
import { allocate, availableOf, nothingHeld, type Holding, type Phase } from "../../inventory/reservation";
import type { LineReference, Lot, Stock } from "../../inventory/stock";
import { searchKeyOf } from "../../lib/searchKey";
import {
  allocationColumns,
  asksForSameGoods,
  holdingOf,
  pickColumns,
  UNKNOWN_LOCATION,
  type Line,
  type LineFields,
  type PresentLine,
} from "../apply/lineChanges";

/** What the lines of one order have in common while its snapshot is applied. Times in milliseconds UTC. */
export type OrderContext = {
  stock: Stock;
  businessAccountId: Id<"businessAccounts">;
  marketplace: string;
  orderId: Id<"bricklinkOrders">;
  orderNumber: number;
  firstSeenAt: number;
  phase: Phase;
  /** Closed before the store was connected: its lines require nothing. */
  isHistory: boolean;
  /** Whether anything of the order is to be put back, so that its lines may have a row in returnsToShelf. */
  hasReturns: boolean;
  /** When the goods left, as far as the marketplace says; else the time of this transaction. */
  shippedAt: number;
};

/** Whether two documents or parts of them are equal as Convex compares values. */
export function isSame(a: object, b: object): boolean {
  return compareValues(a as Value, b as Value) === 0;
}

function referenceOf(
  { orderId, orderNumber }: OrderContext,
  lineId: Id<"bricklinkOrderItems">,
): LineReference {
  return { orderReference: orderId, orderNumber, lineReference: lineId };
}

type Match = { matchedBy: MatchKind; inventoryItemId?: Id<"inventoryItems">; location: string };

async function matchOf(
  ctx: MutationCtx,
  { stock, businessAccountId, marketplace }: OrderContext,
  { sent, stored }: PresentLine,
): Promise<Match> {
  const keepsMatch =
    stored?.inventoryItemId !== undefined &&
    (asksForSameGoods(stored, sent) || stored.fulfilledQuantity + stored.shippedWithoutStock > 0);
  if (stored?.inventoryItemId !== undefined && keepsMatch) {
    // The lot may have been moved to another bin since.
    const { location } = await stock.lot(stored.inventoryItemId);
    return { matchedBy: stored.matchedBy, inventoryItemId: stored.inventoryItemId, location };
  }
  const wanted = { ...sent, sourceLotId: sourceLotIdOf(marketplace, sent.lotId) };
  const candidates = stock.register(await findCandidates(ctx, businessAccountId, wanted));
  const match = matchLine(wanted, candidates);
  if (match.kind === "unmatched") return { matchedBy: "unmatched", location: UNKNOWN_LOCATION };
  return { matchedBy: match.kind, inventoryItemId: match.lot._id, location: match.lot.location };
}

type Sent = Pick<Line, "shippedWithoutStock" | "losses" | "otherBins">;

/**
 * Pieces that left with the order and were not on hand. Those that a packer reported missing or damaged, and did not fetch from another
 * bin, did not leave: they are missing from the parcel, and the report has taken them off on hand.
 */
function sentWithoutStock({ shippedWithoutStock, losses, otherBins = [] }: Sent): number {
  const { missing, damaged } = losses ?? { missing: 0, damaged: 0 };
  const fetched = otherBins.reduce((sum, { quantity }) => sum + quantity, 0);
  return Math.max(0, shippedWithoutStock - Math.max(0, missing + damaged - fetched));
}

/** Releases what a stored line holds of its lot, when the line or the match no longer exists. */
export async function releaseReservation(context: OrderContext, line: Line): Promise<void> {
  const { inventoryItemId: lotId } = line;
  if (lotId === undefined) return;
  const { movements } = allocate("cancelled", 0, holdingOf(line), 0);
  for (const movement of movements) await context.stock.move(lotId, movement, referenceOf(context, line._id));
  await context.stock.addShortfall(lotId, {
    backordered: -line.shortQuantity,
    shippedWithoutStock: -sentWithoutStock(line),
  });
}

/** What the line holds of the lot that it matches now. A reservation on another lot is released. */
async function holdingAfterMatch(
  context: OrderContext,
  stored: Line | undefined,
  match: Match,
): Promise<Holding> {
  if (stored?.inventoryItemId === undefined || stored.inventoryItemId === match.inventoryItemId) {
    return holdingOf(stored);
  }
  await releaseReservation(context, stored);
  return nothingHeld;
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

/** By how much what the lot could not give changed. Goods that left before the lot was counted are in that count. */
function shortfallChange(context: OrderContext, lot: Lot, stored: Line | undefined, now: LineFields) {
  const before = stored?.inventoryItemId === lot._id ? stored : undefined;
  const shippedWithoutStock = sentWithoutStock(now) - (before ? sentWithoutStock(before) : 0);
  const isCounted = shippedWithoutStock > 0 && context.shippedAt <= (lot.countedAt ?? 0);
  return {
    backordered: now.shortQuantity - (before?.shortQuantity ?? 0),
    shippedWithoutStock: isCounted ? 0 : shippedWithoutStock,
  };
}

/**
 * Matches one line, allocates stock to it and stores it. Returns the line's fields as they are now. The match comes right
 * before the allocation, so that a line sees what the lines before it have taken.
 */
export async function allocateLine(
  ctx: MutationCtx,
  context: OrderContext,
  line: PresentLine,
): Promise<LineFields> {
  const { sent, stored } = line;
  const { stock, phase } = context;
  const match = await matchOf(ctx, context, line);
  const holding = await holdingAfterMatch(context, stored, match);
  const { inventoryItemId: lotId } = match;
  const lot = lotId === undefined ? null : await stock.lot(lotId);
  const required = context.isHistory ? 0 : sent.quantity;
  const available = lot === null ? 0 : availableOf(lot);
  const allocation = allocate(phase, required, holding, available, stored?.pickedQuantity);
  const columns = allocationColumns(phase, allocation, context.firstSeenAt);
  // What packers reported and fetched is about the matched lot.
  const { losses, latestLoss, otherBins } = (stored?.inventoryItemId === lotId ? stored : undefined) ?? {};
  const fields: LineFields = {
    businessAccountId: context.businessAccountId,
    orderId: context.orderId,
    ...sent,
    remarks: sent.location,
    ...match,
    ...columns,
    ...(phase === "open" && { openPartKey: searchKeyOf(sent.partNumber) }),
    ...pickColumns(stored, { ...sent, ...columns, ...match }, phase),
    ...(losses && { losses }),
    ...(latestLoss && { latestLoss }),
    ...(otherBins && { otherBins }),
  };
  const lineId = await writeLine(ctx, stored, fields);
  if (lot !== null) {
    for (const movement of allocation.movements) {
      await stock.move(lot._id, movement, referenceOf(context, lineId));
    }
    await stock.addShortfall(lot._id, shortfallChange(context, lot, stored, fields));
  }
  return fields;
}
