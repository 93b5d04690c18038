import { useQuery } from "convex/react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useState } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import text from "../ui/text.module.css";
import { ExportButton } from "./ExportButton";
import { Filters } from "./Filters";
import { LayoutMenu } from "./LayoutMenu";
import classes from "./OrdersScreen.module.css";
import { OrdersTable } from "./OrdersTable";
import { StatusTabs } from "./StatusTabs";
import { readLayout, saveLayout, type Layout } from "./layout";
import { noFilters, searchOf, viewOf, type Direction, type OrdersSearch, type Sort } from "./view";

const OrderDrawer = lazy(() => import("./OrderDrawer"));
const WantedParts = lazy(() => import("./WantedParts"));

/** The home screen: which orders, in what order, and one of them open. The address holds all of it. */
export function OrdersScreen() {
  const { businessAccountId } = useBusiness();
  const search = useSearch({ from: "/" });
  const navigate = useNavigate({ from: "/" });
  const counts = useQuery(api.orders.table.counts, { businessAccountId });
  const [layout, setLayout] = useState(readLayout);
  const view = viewOf(search);

  const change = useCallback(
    (changes: { [Key in keyof OrdersSearch]?: OrdersSearch[Key] | undefined }, replace = false) => {
      const merged = (before: OrdersSearch) =>
        Object.fromEntries(
          Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined),
        ) as OrdersSearch;
      void navigate({ search: merged, replace });
    },
    [navigate],
  );

  const open = useCallback((order: number) => change({ order }), [change]);

  const sortBy = (sort: Sort, direction: Direction) => change({ sort, direction });

  const changeLayout = (next: Layout) => {
    saveLayout(next);
    setLayout(next);
  };

  return (
    <div className={classes.screen}>
      <h1 className={text.visuallyHidden}>Orders</h1>
      <StatusTabs
        tab={view.search === "" ? view.tab : "all"}
        counts={counts}
        onChange={(tab) => change({ tab, status: undefined, q: undefined })}
      />
      <Filters
        view={view}
        counts={counts}
        onSearch={(q) => change({ q: q === "" ? undefined : q }, true)}
        onStatus={(status) => change({ status: status ?? undefined })}
        onFilters={(filters) => change(searchOf(filters))}
        onSort={sortBy}
      >
        <ExportButton view={view} />
        <LayoutMenu layout={layout} onLayout={changeLayout} />
      </Filters>
      <Suspense>
        {view.search !== "" && (
          <WantedParts businessAccountId={businessAccountId} search={view.search} onOpen={open} />
        )}
      </Suspense>
      <OrdersTable
        key={JSON.stringify([businessAccountId, view])}
        businessAccountId={businessAccountId}
        view={view}
        layout={layout}
        isStoreEmpty={counts?.all === 0}
        openOrder={search.order ?? null}
        onSort={sortBy}
        onOpen={open}
        onClear={() => change({ status: undefined, q: undefined, ...searchOf(noFilters) })}
      />
      <Suspense>
        {search.order !== undefined && (
          <OrderDrawer
            key={search.order}
            businessAccountId={businessAccountId}
            orderNumber={search.order}
            onClose={() => change({ order: undefined })}
          />
        )}
      </Suspense>
    </div>
  );
}
