/** Several orders joined into one walk: bin after bin, a row for each kind of goods, with what goes to which order. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { inWalkingOrder } from "../orders/walk";
import type { OrderLine } from "../orders/types";
import { quantityToPutBack, quantityToTake } from "./pickable";

export type WalkOrder = FunctionReturnType<typeof api.orders.picking.list>[number];

export type WalkLine = OrderLine & { orderNumber: number };

export type WalkStop = {
  key: string;
  /** Part, colour, condition and bin are the same of all. */
  lines: WalkLine[];
  /** Pieces to take, and pieces to put back, over all orders. */
  take: number;
  putBack: number;
  shortQuantity: number;
  isPicked: boolean;
};

export type Bin = { location: string; stops: WalkStop[] };

function goodsKey({ location, itemType, partNumber, colorId, condition, completeness }: OrderLine): string {
  return [location, itemType, partNumber, colorId, condition, completeness].join("|");
}

function stopOf(key: string, lines: WalkLine[]): WalkStop {
  const sum = (quantity: (line: WalkLine) => number) =>
    lines.reduce((total, line) => total + quantity(line), 0);
  return {
    key,
    lines,
    take: sum(quantityToTake),
    putBack: sum(quantityToPutBack),
    shortQuantity: sum((line) => (line.matchedBy === "unmatched" ? 0 : line.shortQuantity)),
    isPicked: lines.every(({ pickStatus }) => pickStatus === "picked"),
  };
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups];
}

export function walkOf(orders: readonly WalkOrder[]): Bin[] {
  const lines = orders.flatMap(({ orderNumber, lines }) => lines.map((line) => ({ ...line, orderNumber })));
  return grouped(inWalkingOrder(lines), ({ location }) => location).map(([location, inBin]) => ({
    location,
    stops: grouped(inBin, goodsKey).map(([key, same]) => stopOf(key, same)),
  }));
}

/** The orders of a walk as its address says them. */
export function readPickList(search: Record<string, unknown>): { orders: string } {
  const text = typeof search.orders === "number" ? String(search.orders) : search.orders;
  return { orders: typeof text === "string" && /^\d+(-\d+)*$/.test(text) ? text : "" };
}

export function orderNumbersOf(orders: string): number[] {
  return orders === "" ? [] : orders.split("-").map(Number);
}
