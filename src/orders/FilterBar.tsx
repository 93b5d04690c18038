import { Button, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { SearchField } from "../ui/SearchField";
import classes from "./FilterBar.module.css";
import { FilterMenu } from "./FilterMenu";
import { activeFilters, filterNames } from "./filterText";
import { statusText } from "./statusText";
import type { OrderCounts } from "./types";
import { noFilters, supportsFilters, type Direction, type Filters, type OrdersView, type Sort } from "./view";

type FilterBarProps = {
  view: OrdersView;
  counts: OrderCounts | undefined;
  onSearch: (text: string) => void;
  onStatus: (status: string | null) => void;
  onFilters: (filters: Partial<Filters>) => void;
  onSort: (sort: Sort, direction: Direction) => void;
  /** Further controls of the table, at the end of the bar. */
  children: ReactNode;
};

/** Where a packer begins: orders that are paid, completely in stock and not picked to the end. */
const readyToPickPreset: Filters = { payment: "paid", stock: "complete", picking: "unfinished" };

function areFiltersEqual(a: Filters, b: Filters): boolean {
  return filterNames.every((name) => a[name] === b[name]);
}

/** One active filter, which a click removes. */
function FilterChip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button
      variant="light"
      px="sm"
      rightSection={<IconX size={16} aria-hidden />}
      aria-label={`Remove the filter: ${label}`}
      onClick={onRemove}
    >
      {label}
    </Button>
  );
}

/** The bar above the orders table. A search covers all orders, so the filters are hidden during one. */
export function FilterBar(props: FilterBarProps) {
  const { view, counts, onSearch, onStatus, onFilters, onSort } = props;
  const isPresetActive = areFiltersEqual(view.filters, readyToPickPreset);
  const chips = isPresetActive ? [] : activeFilters(view.filters);
  // Each status belongs to one tab, and a status of another tab would match no order of this one.
  const statuses = (counts?.byStatus ?? []).filter(({ tab }) => view.tab === "all" || view.tab === tab);
  return (
    <div className={classes.bar}>
      <SearchField
        label="Search orders by number, buyer or part"
        placeholder="Order number, buyer or part"
        search={view.search}
        onSearch={onSearch}
      />
      {view.search === "" ? (
        <>
          {supportsFilters(view) && (
            <Button
              className={classes.toggle}
              variant={isPresetActive ? "light" : "default"}
              px="sm"
              aria-pressed={isPresetActive}
              onClick={() => onFilters(isPresetActive ? noFilters : readyToPickPreset)}
            >
              Ready to pick
            </Button>
          )}
          <FilterMenu
            view={view}
            statuses={statuses}
            onStatus={onStatus}
            onFilters={onFilters}
            onSort={onSort}
          />
          {(chips.length > 0 || view.status !== null) && (
            <div className={classes.chips}>
              {view.status !== null && (
                <FilterChip label={statusText(view.status)} onRemove={() => onStatus(null)} />
              )}
              {chips.map(({ name, label }) => (
                <FilterChip key={name} label={label} onRemove={() => onFilters({ [name]: null })} />
              ))}
            </div>
          )}
        </>
      ) : (
        <Text size="sm" c="dimmed">
          Searching all orders
        </Text>
      )}
      <div className={classes.tools}>{props.children}</div>
    </div>
  );
}
