import { useCallback, useState } from "react";
import type { OrderRow } from "./types";

/** Orders in one pick list. The server allows as many; see ORDERS_MAX in convex/orders/picking/pickList.ts. */
export const PICK_LIST_ORDERS_MAX = 30;

export type Selection = {
  /** The ids of all selected orders, also of those that have left the table since. */
  ids: ReadonlySet<string>;
  /** The selected orders that are in the table now, in its order. */
  selected: readonly OrderRow[];
  toggle: (orderId: string) => void;
  /** Selects the first orders, as many as one pick list takes; clears the selection if there is one. */
  toggleFirst: () => void;
  clear: () => void;
};

/** The orders selected in the table, for the pick list and the export. */
export function useSelection(orders: readonly OrderRow[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const selected = ids.size === 0 ? [] : orders.filter(({ orderId }) => ids.has(orderId));
  const toggle = useCallback(
    (orderId: string) =>
      setIds((before) => {
        const after = new Set(before);
        if (!after.delete(orderId)) after.add(orderId);
        return after;
      }),
    [],
  );
  const clear = () => setIds(new Set());
  const toggleFirst = () => {
    if (selected.length > 0) clear();
    else setIds(new Set(orders.slice(0, PICK_LIST_ORDERS_MAX).map(({ orderId }) => orderId)));
  };
  return { ids, selected, toggle, toggleFirst, clear };
}
