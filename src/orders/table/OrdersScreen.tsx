import { ActionIcon } from "@mantine/core";
import { useQuery } from "convex/react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useState } from "react";
import { api } from "../../../convex/_generated/api";
import { useBusiness } from "../../account/business";
import { ExportOrdersButton } from "./ExportOrdersButton";
import { FilterBar } from "../views/FilterBar";
import { BATCH_MAX } from "./batches";
import classes from "./OrdersScreen.module.css";
import { useNeighbours } from "../order/neighbours";
import { OrdersTable } from "./OrdersTable";
import { readPreferences, savePreferences, type Preferences } from "./preferences";
import { PreferencesMenu } from "./PreferencesMenu";
import { StageTabs } from "../views/StageTabs";
import { useOrderPages } from "./useOrderPages";
import { filterParams, noFilters, toView, type Direction, type OrdersSearch, type Sort } from "../views/view";

const OrderDrawer = lazy(() => import("../order/OrderDrawer"));
const PickAllButton = lazy(() => import("../../picking/PickAllButton"));
const ResumeWalk = lazy(() => import("../../picking/ResumeWalk"));
const ViewsMenu = lazy(() => import("../views/ViewsMenu"));
const PartSearchResults = lazy(() => import("./PartSearchResults"));

/** The home screen: the orders table, and one order open over it. Its whole state is in the URL. */
export function OrdersScreen() {
  const { businessAccountId } = useBusiness();
  const search = useSearch({ from: "/" });
  const navigate = useNavigate({ from: "/" });
  const counts = useQuery(api.orders.counts.get, { businessAccountId });
  const [preferences, setPreferences] = useState(readPreferences);
  const view = toView(search);
  const pages = useOrderPages(businessAccountId, view);
  const neighbours = useNeighbours(pages.orders, search.order);

  const changeSearch = useCallback(
    (changes: { [Key in keyof OrdersSearch]?: OrdersSearch[Key] | undefined }, replace = false) => {
      const merged = (before: OrdersSearch) =>
        Object.fromEntries(
          Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined),
        ) as OrdersSearch;
      void navigate({ search: merged, replace });
    },
    [navigate],
  );

  const open = useCallback((order: number) => changeSearch({ order }), [changeSearch]);

  const sortBy = (sort: Sort, direction: Direction) => changeSearch({ sort, direction });

  const changePreferences = (next: Preferences) => {
    savePreferences(next);
    setPreferences(next);
  };

  return (
    <div className={classes.screen}>
      <FilterBar
        view={view}
        counts={counts}
        onSearch={(q) => changeSearch({ q: q === "" ? undefined : q }, true)}
        onStatus={(status) => changeSearch({ status: status ?? undefined })}
        onFilters={(filters) => changeSearch(filterParams(filters))}
        onSort={sortBy}
        onReset={() => changeSearch({ status: undefined, ...filterParams(noFilters) })}
      >
        <Suspense fallback={<ActionIcon disabled aria-hidden />}>
          <ViewsMenu key={businessAccountId} />
        </Suspense>
        <ExportOrdersButton view={view} />
        <PreferencesMenu preferences={preferences} onChange={changePreferences} />
      </FilterBar>
      <StageTabs
        stage={view.stage}
        counts={counts}
        onChange={(stage) => changeSearch({ stage, status: undefined })}
      />
      <div className={classes.walks}>
        <Suspense>
          {view.stage === "readyToPick" && pages.orders.length > 0 && (
            <PickAllButton
              orderNumbers={pages.orders.slice(0, BATCH_MAX).map(({ orderNumber }) => orderNumber)}
            />
          )}
          <ResumeWalk />
        </Suspense>
      </div>
      <Suspense>
        {view.search !== "" && (
          <PartSearchResults businessAccountId={businessAccountId} search={view.search} onOpen={open} />
        )}
      </Suspense>
      <OrdersTable
        key={JSON.stringify([businessAccountId, view])}
        businessAccountId={businessAccountId}
        view={view}
        preferences={preferences}
        isStoreEmpty={counts?.all === 0}
        openOrder={search.order ?? null}
        pages={pages}
        onSort={sortBy}
        onOpen={open}
        onClear={() => changeSearch({ status: undefined, q: undefined, ...filterParams(noFilters) })}
        onSearchAll={() => changeSearch({ stage: "all", status: undefined, ...filterParams(noFilters) })}
      />
      <Suspense>
        {search.order !== undefined && (
          <OrderDrawer
            businessAccountId={businessAccountId}
            orderNumber={search.order}
            neighbours={neighbours}
            onGo={(order) => changeSearch({ order }, true)}
            onClose={() => changeSearch({ order: undefined })}
          />
        )}
      </Suspense>
    </div>
  );
}
