import { Button, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { SearchField } from "../ui/SearchField";
import { FilterMenu } from "./FilterMenu";
import classes from "./Filters.module.css";
import { activeFilters, filterNames } from "./filterWords";
import { statusWord } from "./statuses";
import type { OrderCounts } from "./types";
import {
  hasFilters,
  noFilters,
  type Direction,
  type Filters as FilterValues,
  type OrdersView,
  type Sort,
} from "./view";

type FiltersProps = {
  view: OrdersView;
  counts: OrderCounts | undefined;
  onSearch: (text: string) => void;
  onStatus: (status: string | null) => void;
  onFilters: (filters: Partial<FilterValues>) => void;
  onSort: (sort: Sort, direction: Direction) => void;
  /** What else can be done with the table, at the end of the row. */
  children: ReactNode;
};

/** What a packer with a queue begins with: paid, all there, and not picked to the end. */
const readyToPick: FilterValues = { payment: "paid", stock: "complete", picking: "unfinished" };

function isSameFilters(a: FilterValues, b: FilterValues): boolean {
  return filterNames.every((name) => a[name] === b[name]);
}

/** Taken back by one press. */
function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
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

/** Search, status, filters. A search looks at all orders, so the others rest while there is one. */
export function Filters(props: FiltersProps) {
  const { view, counts, onSearch, onStatus, onFilters, onSort } = props;
  const isReady = isSameFilters(view.filters, readyToPick);
  const chips = isReady ? [] : activeFilters(view.filters);
  // A status is of one tab; those of the others would show orders that the tab does not have.
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
          {hasFilters(view) && (
            <Button
              className={classes.toggle}
              variant={isReady ? "light" : "default"}
              px="sm"
              aria-pressed={isReady}
              onClick={() => onFilters(isReady ? noFilters : readyToPick)}
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
                <Chip label={statusWord(view.status)} onRemove={() => onStatus(null)} />
              )}
              {chips.map(({ name, word }) => (
                <Chip key={name} label={word} onRemove={() => onFilters({ [name]: null })} />
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
