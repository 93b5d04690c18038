import { usePaginatedQuery } from "convex/react";
import { useEffect } from "react";
import { api } from "../../../convex/_generated/api";
import type { Business } from "../../account/business";
import { useNow } from "../../ui/time";
import { listArgs } from "./listArgs";
import type { OrderRow } from "../types";
import { activeFilterCount, type OrdersView } from "../views/view";

/** Orders in one page: a screenful and some to scroll. */
const PAGE_SIZE = 50;

/** Orders in one page of a search or with filters: larger, because the server applies them after it has read the page. */
const FILTERED_PAGE_SIZE = 200;

/** Orders loaded before the table waits for the person to scroll; more than fit a screen. */
const ROWS_TO_FILL_SCREEN = 30;

export type OrderPages = {
  orders: readonly OrderRow[];
  /** There is an order to show, or it is certain that there is none. */
  isLoaded: boolean;
  /** There are no more orders in the view than these. */
  isComplete: boolean;
  /** Loads the next page. Does nothing while a page is loading or after the last one. */
  loadMore: () => void;
};

/** The orders of a view in pages that update live, without gaps or overlaps between them. */
export function useOrderPages(
  businessAccountId: Business["businessAccountId"],
  view: OrdersView,
): OrderPages {
  const now = useNow();
  const isFiltered = view.search !== "" || activeFilterCount(view.filters) > 0;
  const pageSize = isFiltered ? FILTERED_PAGE_SIZE : PAGE_SIZE;
  const { results, status, loadMore } = usePaginatedQuery(
    api.orders.table.list,
    listArgs(businessAccountId, view, now),
    { initialNumItems: pageSize },
  );
  // With filters, a page may hold few orders or none, so pages are loaded until the screen is full.
  const needsMore = status === "CanLoadMore" && results.length < ROWS_TO_FILL_SCREEN;
  useEffect(() => {
    if (needsMore) loadMore(pageSize);
  }, [needsMore, loadMore, pageSize]);
  return {
    orders: results,
    isLoaded: results.length > 0 || status === "Exhausted",
    isComplete: status === "Exhausted",
    loadMore: () => {
      if (status === "CanLoadMore") loadMore(pageSize);
    },
  };
}
