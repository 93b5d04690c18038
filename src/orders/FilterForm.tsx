import { NativeSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { filterLabels, filterNames, sortWords } from "./filterWords";
import { hasFilters, type Direction, type Filters, type OrdersView, type Sort } from "./view";

export type FilterFormProps = {
  view: OrdersView;
  onFilters: (filters: Partial<Filters>) => void;
  onSort: (sort: Sort, direction: Direction) => void;
};

const ANY = "any";

function Choice({ name, view, onFilters }: { name: keyof Filters } & Omit<FilterFormProps, "onSort">) {
  const { label, words } = filterLabels[name];
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {label}
      </Text>
      <SegmentedControl
        fullWidth
        size="md"
        aria-label={label}
        value={view.filters[name] ?? ANY}
        onChange={(value) => onFilters({ [name]: value === ANY ? null : value })}
        data={[
          { value: ANY, label: "Any" },
          ...Object.entries<string>(words).map(([value, word]) => ({ value, label: word })),
        ]}
      />
    </div>
  );
}

/** Loaded when it is opened: the first screen has to come fast. */
export default function FilterForm({ view, onFilters, onSort }: FilterFormProps) {
  return (
    <Stack gap="md">
      {hasFilters(view) ? (
        filterNames.map((name) => <Choice key={name} name={name} view={view} onFilters={onFilters} />)
      ) : (
        <Text size="sm">Payment, stock and picking filter the orders to pack and those with problems.</Text>
      )}
      <NativeSelect
        label="Order by"
        size="md"
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
