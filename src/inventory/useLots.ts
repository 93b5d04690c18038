/** The lots a view of the inventory asks for, whichever index answers it. */
import { usePaginatedQuery, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import type { LotSort, Show, StockRow } from "./view";

const PAGE = 50;

export type Lots = {
  rows: readonly StockRow[];
  status: "LoadingFirstPage" | "LoadingMore" | "CanLoadMore" | "Exhausted";
  onMore: () => void;
  /** There are more than the screen can list: a longer search finds them. */
  isCut: boolean;
};

type View = { show: Show; sort: LotSort; search: string };

export function useLots(
  businessAccountId: Business["businessAccountId"],
  { show, sort, search }: View,
): Lots {
  const isSearch = search !== "";
  const isAll = !isSearch && show === "all";
  const all = usePaginatedQuery(
    api.marketplaces.bricklink.lots.list,
    isAll ? { businessAccountId, sort } : "skip",
    { initialNumItems: PAGE },
  );
  const found = useQuery(
    api.marketplaces.bricklink.lots.find,
    isSearch ? { businessAccountId, search } : "skip",
  );
  const short = useQuery(
    api.marketplaces.bricklink.lots.short,
    !isSearch && show === "short" ? { businessAccountId } : "skip",
  );
  const drift = useQuery(
    api.marketplaces.bricklink.lots.drift,
    !isSearch && show === "drift" ? { businessAccountId } : "skip",
  );
  if (isAll) {
    return { rows: all.results, status: all.status, onMore: () => all.loadMore(PAGE), isCut: false };
  }
  const list = isSearch ? found : show === "short" ? short : drift;
  return {
    rows: list?.lots ?? [],
    status: list === undefined ? "LoadingFirstPage" : "Exhausted",
    onMore: () => undefined,
    isCut: list?.isMore ?? false,
  };
}
