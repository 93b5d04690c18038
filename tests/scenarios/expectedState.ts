/** What a store must have in the end, computed from BrickLink's own final state alone, by other rules than the flow's. */
import type { Order, StoreModel } from "../../local/bricklink/store/model";

const GONE = new Set(["SHIPPED", "RECEIVED", "COMPLETED"]);
const FREE = new Set(["CANCELLED"]);

function isOpen({ status }: Order): boolean {
  return !GONE.has(status) && !FREE.has(status);
}

export type Expected = {
  orders: { number: number; status: string; lines: string[] }[];
  lots: Record<number, [onHand: number, reserved: number]>;
};

/** A line as one word: batch, lot, pieces held and gone. */
export function lineSummary(
  batch: number,
  lotId: number,
  quantity: number,
  held: number,
  gone: number,
): string {
  return `${batch}/${lotId}: ${quantity}, ${held} held, ${gone} gone`;
}

function linesOf(order: Order): string[] {
  return order.batches.flatMap((lines, batch) =>
    lines.map(({ inventoryId, quantity }) =>
      lineSummary(
        batch,
        inventoryId,
        quantity,
        isOpen(order) ? quantity : 0,
        GONE.has(order.status) ? quantity : 0,
      ),
    ),
  );
}

/** `listedAtStart`: pieces of each lot before anybody ordered. */
export function expectedState(
  { orders, lots, state }: StoreModel,
  listedAtStart: ReadonlyMap<number, number>,
  endsWithImport: boolean,
): Expected {
  const all = [...orders.values()];
  const piecesOf = (lotId: number, counts: (order: Order) => boolean) =>
    all
      .filter(counts)
      .flatMap(({ batches }) => batches.flat())
      .filter(({ inventoryId }) => inventoryId === lotId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  const onHandOf = (lotId: number, listed: number) =>
    // What BrickLink lists is net of every open order; what was there at first has lost what was shipped.
    endsWithImport && !state.isClosed
      ? (lots.get(lotId)?.quantity ?? 0) + piecesOf(lotId, isOpen)
      : listed - piecesOf(lotId, ({ status }) => GONE.has(status));
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
