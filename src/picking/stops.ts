/** The stops of a walk: each kind of goods in each bin, in walking order, and where a picker goes next. */
import { toPickList, toTakeOf, type PickListBin, type PickListItem, type PickListOrder } from "./pickList";

export type Stop = PickListItem & { location: string };

export function toStops(bins: readonly PickListBin[]): Stop[] {
  return bins.flatMap(({ location, items }) => items.map((item) => ({ ...item, location })));
}

/** The stop with something to do that follows `from` in walking order; past the end, one that was skipped; null when all are done. */
export function nextToDo(stops: readonly Stop[], from: Stop | null): Stop | null {
  const others = stops.filter(({ isToDo, key }) => isToDo && key !== from?.key);
  const index = from === null ? -1 : stops.findIndex(({ key }) => key === from.key);
  return others.find(({ key }) => stops.findIndex((stop) => stop.key === key) > index) ?? others[0] ?? null;
}

/** The stop `by` places further in walking order, done or not; null where there is none. */
export function neighbourOf(stops: readonly Stop[], from: Stop | null, by: 1 | -1): Stop | null {
  const index = from === null ? stops.length : stops.findIndex(({ key }) => key === from.key);
  return stops[index + by] ?? null;
}

/** What a tote lacks, and how far it is filled. */
export type ToteState = {
  order: PickListOrder;
  /**
   * toPick: something is still to do. pending: nothing is, and the server has not confirmed all of it. short: nothing is, and pieces are
   * missing. complete: all is in the tote.
   */
  state: "toPick" | "pending" | "short" | "complete";
  /** Stops with something to do for this tote. */
  stopsLeft: number;
  /** Pieces in the tote. */
  picked: number;
  /** Lines of which the tote has fewer pieces than the order wants and the shelf has no more. */
  short: PickListOrder["lines"];
};

export function toteStateOf(order: PickListOrder): ToteState {
  const stopsLeft = toStops(toPickList([order])).filter(({ isToDo }) => isToDo).length;
  const short = order.lines.filter((line) => line.matchedBy !== "unmatched" && line.shortQuantity > 0);
  const isPending = order.lines.some((line) => line.isPending);
  const state = stopsLeft > 0 ? "toPick" : isPending ? "pending" : short.length > 0 ? "short" : "complete";
  return {
    order,
    state,
    stopsLeft,
    picked: order.lines.reduce((sum, { pickedQuantity }) => sum + pickedQuantity, 0),
    short,
  };
}

/** How many pieces of a stop go into which tote. Lines of one order in several batches count together. */
export function quantitiesByTote(
  item: PickListItem,
): { orderNumber: number; tote: number | null; quantity: number }[] {
  const byOrder = new Map<number, { orderNumber: number; tote: number | null; quantity: number }>();
  for (const line of item.lines) {
    const { orderNumber, tote } = line;
    const before = byOrder.get(orderNumber)?.quantity ?? 0;
    byOrder.set(orderNumber, { orderNumber, tote, quantity: before + toTakeOf(line, item) });
  }
  return [...byOrder.values()].sort((a, b) => (a.tote ?? 0) - (b.tote ?? 0));
}
