import { Button, NativeSelect, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { SearchField } from "../ui/SearchField";
import { FilterMenu } from "./FilterMenu";
import { activeFilters } from "./filterWords";
import { statusWord } from "./statuses";
import type { OrderCounts } from "./types";
import type { Direction, Filters as FilterValues, OrdersView, Sort } from "./view";

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

/** Taken back by one press. */
function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button
      variant="light"
      h={42}
      px={12}
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
  const active = activeFilters(view.filters);
  // A status is of one tab; those of the others would show orders that the tab does not have.
  const statuses = (counts?.byStatus ?? []).filter(({ tab }) => view.tab === "all" || view.tab === tab);
  return (
    <div className="orders-filters">
      <SearchField
        className="orders-search"
        label="Search orders by number, buyer or part"
        placeholder="Order number, buyer or part"
        size="md"
        search={view.search}
        onSearch={onSearch}
      />
      {view.search === "" ? (
        <>
          <NativeSelect
            aria-label="Status"
            className="orders-status"
            size="md"
            value={view.status ?? ""}
            onChange={(event) =>
              onStatus(event.currentTarget.value === "" ? null : event.currentTarget.value)
            }
            data={[
              { value: "", label: "Any status" },
              ...statuses.map(({ status, count }) => ({
                value: status,
                label: `${statusWord(status)} (${count})`,
              })),
              // Its last order may have gone on since.
              ...(view.status !== null && !statuses.some(({ status }) => status === view.status)
                ? [{ value: view.status, label: `${statusWord(view.status)} (0)` }]
                : []),
            ]}
          />
          <FilterMenu view={view} onFilters={onFilters} onSort={onSort} />
          {active.length > 0 && (
            <div className="orders-chips">
              {active.map(({ name, word }) => (
                <Chip key={name} label={word} onRemove={() => onFilters({ [name]: null })} />
              ))}
            </div>
          )}
        </>
      ) : (
        <Text size="sm" className="soft">
          Searching all orders
        </Text>
      )}
      <div className="orders-tools">{props.children}</div>
    </div>
  );
}
