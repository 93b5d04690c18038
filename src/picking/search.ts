/** URL search parameters of the pick screen. */

/** stop: one stop at a time, for a phone. list: all of them, for a desk and for paper. */
export type PickView = "stop" | "list";

/** `stop` after the last one, where the board of totes is. No key of an item looks like it. */
export const END_OF_WALK = "end";

/** `stop`: the key of the item at which the picker stands; absent at the first one that is to do. */
export type PickSearch = { orders: string; view?: PickView; stop?: string };

/**
 * Reads the URL's parameters. `orders`: order numbers joined by "-"; empty when absent or malformed. The screen chooses the view
 * when the URL does not.
 */
export function readPickSearch(search: Record<string, unknown>): PickSearch {
  // The router reads a single order number as a number.
  const text = typeof search.orders === "number" ? String(search.orders) : search.orders;
  return {
    orders: typeof text === "string" && /^\d+(-\d+)*$/.test(text) ? text : "",
    ...((search.view === "stop" || search.view === "list") && { view: search.view }),
    ...(typeof search.stop === "string" && { stop: search.stop }),
  };
}

/** Each number once, so that a tote has one order and an order one tote. */
export function parseOrderNumbers(orders: string): number[] {
  return orders === "" ? [] : [...new Set(orders.split("-").map(Number))];
}

/**
 * The order of the totes: by number, so that the same orders go into the same totes for every picker, however their tables were sorted
 * when they chose them.
 */
export function inToteOrder(orderNumbers: readonly number[]): number[] {
  return orderNumbers.toSorted((a, b) => a - b);
}
