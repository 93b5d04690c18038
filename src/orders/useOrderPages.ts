import { usePaginatedQuery } from "convex/react";
import { useEffect } from "react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { activeFilters } from "./filterWords";
import type { OrderRow } from "./types";
import type { OrdersView } from "./view";

const PAGE = 50;

/** Orders looked through at once for those that fit the filters. */
const FILTERED_PAGE = 200;

/** Orders wanted on the screen before it waits for a scroll. */
const SCREENFUL = 30;

export type OrderPages = {
  orders: readonly OrderRow[];
  /** There is something to show, or it is known that there is nothing. */
  isLoaded: boolean;
  /** Asks for the next page, if there is one and none is on its way. */
  more: () => void;
};

/** The orders of a view, in live pages without a gap. */
export function useOrderPages(
  businessAccountId: Business["businessAccountId"],
  view: OrdersView,
): OrderPages {
  const page = activeFilters(view.filters).length > 0 ? FILTERED_PAGE : PAGE;
  const { results, status, loadMore } = usePaginatedQuery(
    api.orders.table.list,
    { businessAccountId, ...view },
    { initialNumItems: page },
  );
  // A page may have few orders that fit, or none: then there is more to look through.
  const isLooking = status === "CanLoadMore" && results.length < SCREENFUL;
  useEffect(() => {
    if (isLooking) loadMore(page);
  }, [isLooking, loadMore, page]);
  return {
    orders: results,
    isLoaded: results.length > 0 || status === "Exhausted",
    more: () => {
      if (status === "CanLoadMore") loadMore(page);
    },
  };
}
