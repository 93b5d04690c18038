import { NativeSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { filterLabels, filterNames, sortOptions } from "./filterText";
import { statusText } from "./statusText";
import type { OrderCounts } from "./types";
import { supportsFilters, type Direction, type Filters, type OrdersView, type Sort } from "./view";

export type FilterFormProps = {
  view: OrdersView;
  /** The statuses of the tab, each with its count. */
  statuses: OrderCounts["byStatus"];
  onStatus: (status: string | null) => void;
  onFilters: (filters: Partial<Filters>) => void;
  onSort: (sort: Sort, direction: Direction) => void;
};

/** The option that sets no filter. */
const ANY = "any";

/** Options that fit beside each other on a phone; more become a select. */
const SEGMENTS_MAX = 3;

function FilterField({
  name,
  view,
  onFilters,
}: { name: keyof Filters } & Pick<FilterFormProps, "view" | "onFilters">) {
  const { label, options } = filterLabels[name];
  const value = view.filters[name] ?? ANY;
  const choose = (chosen: string) => onFilters({ [name]: chosen === ANY ? null : chosen });
  const data = [
    { value: ANY, label: "Any" },
    ...Object.entries<string>(options).map(([option, optionLabel]) => ({
      value: option,
      label: optionLabel,
    })),
  ];
  if (data.length > SEGMENTS_MAX) {
    return (
      <NativeSelect
        label={label}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
        data={data}
      />
    );
  }
  return (
    <div>
      <Text size="sm" fw={600} mb="xxs">
        {label}
      </Text>
      <SegmentedControl fullWidth size="md" aria-label={label} value={value} onChange={choose} data={data} />
    </div>
  );
}

/** The filters, the status and the sort order. Loaded when the menu opens, to keep the first screen small. */
export default function FilterForm({ view, statuses, onStatus, onFilters, onSort }: FilterFormProps) {
  return (
    <Stack gap="md">
      {supportsFilters(view) &&
        filterNames.map((name) => <FilterField key={name} name={name} view={view} onFilters={onFilters} />)}
      <NativeSelect
        label="Status on BrickLink"
        value={view.status ?? ""}
        onChange={({ currentTarget: { value } }) => onStatus(value === "" ? null : value)}
        data={[
          { value: "", label: "Any" },
          ...statuses.map(({ status, count }) => ({
            value: status,
            label: `${statusText(status)} (${count})`,
          })),
          // The chosen status has no count once its last order has moved on.
          ...(view.status !== null && !statuses.some(({ status }) => status === view.status)
            ? [{ value: view.status, label: `${statusText(view.status)} (0)` }]
            : []),
        ]}
      />
      <NativeSelect
        label="Order by"
        value={`${view.sort} ${view.direction}`}
        onChange={({ currentTarget: { value } }) => {
          const chosen = sortOptions.find(({ sort, direction }) => `${sort} ${direction}` === value);
          if (chosen) onSort(chosen.sort, chosen.direction);
        }}
        data={sortOptions.map(({ sort, direction, label }) => ({ value: `${sort} ${direction}`, label }))}
      />
    </Stack>
  );
}
