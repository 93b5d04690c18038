import { Button, NativeSelect, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "convex/react";
import { useState } from "react";
import { api } from "../../../convex/_generated/api";
import { useBusiness } from "../../account/business";
import { countryText } from "../../parcels/countries";
import { parseAmount } from "../../ui/money";
import { ageText, choiceLabels, choiceNames, filterText, sortOptions } from "./filterText";
import { statusText } from "../statusText";
import type { StatusCount } from "../types";
import { ages, type Direction, type Filters, type OrdersView, type Sort } from "./view";

export type FilterFormProps = {
  view: OrdersView;
  /** The statuses of the stage's orders, each with its count. */
  statuses: StatusCount[];
  onStatus: (status: string | null) => void;
  onFilters: (filters: Partial<Filters>) => void;
  onSort: (sort: Sort, direction: Direction) => void;
  /** Removes all filters and the status. */
  onReset: () => void;
};

/** The option that sets no filter. */
const ANY = "any";

/** Options that fit beside each other on a phone; more become a select. */
const SEGMENTS_MAX = 3;

function ChoiceField({
  name,
  view,
  onFilters,
}: { name: (typeof choiceNames)[number] } & Pick<FilterFormProps, "view" | "onFilters">) {
  const { label, options } = choiceLabels[name];
  const value = view.filters[name] ?? ANY;
  const choose = (chosen: string) => onFilters({ [name]: chosen === ANY ? null : chosen });
  const data = [
    { value: ANY, label: filterText.any },
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

/** A choice of one of the values that orders have; a chosen one that no order has any more stays listed. */
function ValueSelect(props: {
  label: string;
  value: string | null;
  values: readonly string[];
  textOf: (value: string) => string;
  onChoose: (value: string | null) => void;
}) {
  const { value, values } = props;
  const listed = value === null || values.includes(value) ? values : [...values, value];
  return (
    <NativeSelect
      label={props.label}
      value={value ?? ""}
      onChange={({ currentTarget }) => props.onChoose(currentTarget.value || null)}
      data={[
        { value: "", label: filterText.any },
        ...listed.map((each) => ({ value: each, label: props.textOf(each) })),
      ]}
    />
  );
}

/** Filters by how and where orders are sent, how old they are and what they are worth. */
function MoreFilters({ view, onFilters }: Pick<FilterFormProps, "view" | "onFilters">) {
  const { businessAccountId } = useBusiness();
  const choices = useQuery(api.orders.table.filterChoices, { businessAccountId });
  const { shipping, country, age, total } = view.filters;
  const [typed, setTyped] = useState(total ?? "");
  const isWrong = typed !== "" && parseAmount(typed) === null;
  return (
    <SimpleGrid cols={2} spacing="sm">
      <ValueSelect
        label={filterText.shippingMethod}
        value={shipping}
        values={choices?.shippingMethods ?? []}
        textOf={(method) => method}
        onChoose={(chosen) => onFilters({ shipping: chosen })}
      />
      <ValueSelect
        label={filterText.country}
        value={country}
        values={choices?.countryCodes ?? []}
        textOf={countryText}
        onChoose={(chosen) => onFilters({ country: chosen })}
      />
      <ValueSelect
        label={filterText.placed}
        value={age === null ? null : String(age)}
        values={ages.map(String)}
        textOf={(days) => ageText(Number(days))}
        onChoose={(chosen) => onFilters({ age: ages.find((days) => String(days) === chosen) ?? null })}
      />
      <TextInput
        label={filterText.total}
        placeholder={filterText.totalExample}
        inputMode="decimal"
        value={typed}
        error={isWrong && filterText.wrongTotal}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value);
          if (value === "" || parseAmount(value) !== null) onFilters({ total: value === "" ? null : value });
        }}
      />
    </SimpleGrid>
  );
}

/** The filters, the status and the sort order. Loaded when the menu opens, to keep the first screen small. */
export function FilterForm({ view, statuses, onStatus, onFilters, onSort, onReset }: FilterFormProps) {
  const [resets, setResets] = useState(0);
  return (
    <Stack gap="md">
      {choiceNames.map((name) => (
        <ChoiceField key={name} name={name} view={view} onFilters={onFilters} />
      ))}
      {/* Anew after a reset, for what is typed into it may be no filter yet. */}
      <MoreFilters key={resets} view={view} onFilters={onFilters} />
      <NativeSelect
        label={filterText.status}
        value={view.status ?? ""}
        onChange={({ currentTarget: { value } }) => onStatus(value === "" ? null : value)}
        data={[
          { value: "", label: filterText.any },
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
        label={filterText.sort}
        value={`${view.sort} ${view.direction}`}
        onChange={({ currentTarget: { value } }) => {
          const chosen = sortOptions.find(({ sort, direction }) => `${sort} ${direction}` === value);
          if (chosen) onSort(chosen.sort, chosen.direction);
        }}
        data={sortOptions.map(({ sort, direction, label }) => ({ value: `${sort} ${direction}`, label }))}
      />
      <Button
        variant="default"
        onClick={() => {
          onReset();
          setResets((count) => count + 1);
        }}
      >
        {filterText.reset}
      </Button>
    </Stack>
  );
}
