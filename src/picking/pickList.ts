/** Several orders joined into one pick list: by bin, one item for each kind of goods, with its quantity for each order. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { sortInWalkingOrder } from "../orders/bins";
import type { OrderLine } from "../orders/types";
import { isToDo, quantityToReturn, quantityToTake } from "../../convex/orders/picking/pickQuantities";

type FoundOrder = FunctionReturnType<typeof api.orders.picking.pickList.get>["orders"][number];

/** `tote`: the number of the order's tote, from 1; null where there is one order only, which needs none. */
export type PickListOrder = Omit<FoundOrder, "lines"> & { lines: OrderLine[]; tote: number | null };

export type PickListLine = OrderLine & Pick<PickListOrder, "orderNumber" | "tote">;

/** One kind of goods in one bin. Quantities are in pieces, over all orders. */
export type PickListItem = {
  key: string;
  /** Lines of the same part, colour, condition and bin. */
  lines: PickListLine[];
  toTake: number;
  toReturn: number;
  shortQuantity: number;
  /** Whether all there is of it is in the totes. */
  isPicked: boolean;
  /** Whether the server has not confirmed a tick of it. */
  isPending: boolean;
  /** Whether there is still something to take or to put back. */
  isToDo: boolean;
};

/** The lines that a tick marks picked, or that its undo marks unpicked. */
export function linesToMark({ lines }: PickListItem, isPicked: boolean): PickListLine[] {
  // Of a line that changed after its pick, the undo takes back what lies in the tote.
  return lines.filter((line) => (isPicked ? isToDo(line) : line.pickStatus !== "unpicked"));
}

export type PickListBin = { location: string; items: PickListItem[] };

/** Pieces to take for a line of an item. What is picked counts only where all of the item is: beside a line that is not, it is no task. */
export function toTakeOf(line: PickListLine, item: Pick<PickListItem, "isToDo">): number {
  return item.isToDo && line.pickStatus === "picked" ? 0 : quantityToTake(line);
}

function goodsKey({ location, itemType, partNumber, colorId, condition, completeness }: OrderLine): string {
  return [location, itemType, partNumber, colorId, condition, completeness].join("|");
}

function toItem(key: string, lines: PickListLine[]): PickListItem {
  const sum = (quantity: (line: PickListLine) => number) =>
    lines.reduce((total, line) => total + quantity(line), 0);
  const item = { isToDo: lines.some(isToDo) };
  return {
    key,
    lines,
    toTake: sum((line) => toTakeOf(line, item)),
    toReturn: sum(quantityToReturn),
    // The stock of an unmatched line is unknown, so its shortage says nothing about the bin.
    shortQuantity: sum((line) => (line.matchedBy === "unmatched" ? 0 : line.shortQuantity)),
    isPicked: !item.isToDo && lines.some(({ pickStatus }) => pickStatus === "picked"),
    isPending: lines.some(({ isPending }) => isPending),
    ...item,
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
  const lines = orders.flatMap(({ orderNumber, tote, lines }) =>
    lines.map((line) => ({ ...line, orderNumber, tote })),
  );
  return groupBy(sortInWalkingOrder(lines), ({ location }) => location).map(([location, inBin]) => ({
    location,
    items: groupBy(inBin, goodsKey).map(([key, sameGoods]) => toItem(key, sameGoods)),
  }));
}

/** Numbers the totes in the given order, in which a closed or missing order keeps its number. */
export function withTotes(orders: readonly FoundOrder[], orderNumbers: readonly number[]): PickListOrder[] {
  return orders.map((order) => ({
    ...order,
    tote: orderNumbers.length > 1 ? orderNumbers.indexOf(order.orderNumber) + 1 : null,
  }));
}
