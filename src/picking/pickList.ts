/** Several orders joined into one pick list: by bin, one item for each kind of goods, with its quantity for each order. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { sortInWalkingOrder } from "../orders/bins";
import type { OrderLine } from "../orders/types";
import { quantityToReturn, quantityToTake } from "./pickQuantities";

export type PickListOrder = FunctionReturnType<typeof api.orders.picking.pickList.get>["orders"][number];

export type PickListLine = OrderLine & { orderNumber: number };

/** One kind of goods in one bin. Quantities are in pieces, over all orders. */
export type PickListItem = {
  key: string;
  /** Lines of the same part, colour, condition and bin. */
  lines: PickListLine[];
  toTake: number;
  toReturn: number;
  shortQuantity: number;
  isPicked: boolean;
};

export type PickListBin = { location: string; items: PickListItem[] };

function goodsKey({ location, itemType, partNumber, colorId, condition, completeness }: OrderLine): string {
  return [location, itemType, partNumber, colorId, condition, completeness].join("|");
}

function toItem(key: string, lines: PickListLine[]): PickListItem {
  const sum = (quantity: (line: PickListLine) => number) =>
    lines.reduce((total, line) => total + quantity(line), 0);
  return {
    key,
    lines,
    toTake: sum(quantityToTake),
    toReturn: sum(quantityToReturn),
    // The stock of an unmatched line is unknown, so its shortage says nothing about the bin.
    shortQuantity: sum((line) => (line.matchedBy === "unmatched" ? 0 : line.shortQuantity)),
    isPicked: lines.every(({ pickStatus }) => pickStatus === "picked"),
  };
}

/** Groups in the order in which their first member appears. */
function groupBy<Member>(
  members: readonly Member[],
  keyOf: (member: Member) => string,
): [string, Member[]][] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
  return [...groups];
}

/** The bins of a pick list, in walking order. */
export function toPickList(orders: readonly PickListOrder[]): PickListBin[] {
  const lines = orders.flatMap(({ orderNumber, lines }) => lines.map((line) => ({ ...line, orderNumber })));
  return groupBy(sortInWalkingOrder(lines), ({ location }) => location).map(([location, inBin]) => ({
    location,
    items: groupBy(inBin, goodsKey).map(([key, sameGoods]) => toItem(key, sameGoods)),
  }));
}

/** Reads the URL's `orders` parameter, order numbers joined by "-"; empty when it is absent or malformed. */
export function readPickList(search: Record<string, unknown>): { orders: string } {
  // The router reads a single order number as a number.
  const text = typeof search.orders === "number" ? String(search.orders) : search.orders;
  return { orders: typeof text === "string" && /^\d+(-\d+)*$/.test(text) ? text : "" };
}

export function parseOrderNumbers(orders: string): number[] {
  return orders === "" ? [] : orders.split("-").map(Number);
}
