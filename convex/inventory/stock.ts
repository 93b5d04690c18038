/** The only writer of a lot's quantities and of the ledger. Callers say what moves and why; both are written together. */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { omitUndefined } from "../lib/collections";
import { searchKeyOf } from "../lib/searchKey";
import { availableOf, type Movement } from "./reservation";
import type { AdjustmentReason, MovementKind } from "./schema";
import { insertLotSearchText } from "./search";

export type StockCause = {
  businessAccountId: Id<"businessAccounts">;
  /** Milliseconds UTC. */
  at: number;
  causeReference?: string;
  /** Set when a person makes the change. */
  adjustment?: Adjustment;
};

export type Adjustment = {
  personReference: string;
  reason: AdjustmentReason;
  note?: string;
  undoes?: Id<"inventoryLedger">;
};

/** Movements that establish what is on hand, rather than what an order takes from it. */
const kindsThatCount: readonly MovementKind[] = ["import", "adjust"];

/** The order line that a movement serves. */
export type LineReference = { orderReference: string; orderNumber: number; lineReference: string };

export type Lot = Doc<"inventoryItems">;

/** The goods of a lot and their bin, as an order's history names them. */
function itemOf({ itemName, colorName, location }: Lot): NonNullable<Doc<"inventoryLedger">["item"]> {
  return omitUndefined({ itemName, colorName, location });
}

/**
 * Lots under change within one transaction. `lot` reads each lot once and shows it as changed so far; `commit` writes the
 * lots and must be called last. `lot` and what changes a lot throw an Error for a lot that does not exist or belongs to
 * another business.
 */
export type Stock = {
  lot: (id: Id<"inventoryItems">) => Promise<Lot>;
  /** Registers lots that were found by an index, so that they are not read again. Returns them as changed so far. */
  register: (lots: Lot[]) => Lot[];
  /** Changes quantities and appends the ledger row. Throws an Error when reserved would be below 0 or above on hand. */
  move: (id: Id<"inventoryItems">, movement: Movement, line?: LineReference) => Promise<void>;
  /** Adds to what open lines lack of the lot, and to what was shipped without stock; negative to subtract. */
  addShortfall: (id: Id<"inventoryItems">, shortfall: Shortfall) => Promise<void>;
  /** Records that an import found on hand as it is. */
  confirm: (id: Id<"inventoryItems">) => Promise<void>;
  /** Records pieces that an import counted fewer than on hand and does not take off yet. `since`: milliseconds UTC. */
  deferFewerListed: (id: Id<"inventoryItems">, fewer: FewerListed) => Promise<void>;
  /** Records that an import could not count the lot. The next count removes the mark. */
  markUncertain: (id: Id<"inventoryItems">) => Promise<void>;
  /** Writes the lots. Returns those that have more available than before. */
  commit: () => Promise<Id<"inventoryItems">[]>;
};

export type FewerListed = NonNullable<Lot["fewerListed"]>;

/** Pieces that a lot could not give, as differences. */
export type Shortfall = { backordered?: number; shippedWithoutStock?: number };

/** The columns that only this module writes. One that is undefined is not stored. */
type Quantities = {
  quantityOnHand: number;
  quantityReserved: number;
  quantityBackordered: number;
  quantityShippedWithoutStock: number;
  countedAt: number | undefined;
  personCountedAt: number | undefined;
  uncertainSince: number | undefined;
  fewerListed: FewerListed | undefined;
};

function quantitiesOf(lot: Lot): Quantities {
  return {
    quantityOnHand: lot.quantityOnHand,
    quantityReserved: lot.quantityReserved,
    quantityBackordered: lot.quantityBackordered,
    quantityShippedWithoutStock: lot.quantityShippedWithoutStock,
    countedAt: lot.countedAt,
    personCountedAt: lot.personCountedAt,
    uncertainSince: lot.uncertainSince,
    fewerListed: lot.fewerListed,
  };
}

function isSameQuantities(a: Quantities, b: Quantities): boolean {
  return (Object.keys(a) as (keyof Quantities)[]).every((field) => a[field] === b[field]);
}

/** Opens the lots of one business for change. */
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

  async function change(id: Id<"inventoryItems">, quantities: Partial<Quantities>): Promise<void> {
    const now: Lot = omitUndefined({ ...(await lot(id)), ...quantities });
    const entry = lots.get(id);
    if (entry) entry.now = now;
  }

  async function move(id: Id<"inventoryItems">, movement: Movement, line?: LineReference): Promise<void> {
    const current = await lot(id);
    const quantityOnHand = current.quantityOnHand + movement.onHandDelta;
    const quantityReserved = current.quantityReserved + movement.reservedDelta;
    if (quantityReserved < 0 || quantityReserved > quantityOnHand) {
      // The error rolls the whole transaction back, so no wrong quantity is ever stored.
      throw new Error(
        `Lot ${id}: ${movement.kind} would leave ${quantityReserved} reserved of ${quantityOnHand} on hand.`,
      );
    }
    // An import needs none: its entries are read with their lot, and there are thousands of them.
    const keepsItem = line !== undefined || movement.kind === "adjust";
    await ctx.db.insert("inventoryLedger", {
      businessAccountId: cause.businessAccountId,
      inventoryItemId: id,
      kind: movement.kind,
      onHandBefore: current.quantityOnHand,
      onHandAfter: quantityOnHand,
      reservedBefore: current.quantityReserved,
      reservedAfter: quantityReserved,
      ...line,
      ...(keepsItem && { item: itemOf(current) }),
      ...(cause.causeReference !== undefined && { causeReference: cause.causeReference }),
      ...cause.adjustment,
      createdAt: cause.at,
    });
    const isCount = kindsThatCount.includes(movement.kind);
    await change(id, {
      quantityOnHand,
      quantityReserved,
      // A count includes whatever was shipped before it.
      ...(isCount && {
        countedAt: cause.at,
        quantityShippedWithoutStock: 0,
        personCountedAt: movement.kind === "adjust" ? cause.at : undefined,
        uncertainSince: undefined,
        fewerListed: undefined,
      }),
    });
  }

  async function addShortfall(
    id: Id<"inventoryItems">,
    { backordered = 0, shippedWithoutStock = 0 }: Shortfall,
  ): Promise<void> {
    const current = await lot(id);
    await change(id, {
      quantityBackordered: current.quantityBackordered + backordered,
      // A count resets this to 0, and the line that is re-opened after it may have been shipped before it.
      quantityShippedWithoutStock: Math.max(0, current.quantityShippedWithoutStock + shippedWithoutStock),
    });
  }

  async function confirm(id: Id<"inventoryItems">): Promise<void> {
    await change(id, { personCountedAt: undefined, uncertainSince: undefined, fewerListed: undefined });
  }

  async function deferFewerListed(id: Id<"inventoryItems">, fewerListed: FewerListed): Promise<void> {
    const { fewerListed: before } = await lot(id);
    const isSame = before?.quantity === fewerListed.quantity && before.since === fewerListed.since;
    if (!isSame) await change(id, { fewerListed });
  }

  async function markUncertain(id: Id<"inventoryItems">): Promise<void> {
    const { uncertainSince = cause.at } = await lot(id);
    await change(id, { uncertainSince });
  }

  async function commit(): Promise<Id<"inventoryItems">[]> {
    const freed: Id<"inventoryItems">[] = [];
    for (const [id, { before, now }] of lots) {
      if (isSameQuantities(quantitiesOf(before), quantitiesOf(now))) continue;
      await ctx.db.patch("inventoryItems", id, quantitiesOf(now));
      if (availableOf(now) > availableOf(before)) freed.push(id);
    }
    lots.clear();
    return freed;
  }

  return {
    lot,
    register: (found) => found.map(remember),
    move,
    addShortfall,
    confirm,
    deferFewerListed,
    markUncertain,
    commit,
  };
}

export type NewLot = Omit<
  Lot,
  "_id" | "_creationTime" | "businessAccountId" | "nameKey" | "hasSearchText" | "createdAt" | keyof Quantities
>;

/** Creates an empty lot. Its first stock is added by `move`, so that the ledger accounts for every piece. */
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
    hasSearchText: true,
    quantityOnHand: 0,
    quantityReserved: 0,
    quantityBackordered: 0,
    quantityShippedWithoutStock: 0,
    createdAt: at,
  });
  await insertLotSearchText(ctx, id, { businessAccountId, ...lot });
  const created = await ctx.db.get("inventoryItems", id);
  if (created === null) throw new Error(`Lot ${id} cannot be read after its insert.`);
  return created;
}
