/**
 * What one order line should hold of one lot, as arithmetic on plain values: no database, no marketplace.
 * Every change of stock is the difference between this and what the line holds already, which is why applying the
 * same order again changes nothing.
 */
import type { MovementKind } from "./schema";

/** open: goods are promised. shipped: goods have left. cancelled: goods are free again. */
export type Phase = "open" | "shipped" | "cancelled";

/** What a line has of its lot: `reserved` still on the shelf, `fulfilled` already gone out with the order. */
export type Holding = { reserved: number; fulfilled: number };

export type Movement = { kind: MovementKind; onHandDelta: number; reservedDelta: number };

export type Settlement = {
  holding: Holding;
  /** Open and waiting for stock: required, not held. */
  short: number;
  /** Shipped though it was never held: on hand is that much too high. For the drift report. */
  shippedWithoutStock: number;
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
    holding: { reserved: target, fulfilled: 0 },
    short: required - target,
    shippedWithoutStock: 0,
    movements,
  };
}

function settleShipped(required: number, holding: Holding): Settlement {
  const movements: Movement[] = [];
  const leaving = Math.min(holding.reserved, Math.max(0, required - holding.fulfilled));
  const excess = holding.reserved - leaving;
  if (excess > 0) movements.push({ kind: "release", onHandDelta: 0, reservedDelta: -excess });
  if (leaving > 0) movements.push({ kind: "fulfil", onHandDelta: -leaving, reservedDelta: -leaving });
  const fulfilled = holding.fulfilled + leaving;
  return {
    holding: { reserved: 0, fulfilled },
    short: 0,
    shippedWithoutStock: Math.max(0, required - fulfilled),
    movements,
  };
}

function settleCancelled(holding: Holding): Settlement {
  // What was fulfilled stays out: only a person knows whether the parcel came back.
  return {
    holding: { reserved: 0, fulfilled: holding.fulfilled },
    short: 0,
    shippedWithoutStock: 0,
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
      return settleShipped(required, holding);
    case "cancelled":
      return settleCancelled(holding);
  }
}
