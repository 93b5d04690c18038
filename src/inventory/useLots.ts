import { usePaginatedQuery, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import type { Lot } from "./lot";
import type { LotFilter, LotSort } from "./search";

const PAGE_SIZE = 50;

export type Lots = {
  rows: readonly Lot[];
  status: "LoadingFirstPage" | "LoadingMore" | "CanLoadMore" | "Exhausted";
  loadMore: () => void;
  /** More lots match than are listed. A search and a filtered list have no further pages. */
  isTruncated: boolean;
};

type LotQuery = { filter: LotFilter; sort: LotSort; search: string };

/**
 * The lots that match. A search looks through all lots and ignores the filter; only the unfiltered list is paginated and
 * sorted. Each case has a query of its own, since each reads another index.
 */
export function useLots(
  businessAccountId: Business["businessAccountId"],
  { filter, sort, search }: LotQuery,
): Lots {
  const isSearching = search !== "";
  const isAll = !isSearching && filter === "all";
  const all = usePaginatedQuery(api.inventory.lots.list, isAll ? { businessAccountId, sort } : "skip", {
    initialNumItems: PAGE_SIZE,
  });
  const searchResult = useQuery(
    api.inventory.lots.find,
    isSearching ? { businessAccountId, search } : "skip",
  );
  const shortLots = useQuery(
    api.inventory.lots.short,
    !isSearching && filter === "short" ? { businessAccountId } : "skip",
  );
  const driftedLots = useQuery(
    api.inventory.lots.drift,
    !isSearching && filter === "drift" ? { businessAccountId } : "skip",
  );
  const lotsToRecount = useQuery(
    api.inventory.lots.toRecount,
    !isSearching && filter === "recount" ? { businessAccountId } : "skip",
  );
  if (isAll) {
    return {
      rows: all.results,
      status: all.status,
      loadMore: () => all.loadMore(PAGE_SIZE),
      isTruncated: false,
    };
  }
  const filtered = { all: undefined, short: shortLots, drift: driftedLots, recount: lotsToRecount };
  const result = isSearching ? searchResult : filtered[filter];
  return {
    rows: result?.lots ?? [],
    status: result === undefined ? "LoadingFirstPage" : "Exhausted",
    loadMore: () => undefined,
    isTruncated: result?.isMore ?? false,
  };
}
