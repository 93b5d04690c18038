/**
 * What happened to an order here, for its history: the payment, what it did to stock, who picked it, and counts of its lots. The
 * marketplace's adapter lists the marketplace's own events and what was sent to it.
 */
import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { query, type QueryCtx } from "../_generated/server";
import { personLabel, requireMember } from "../accounts/access";
import { deedsOfOrder } from "../accounts/auditLog";
import type { Deed } from "../accounts/deeds";
import { movedQuantity } from "../inventory/ledger";
import { adjustmentReasonValidator, movementKindValidator } from "../inventory/schema";
import { findOrder, linesOf } from "./apply/applySnapshot";

type Order = Doc<"bricklinkOrders">;
type Line = Doc<"bricklinkOrderItems">;

/** Newest ledger entries shown; older ones stay in the ledger. */
const MOVEMENTS_SHOWN = 200;

/** Lots of an order whose counts are shown, and the newest ledger entries of each that are looked through: at most 600 documents. */
const COUNTED_LOTS_MAX = 60;
const ENTRIES_PER_LOT_MAX = 10;

const itemValidator = v.object({
  itemName: v.string(),
  colorName: v.union(v.string(), v.null()),
  location: v.string(),
});
type Item = Infer<typeof itemValidator>;

function itemOf({ itemName, colorName, location }: Omit<Item, "colorName"> & { colorName?: string }): Item {
  return { itemName, colorName: colorName ?? null, location };
}

const movementValidator = v.object({
  at: v.number(),
  kind: movementKindValidator,
  /** Whole pieces, never negative: what the movement changed of on hand, or else of reserved. */
  quantity: v.number(),
  /** Null for what an order's own changes moved. */
  person: v.union(v.string(), v.null()),
  item: itemValidator,
});

/** The goods of an entry and their bin, as they were then; of an entry from before the ledger kept them, as they are now. */
async function itemOfEntry(
  ctx: QueryCtx,
  { item, lineReference, inventoryItemId }: Doc<"inventoryLedger">,
  lines: ReadonlyMap<string, Line>,
): Promise<Item> {
  const known =
    item ?? lines.get(lineReference ?? "") ?? (await ctx.db.get("inventoryItems", inventoryItemId));
  if (!known) throw new Error(`Lot ${inventoryItemId} does not exist.`);
  return itemOf(known);
}

/** The stock movements of an order, newest first. */
async function movementsOf(
  ctx: QueryCtx,
  order: Order,
  lines: readonly Line[],
): Promise<Infer<typeof movementValidator>[]> {
  const entries = await ctx.db
    .query("inventoryLedger")
    .withIndex("by_order", (q) => q.eq("orderReference", order._id))
    .order("desc")
    .take(MOVEMENTS_SHOWN);
  const lineById = new Map<string, Line>(lines.map((line) => [line._id, line]));
  return await Promise.all(
    entries.map(async (entry) => ({
      at: entry.createdAt,
      kind: entry.kind,
      quantity: movedQuantity(entry),
      person: entry.personReference === undefined ? null : await personLabel(ctx, entry.personReference),
      item: await itemOfEntry(ctx, entry, lineById),
    })),
  );
}

/** returned: pieces that the order no longer wants are in their bin again. fetched: a person asked BrickLink for the order. */
const stepKindValidator = v.union(
  v.literal("picked"),
  v.literal("unpicked"),
  v.literal("returned"),
  v.literal("fetched"),
);

const stepValidator = v.object({
  at: v.number(),
  person: v.union(v.string(), v.null()),
  kind: stepKindValidator,
  /** Pieces: of a tick those in the parcel, or that were in it before it was taken back; 0 for a fetch. */
  quantity: v.number(),
  item: v.union(itemValidator, v.null()),
});

/** What a deed adds to the history; null for what the ledger and the marketplace's adapter say already. */
function stepOf(deed: Deed): Pick<Infer<typeof stepValidator>, "kind" | "quantity" | "item"> | null {
  switch (deed.action) {
    case "linePicked":
      return { kind: "picked", quantity: deed.after, item: itemOf(deed.subject.item) };
    case "lineUnpicked":
      return { kind: "unpicked", quantity: deed.before, item: itemOf(deed.subject.item) };
    case "returnConfirmed":
      return { kind: "returned", quantity: deed.quantity, item: itemOf(deed.subject.item) };
    case "orderFetched":
      return { kind: "fetched", quantity: 0, item: null };
    default:
      return null;
  }
}

/** What people did with an order, newest first. */
async function stepsOf(
  ctx: QueryCtx,
  { businessAccountId, orderNumber }: Order,
): Promise<Infer<typeof stepValidator>[]> {
  const deeds = await deedsOfOrder(ctx, businessAccountId, orderNumber);
  return deeds.flatMap(({ at, person, deed }) => {
    const step = stepOf(deed);
    return step === null ? [] : [{ at, person, ...step }];
  });
}

const countValidator = v.object({
  at: v.number(),
  person: v.union(v.string(), v.null()),
  reason: v.union(adjustmentReasonValidator, v.null()),
  onHandBefore: v.number(),
  onHandAfter: v.number(),
  item: itemValidator,
});

/** Counts of a lot by people since a time in milliseconds UTC. */
async function countsOfLot(
  ctx: QueryCtx,
  line: Line,
  lotId: Id<"inventoryItems">,
  since: number,
): Promise<Infer<typeof countValidator>[]> {
  const entries = await ctx.db
    .query("inventoryLedger")
    .withIndex("by_item", (q) => q.eq("inventoryItemId", lotId))
    .order("desc")
    .take(ENTRIES_PER_LOT_MAX);
  return await Promise.all(
    entries
      .filter(({ kind, createdAt }) => kind === "adjust" && createdAt >= since)
      .map(async ({ createdAt, personReference, reason, onHandBefore, onHandAfter, item }) => ({
        at: createdAt,
        person: personReference === undefined ? null : await personLabel(ctx, personReference),
        reason: reason ?? null,
        onHandBefore,
        onHandAfter,
        item: itemOf(item ?? line),
      })),
  );
}

/** Counts of the lots of an order since it was first seen here: they say why its stock changed without an event of its own. */
async function countsOf(ctx: QueryCtx, { firstSeenAt }: Order, lines: readonly Line[]) {
  const lineByLot = new Map(
    lines.flatMap((line) =>
      line.inventoryItemId === undefined ? [] : [[line.inventoryItemId, line] as const],
    ),
  );
  const counts = await Promise.all(
    [...lineByLot]
      .slice(0, COUNTED_LOTS_MAX)
      .map(async ([lotId, line]) => await countsOfLot(ctx, line, lotId, firstSeenAt)),
  );
  return counts.flat();
}

/** The history of an order, each list in no particular order; null when this store has no order of that number. */
export const get = query({
  args: { businessAccountId: v.id("businessAccounts"), orderNumber: v.number() },
  returns: v.union(
    v.null(),
    v.object({
      orderedAt: v.number(),
      /** When the payment arrived, and how; null while it has not. */
      payment: v.union(v.null(), v.object({ at: v.number(), method: v.union(v.string(), v.null()) })),
      movements: v.array(movementValidator),
      steps: v.array(stepValidator),
      counts: v.array(countValidator),
    }),
  ),
  handler: async (ctx, { businessAccountId, orderNumber }) => {
    await requireMember(ctx, businessAccountId, "orders.history.get");
    const order = await findOrder(ctx, businessAccountId, orderNumber);
    if (order === null) return null;
    const lines = await linesOf(ctx, order._id);
    const { paidAt, method } = order.payment;
    return {
      orderedAt: order.orderedAt,
      payment: paidAt === undefined ? null : { at: paidAt, method: method ?? null },
      movements: await movementsOf(ctx, order, lines),
      steps: await stepsOf(ctx, order),
      counts: await countsOf(ctx, order, lines),
    };
  },
});
