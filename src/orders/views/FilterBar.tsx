import { Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, type ReactNode } from "react";
import { SearchField } from "../../ui/SearchField";
import { barText } from "./barText";
import classes from "./FilterBar.module.css";
import { FilterMenu } from "./FilterMenu";
import type { Stage } from "../stages";
import type { OrderCounts, StatusCount } from "../types";
import { activeFilterCount, type Direction, type Filters, type OrdersView, type Sort } from "./view";

const FilterChips = lazy(() => import("./FilterChips"));

type FilterBarProps = {
  view: OrdersView;
  counts: OrderCounts | undefined;
  onSearch: (text: string) => void;
  onStatus: (status: string | null) => void;
  onFilters: (filters: Partial<Filters>) => void;
  onSort: (sort: Sort, direction: Direction) => void;
  /** Removes all filters and the status. */
  onReset: () => void;
  /** Further controls of the table, at the end of the bar. */
  children: ReactNode;
};

/** The statuses of a stage's orders, each with how many there are. */
function statusesOf(counts: OrderCounts | undefined, stage: Stage): StatusCount[] {
  const totals = new Map<string, number>();
  for (const entry of counts?.byStatus ?? []) {
    if (stage !== "all" && entry.stage !== stage) continue;
    totals.set(entry.status, (totals.get(entry.status) ?? 0) + entry.count);
  }
  return [...totals].map(([status, count]) => ({ status, count }));
}

/** The bar above the orders table: search and filters, which apply together. */
export function FilterBar(props: FilterBarProps) {
  const { view, counts, onSearch, onStatus, onFilters, onSort, onReset } = props;
  const isPhone = useMediaQuery("(max-width: 700px)", false, { getInitialValueInEffect: false });
  return (
    <div className={classes.bar}>
      <Title order={1} className={classes.title}>
        {barText.title}
      </Title>
      <SearchField
        label={barText.search}
        placeholder={isPhone ? barText.searchedBriefly : barText.searched}
        search={view.search}
        onSearch={onSearch}
      />
      <FilterMenu
        view={view}
        statuses={statusesOf(counts, view.stage)}
        onStatus={onStatus}
        onFilters={onFilters}
        onSort={onSort}
        onReset={onReset}
      />
      {(view.status !== null || activeFilterCount(view.filters) > 0) && (
        <Suspense>
          <FilterChips view={view} onStatus={onStatus} onFilters={onFilters} />
        </Suspense>
      )}
      <div className={classes.tools}>{props.children}</div>
    </div>
  );
}
