/**
 * How many pieces of its lot one order line should hold, as arithmetic on plain values. Every change of stock is the
 * difference between this and what the line holds already, so applying the same order again changes nothing.
 */
import type { MovementKind } from "./schema";

/**
 * The phase of an order. open: its pieces are reserved. shipped: they have left. cancelled: they are available again, except
 * those in its parcel, which nobody else can be promised before they are back in their bin.
 */
export type Phase = "open" | "shipped" | "cancelled";

/**
 * What a line holds of its lot: `reserved` pieces are on the shelf, `fulfilled` pieces left with the order.
 * `shippedWithoutStock` pieces left too without having been reserved; they are not required a second time.
 */
export type Holding = { reserved: number; fulfilled: number; shippedWithoutStock: number };

export const nothingHeld: Holding = { reserved: 0, fulfilled: 0, shippedWithoutStock: 0 };

export type Movement = { kind: MovementKind; onHandDelta: number; reservedDelta: number };

export type Allocation = {
  /** Its `shippedWithoutStock` is for the drift report: on hand is too high by that many. */
  holding: Holding;
  /** Pieces that an open line requires and does not hold. */
  short: number;
  movements: Movement[];
};

/** Pieces of a lot that are promised to nobody. */
export function availableOf(lot: { quantityOnHand: number; quantityReserved: number }): number {
  return lot.quantityOnHand - lot.quantityReserved;
}

function allocateOpen(required: number, holding: Holding, available: number): Allocation {
  const movements: Movement[] = [];
  let { reserved } = holding;
  if (holding.fulfilled > 0) {
    // The status went backwards, so the parcel is here. The line takes back exactly what it gave.
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
 * What is held leaves. An order that was shipped before it was fetched has lines that hold nothing yet: they take from on
 * hand what they would have held, because those goods have left too.
 */
function allocateShipped(required: number, holding: Holding, available: number): Allocation {
  const movements: Movement[] = [];
  const { reserved, fulfilled } = holding;
  const notYetShipped = Math.max(0, required - fulfilled - holding.shippedWithoutStock);
  const toFulfil = Math.min(notYetShipped, reserved + available);
  const reservedDelta = toFulfil - reserved;
  if (reservedDelta !== 0) {
    movements.push({ kind: reservedDelta > 0 ? "reserve" : "release", onHandDelta: 0, reservedDelta });
  }
  if (toFulfil > 0) movements.push({ kind: "fulfil", onHandDelta: -toFulfil, reservedDelta: -toFulfil });
  return {
    holding: {
      reserved: 0,
      fulfilled: fulfilled + toFulfil,
      shippedWithoutStock: Math.max(0, required - fulfilled - toFulfil),
    },
    short: 0,
    movements,
  };
}

function allocateCancelled(holding: Holding, inParcel: number): Allocation {
  // What was fulfilled stays out, because only a person knows whether the parcel came back.
  const reserved = Math.min(holding.reserved, inParcel);
  const reservedDelta = reserved - holding.reserved;
  return {
    holding: { ...holding, reserved },
    short: 0,
    movements: reservedDelta < 0 ? [{ kind: "release", onHandDelta: 0, reservedDelta }] : [],
  };
}

/**
 * Allocates stock to one line. `required`: pieces that the order asks for. `available`: pieces of the lot that are promised
 * to nobody, without this line's own holding. `inParcel`: picked pieces that nobody has put back; a cancelled line goes on
 * holding them. All are whole numbers, none negative.
 */
export function allocate(
  phase: Phase,
  required: number,
  holding: Holding,
  available: number,
  inParcel = 0,
): Allocation {
  switch (phase) {
    case "open":
      return allocateOpen(required, holding, available);
    case "shipped":
      return allocateShipped(required, holding, available);
    case "cancelled":
      return allocateCancelled(holding, inParcel);
  }
}
