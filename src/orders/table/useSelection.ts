import { useConvex } from "convex/react";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import type { Business } from "../../account/business";
import { batchOf, type Batch } from "./batches";
import type { FetchedView } from "./fetchView";
import { readSelection, storeSelection } from "./storedSelection";
import type { OrderRow } from "../types";
import type { OrderPages } from "./useOrderPages";
import type { OrdersView } from "../views/view";

export type Selection = {
  /** The numbers of all selected orders, also of those that have left the view since. */
  numbers: ReadonlySet<number>;
  /** The selected orders that are in the view, in its order. */
  selected: readonly OrderRow[];
  /** Whether these are all orders of the view. */
  isAll: boolean;
  /** Whether the orders of the view that the table has not loaded are being fetched. */
  isLoading: boolean;
  /** Whether the view has more orders than can be selected. */
  isMore: boolean;
  /** Those of the selected orders that the next pick list or print takes. */
  batch: Batch<OrderRow>;
  toggle: (orderNumber: number) => void;
  /** Selects every order in the view; clears the selection if there is one. */
  toggleAll: () => void;
  goToBatch: (index: number) => void;
  clear: () => void;
};

type Picked = { numbers: ReadonlySet<number>; batch: number };

const nothing: Picked = { numbers: new Set(), batch: 0 };

/**
 * The orders selected in a view. They are kept while another screen is shown. Those that the table has not loaded are fetched once when
 * everything is selected: the table itself loads them as the person scrolls.
 */
export function useSelection(
  businessAccountId: Business["businessAccountId"],
  view: OrdersView,
  { orders, isLoaded, isComplete }: OrderPages,
): Selection {
  const client = useConvex();
  const key = JSON.stringify(view);
  const [restored] = useState(() => {
    const stored = readSelection();
    return stored?.businessAccountId === businessAccountId && stored.view === key ? stored : null;
  });
  const [{ numbers, batch }, setPicked] = useState<Picked>(() =>
    restored ? { numbers: new Set(restored.orderNumbers), batch: restored.batch } : nothing,
  );
  const [fetched, setFetched] = useState<FetchedView | null>(null);
  const [isLoading, setIsLoading] = useState(false);
  /** Changes when the selection is cleared, so that what was asked for before does not select anything. */
  const generation = useRef(0);

  useEffect(() => {
    storeSelection({ businessAccountId, view: key, orderNumbers: [...numbers], batch });
  }, [businessAccountId, key, numbers, batch]);

  /** All orders of the view. Null when the selection was cleared meanwhile, and without a connection. */
  const request = async (): Promise<FetchedView | null> => {
    const asked = generation.current;
    try {
      const { fetchView } = await import("./fetchView");
      const answer = await fetchView(client, businessAccountId, view);
      return asked === generation.current ? answer : null;
    } catch {
      return null;
    }
  };

  const requestRestored = useEffectEvent(() => {
    const shown = new Set(orders.map(({ orderNumber }) => orderNumber));
    const isMissing = restored?.orderNumbers.some((orderNumber) => !shown.has(orderNumber)) ?? false;
    if (isMissing && !isComplete) void request().then((answer) => setFetched(answer));
  });
  useEffect(() => {
    if (isLoaded) requestRestored();
  }, [isLoaded]);

  const loaded = new Set(fetched === null ? [] : orders.map(({ orderNumber }) => orderNumber));
  const rest =
    isComplete || fetched === null
      ? []
      : fetched.orders.filter(({ orderNumber }) => !loaded.has(orderNumber));
  const inView = [...orders, ...rest];
  const selected = numbers.size === 0 ? [] : inView.filter(({ orderNumber }) => numbers.has(orderNumber));
  const isMore = !isComplete && fetched?.isMore === true;
  const isKnown = isComplete || (fetched !== null && !fetched.isMore);

  const toggle = useCallback(
    (orderNumber: number) =>
      setPicked(({ numbers: before, batch: index }) => {
        const after = new Set(before);
        if (!after.delete(orderNumber)) after.add(orderNumber);
        return { numbers: after, batch: after.size === 0 ? 0 : index };
      }),
    [],
  );
  const clear = () => {
    generation.current += 1;
    setFetched(null);
    setPicked(nothing);
  };
  const select = (all: readonly OrderRow[]) =>
    setPicked({ numbers: new Set(all.map(({ orderNumber }) => orderNumber)), batch: 0 });
  const toggleAll = () => {
    if (selected.length > 0) return clear();
    select(orders);
    if (isComplete) return;
    setIsLoading(true);
    void request().then((answer) => {
      setIsLoading(false);
      // Otherwise what the table has loaded stays selected, and the text says how many that are.
      if (answer === null) return;
      setFetched(answer);
      select(answer.orders);
    });
  };

  return {
    numbers,
    selected,
    isAll: isKnown && selected.length > 0 && selected.length === inView.length,
    isLoading,
    isMore: isMore && selected.length === inView.length,
    batch: batchOf(selected, batch),
    toggle,
    toggleAll,
    goToBatch: (index) => setPicked({ numbers, batch: index }),
    clear,
  };
}
