import { useCallback, useState } from "react";
import type { OrderRow } from "./types";

/** Orders in one walk; more do not fit a trolley. As the server has it. */
export const ORDERS_IN_LIST = 30;

export type Selection = {
  ids: ReadonlySet<string>;
  /** Those of them that the table has now. */
  selected: readonly OrderRow[];
  toggle: (orderId: string) => void;
  /** The first orders, as many as one walk takes; or none when any were selected. */
  toggleFirst: () => void;
  clear: () => void;
};

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
    else setIds(new Set(orders.slice(0, ORDERS_IN_LIST).map(({ orderId }) => orderId)));
  };
  return { ids, selected, toggle, toggleFirst, clear };
}
