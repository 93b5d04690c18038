/**
 * What one order line should hold of one lot, as arithmetic on plain values: no database, no marketplace.
 * Every change of stock is the difference between this and what the line holds already, which is why applying the
 * same order again changes nothing.
 */
import type { MovementKind } from "./schema";

/** open: goods are promised. shipped: goods have left. cancelled: goods are free again. */
export type Phase = "open" | "shipped" | "cancelled";

/**
 * What a line has of its lot: `reserved` still on the shelf, `fulfilled` already gone out with the order.
 * `shippedWithoutStock` went out too, but was never held: it is not asked for a second time.
 */
export type Holding = { reserved: number; fulfilled: number; shippedWithoutStock: number };

export const nothingHeld: Holding = { reserved: 0, fulfilled: 0, shippedWithoutStock: 0 };

export type Movement = { kind: MovementKind; onHandDelta: number; reservedDelta: number };

export type Settlement = {
  /** Its `shippedWithoutStock` is for the drift report: on hand is that much too high. */
  holding: Holding;
  /** Open and waiting for stock: required, not held. */
  short: number;
  movements: Movement[];
};

/** What may be promised of a lot. */
export function availableOf(lot: { quantityOnHand: number; quantityReserved: number }): number {
  return lot.quantityOnHand - lot.quantityReserved;
}

function settleOpen(required: number, holding: Holding, available: number): Settlement {
  const movements: Movement[] = [];
  let { reserved } = holding;
  if (holding.fulfilled > 0) {
    // The status went backwards: the parcel never left, or came back. It takes back exactly what it gave.
    movements.push({ kind: "return", onHandDelta: holding.fulfilled, reservedDelta: holding.fulfilled });
    reserved += holding.fulfilled;
  }
  const target = Math.min(required, reserved + available);
  if (target !== reserved) {
    const reservedDelta = target - reserved;
    movements.push({ kind: reservedDelta > 0 ? "reserve" : "release", onHandDelta: 0, reservedDelta });
  }
  return {
    holding: { reserved: target, fulfilled: 0, shippedWithoutStock: 0 },
    short: required - target,
    movements,
  };
}

/**
 * What is held leaves. A line that was never seen open, because the order was shipped before it was fetched, takes from
 * the shelf now what it would have held: the goods are gone either way, and on hand must say so.
 */
function settleShipped(required: number, holding: Holding, available: number): Settlement {
  const movements: Movement[] = [];
  const { reserved, fulfilled } = holding;
  const unaccounted = Math.max(0, required - fulfilled - holding.shippedWithoutStock);
  const leaving = Math.min(unaccounted, reserved + available);
  const reservedDelta = leaving - reserved;
  if (reservedDelta !== 0) {
    movements.push({ kind: reservedDelta > 0 ? "reserve" : "release", onHandDelta: 0, reservedDelta });
  }
  if (leaving > 0) movements.push({ kind: "fulfil", onHandDelta: -leaving, reservedDelta: -leaving });
  return {
    holding: {
      reserved: 0,
      fulfilled: fulfilled + leaving,
      shippedWithoutStock: Math.max(0, required - fulfilled - leaving),
    },
    short: 0,
    movements,
  };
}

function settleCancelled(holding: Holding): Settlement {
  // What was fulfilled stays out: only a person knows whether the parcel came back.
  return {
    holding: { ...holding, reserved: 0 },
    short: 0,
    movements:
      holding.reserved > 0 ? [{ kind: "release", onHandDelta: 0, reservedDelta: -holding.reserved }] : [],
  };
}

/**
 * Settles one line against its lot.
 * `required`: pieces the order asks for. `available`: pieces of the lot promised to nobody, this line's own
 * holding not counted. Whole numbers of pieces, none negative.
 */
export function settleLine(phase: Phase, required: number, holding: Holding, available: number): Settlement {
  switch (phase) {
    case "open":
      return settleOpen(required, holding, available);
    case "shipped":
      return settleShipped(required, holding, available);
    case "cancelled":
      return settleCancelled(holding);
  }
}
