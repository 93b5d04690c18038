/** The only writer of lots and of their ledger. Callers say what moves and why; both are written together. */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { searchKeyOf } from "./searchKey";
import { availableOf, type Movement } from "./reservation";
import type { AdjustmentReason, MovementKind } from "./schema";

export type StockCause = {
  businessAccountId: Id<"businessAccounts">;
  /** Milliseconds UTC. */
  at: number;
  notificationReference?: string;
  /** A person's own change. */
  adjustment?: Adjustment;
};

export type Adjustment = {
  personReference: string;
  reason: AdjustmentReason;
  note?: string;
  undoes?: Id<"inventoryLedger">;
};

/** Movements that say what lies on the shelf, rather than what an order takes from it. */
const counts: readonly MovementKind[] = ["import", "adjust"];

/** The order line a movement serves, as its marketplace knows it. */
export type LineReference = { orderReference: string; lineReference: string };

export type Lot = Doc<"inventoryItems">;

/**
 * Lots under change within one transaction. `lot` reads each lot once and shows it as changed so far; `move`
 * appends a ledger row; `commit` writes the lots and must be called last.
 */
export type Stock = {
  lot: (id: Id<"inventoryItems">) => Promise<Lot>;
  /** Makes candidates found by an index search known, so that they are not read again. Returns them as changed so far. */
  known: (lots: Lot[]) => Lot[];
  move: (id: Id<"inventoryItems">, movement: Movement, line?: LineReference) => Promise<void>;
  /** Returns the lots that have something to promise now and had less before. */
  commit: () => Promise<Id<"inventoryItems">[]>;
};

/** Opens the lots of one business for change. Throws when asked for another business's lot. */
export function openStock(ctx: MutationCtx, cause: StockCause): Stock {
  const lots = new Map<Id<"inventoryItems">, { before: Lot; now: Lot }>();

  function remember(lot: Lot): Lot {
    if (lot.businessAccountId !== cause.businessAccountId) {
      throw new Error(`Lot ${lot._id} belongs to another business.`);
    }
    const entry = lots.get(lot._id);
    if (entry) return entry.now;
    lots.set(lot._id, { before: lot, now: lot });
    return lot;
  }

  async function lot(id: Id<"inventoryItems">): Promise<Lot> {
    const entry = lots.get(id);
    if (entry) return entry.now;
    const found = await ctx.db.get("inventoryItems", id);
    if (found === null) throw new Error(`Lot ${id} does not exist.`);
    return remember(found);
  }

  async function move(id: Id<"inventoryItems">, movement: Movement, line?: LineReference): Promise<void> {
    const current = await lot(id);
    const quantityOnHand = current.quantityOnHand + movement.onHandDelta;
    const quantityReserved = current.quantityReserved + movement.reservedDelta;
    if (quantityReserved < 0 || quantityReserved > quantityOnHand) {
      // Refusing rolls the whole transaction back: a wrong number never reaches the shelf.
      throw new Error(
        `Lot ${id}: ${movement.kind} would leave ${quantityReserved} reserved of ${quantityOnHand} on hand.`,
      );
    }
    await ctx.db.insert("inventoryLedger", {
      businessAccountId: cause.businessAccountId,
      inventoryItemId: id,
      kind: movement.kind,
      onHandBefore: current.quantityOnHand,
      onHandAfter: quantityOnHand,
      reservedBefore: current.quantityReserved,
      reservedAfter: quantityReserved,
      ...line,
      ...(cause.notificationReference !== undefined && {
        notificationReference: cause.notificationReference,
      }),
      ...cause.adjustment,
      createdAt: cause.at,
    });
    const entry = lots.get(id);
    if (entry) {
      const countedAt = counts.includes(movement.kind) ? { countedAt: cause.at } : {};
      entry.now = { ...current, quantityOnHand, quantityReserved, ...countedAt };
    }
  }

  async function commit(): Promise<Id<"inventoryItems">[]> {
    const freed: Id<"inventoryItems">[] = [];
    for (const [id, { before, now }] of lots) {
      const isUnchanged =
        now.quantityOnHand === before.quantityOnHand && now.quantityReserved === before.quantityReserved;
      if (isUnchanged && now.countedAt === before.countedAt) continue;
      await ctx.db.patch("inventoryItems", id, {
        quantityOnHand: now.quantityOnHand,
        quantityReserved: now.quantityReserved,
        ...(now.countedAt !== undefined && { countedAt: now.countedAt }),
      });
      if (availableOf(now) > availableOf(before)) freed.push(id);
    }
    lots.clear();
    return freed;
  }

  return { lot, known: (found) => found.map(remember), move, commit };
}

export type NewLot = Omit<
  Lot,
  | "_id"
  | "_creationTime"
  | "businessAccountId"
  | "nameKey"
  | "quantityOnHand"
  | "quantityReserved"
  | "countedAt"
  | "createdAt"
>;

/** A new, empty lot. Its first stock comes by `move`, so that the ledger tells all of it. */
export async function createLot(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  lot: NewLot,
  at: number,
): Promise<Lot> {
  const id = await ctx.db.insert("inventoryItems", {
    businessAccountId,
    ...lot,
    nameKey: searchKeyOf(lot.itemName),
    quantityOnHand: 0,
    quantityReserved: 0,
    createdAt: at,
  });
  const created = await ctx.db.get("inventoryItems", id);
  if (created === null) throw new Error("A lot vanished while it was made.");
  return created;
}
