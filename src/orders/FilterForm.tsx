import { NativeSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { filterLabels, filterNames, sortWords } from "./filterWords";
import { statusWord } from "./statuses";
import type { OrderCounts } from "./types";
import { hasFilters, type Direction, type Filters, type OrdersView, type Sort } from "./view";

export type FilterFormProps = {
  view: OrdersView;
  /** Those that the tab has. */
  statuses: OrderCounts["byStatus"];
  onStatus: (status: string | null) => void;
  onFilters: (filters: Partial<Filters>) => void;
  onSort: (sort: Sort, direction: Direction) => void;
};

const ANY = "any";

/** Words that fit beside each other on a phone. */
const SIDE_BY_SIDE = 3;

function Choice({
  name,
  view,
  onFilters,
}: { name: keyof Filters } & Pick<FilterFormProps, "view" | "onFilters">) {
  const { label, words } = filterLabels[name];
  const value = view.filters[name] ?? ANY;
  const choose = (chosen: string) => onFilters({ [name]: chosen === ANY ? null : chosen });
  const data = [
    { value: ANY, label: "Any" },
    ...Object.entries<string>(words).map(([word, text]) => ({ value: word, label: text })),
  ];
  if (data.length > SIDE_BY_SIDE) {
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

/** Loaded when it is opened: the first screen has to come fast. */
export default function FilterForm({ view, statuses, onStatus, onFilters, onSort }: FilterFormProps) {
  return (
    <Stack gap="md">
      {hasFilters(view) &&
        filterNames.map((name) => <Choice key={name} name={name} view={view} onFilters={onFilters} />)}
      <NativeSelect
        label="Status on BrickLink"
        value={view.status ?? ""}
        onChange={({ currentTarget: { value } }) => onStatus(value === "" ? null : value)}
        data={[
          { value: "", label: "Any" },
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
      <NativeSelect
        label="Order by"
        value={`${view.sort} ${view.direction}`}
        onChange={({ currentTarget: { value } }) => {
          const chosen = sortWords.find(({ sort, direction }) => `${sort} ${direction}` === value);
          if (chosen) onSort(chosen.sort, chosen.direction);
        }}
        data={sortWords.map(({ sort, direction, word }) => ({ value: `${sort} ${direction}`, label: word }))}
      />
    </Stack>
  );
}
