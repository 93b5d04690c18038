/** Several orders joined into one walk: a row for each kind of goods in a bin, with what goes to which order. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { inWalkingOrder } from "../orders/walk";
import type { OrderLine } from "../orders/types";

export type WalkOrder = FunctionReturnType<typeof api.orders.picking.list>[number];

export type WalkStop = {
  key: string;
  /** One of its lines: part, colour, condition and bin are the same of all. */
  goods: OrderLine;
  /** Pieces to take, over all orders. */
  quantity: number;
  shortQuantity: number;
  isPicked: boolean;
  lineIds: OrderLine["lineId"][];
  parts: { orderNumber: number; quantity: number }[];
};

function goodsKey({ location, itemType, partNumber, colorId, condition, completeness }: OrderLine): string {
  return [location, itemType, partNumber, colorId, condition, completeness].join("|");
}

export function walkOf(orders: readonly WalkOrder[]): WalkStop[] {
  const orderOf = new Map(
    orders.flatMap(({ orderNumber, lines }) => lines.map(({ lineId }) => [lineId, orderNumber] as const)),
  );
  const stops = new Map<string, WalkStop>();
  for (const line of inWalkingOrder(orders.flatMap(({ lines }) => lines))) {
    const key = goodsKey(line);
    const stop: WalkStop = stops.get(key) ?? {
      key,
      goods: line,
      quantity: 0,
      shortQuantity: 0,
      isPicked: true,
      lineIds: [],
      parts: [],
    };
    stop.quantity += line.quantity;
    stop.shortQuantity += line.matchedBy === "unmatched" ? 0 : line.shortQuantity;
    stop.isPicked &&= line.pickStatus === "picked";
    stop.lineIds.push(line.lineId);
    stop.parts.push({ orderNumber: orderOf.get(line.lineId) ?? 0, quantity: line.quantity });
    stops.set(key, stop);
  }
  return [...stops.values()];
}

/** The orders of a walk as its address says them. */
export function readPickList(search: Record<string, unknown>): { orders: string } {
  const text = typeof search.orders === "number" ? String(search.orders) : search.orders;
  return { orders: typeof text === "string" && /^\d+(-\d+)*$/.test(text) ? text : "" };
}

export function orderNumbersOf(orders: string): number[] {
  return orders === "" ? [] : orders.split("-").map(Number);
}
