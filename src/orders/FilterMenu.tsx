import { Button, NativeSelect, Popover, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { activeFilters, filterLabels, filterNames, sortWords } from "./filterWords";
import { hasFilters, type Direction, type Filters, type OrdersView, type Sort } from "./view";

type FilterMenuProps = {
  view: OrdersView;
  onFilters: (filters: Partial<Filters>) => void;
  onSort: (sort: Sort, direction: Direction) => void;
};

const ANY = "any";

function Choice({ name, view, onFilters }: { name: keyof Filters } & Omit<FilterMenuProps, "onSort">) {
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

/** Narrows the open orders down, by as many filters at once as are wanted, and puts them in order. */
export function FilterMenu({ view, onFilters, onSort }: FilterMenuProps) {
  const active = activeFilters(view.filters).length;
  return (
    <Popover position="bottom-start" width={420} trapFocus shadow="md">
      <Popover.Target>
        <Button
          variant="default"
          h={42}
          px={12}
          leftSection={<IconFilter size={18} aria-hidden />}
          aria-label={active === 0 ? "Filter and sort" : `Filter and sort, ${active} on`}
        >
          Filter{active > 0 && ` (${active})`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="md" maw="calc(100vw - 16px)">
        <Stack gap="md">
          {hasFilters(view) ? (
            filterNames.map((name) => <Choice key={name} name={name} view={view} onFilters={onFilters} />)
          ) : (
            <Text size="sm">
              Payment, stock and picking filter the orders to pack and those with problems.
            </Text>
          )}
          <NativeSelect
            label="Order by"
            size="md"
            value={`${view.sort} ${view.direction}`}
            onChange={({ currentTarget: { value } }) => {
              const chosen = sortWords.find(({ sort, direction }) => `${sort} ${direction}` === value);
              if (chosen) onSort(chosen.sort, chosen.direction);
            }}
            data={sortWords.map(({ sort, direction, word }) => ({
              value: `${sort} ${direction}`,
              label: word,
            }))}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
