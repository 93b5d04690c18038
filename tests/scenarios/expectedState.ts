/**
 * The state that a store must end in, computed from BrickLink's final state only, by rules independent of the product's.
 */
import type { Order, StoreModel } from "../../local/bricklink/store/model";

/** Statuses of orders whose pieces have left the store. */
const SHIPPED_STATUSES = new Set(["SHIPPED", "RECEIVED", "COMPLETED"]);
/** Statuses of orders that hold no stock. */
const CANCELLED_STATUSES = new Set(["CANCELLED"]);

function isOpen({ status }: Order): boolean {
  return !SHIPPED_STATUSES.has(status) && !CANCELLED_STATUSES.has(status);
}

/** `lots`: by lot id. */
export type ExpectedState = {
  orders: { number: number; status: string; lines: string[] }[];
  lots: Record<number, [onHand: number, reserved: number]>;
};

/** A line as text: batch, lot, and how many pieces are ordered, reserved and fulfilled. */
export function lineSummary(
  batch: number,
  lotId: number,
  quantity: number,
  reserved: number,
  fulfilled: number,
): string {
  return `${batch}/${lotId}: ${quantity}, ${reserved} reserved, ${fulfilled} fulfilled`;
}

function linesOf(order: Order): string[] {
  return order.batches.flatMap((lines, batch) =>
    lines.map(({ inventoryId, quantity }) =>
      lineSummary(
        batch,
        inventoryId,
        quantity,
        isOpen(order) ? quantity : 0,
        SHIPPED_STATUSES.has(order.status) ? quantity : 0,
      ),
    ),
  );
}

/** `listedAtStart`: the number of pieces of each lot before the first order. */
export function expectedState(
  { orders, lots, state }: StoreModel,
  listedAtStart: ReadonlyMap<number, number>,
  endsWithImport: boolean,
): ExpectedState {
  const all = [...orders.values()];
  const piecesOf = (lotId: number, counts: (order: Order) => boolean) =>
    all
      .filter(counts)
      .flatMap(({ batches }) => batches.flat())
      .filter(({ inventoryId }) => inventoryId === lotId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  const onHandOf = (lotId: number, listed: number) =>
    // BrickLink's listed quantity excludes open orders, so those are added. Without an import, shipped pieces are
    // subtracted.
    endsWithImport && !state.isClosed
      ? (lots.get(lotId)?.quantity ?? 0) + piecesOf(lotId, isOpen)
      : listed - piecesOf(lotId, ({ status }) => SHIPPED_STATUSES.has(status));
  return {
    orders: all.map((order) => ({ number: order.id, status: order.status, lines: linesOf(order).sort() })),
    lots: Object.fromEntries(
      [...listedAtStart].map(([lotId, listed]) => [
        lotId,
        [onHandOf(lotId, listed), piecesOf(lotId, isOpen)],
      ]),
    ),
  };
}
