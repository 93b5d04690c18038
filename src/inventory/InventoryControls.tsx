import { Button, NativeSelect, Popover, SegmentedControl, Stack } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useLayer } from "../keyboard/registry";
import { SearchField } from "../ui/SearchField";
import { filterText } from "./filterText";
import classes from "./InventoryControls.module.css";
import { lotFilters, lotSorts, parseInventorySearch, type LotFilter, type LotSort } from "./search";

export type InventoryControlsProps = {
  filter: LotFilter;
  sort: LotSort;
  search: string;
  onSearch: (search: string) => void;
  onFilter: (filter: LotFilter) => void;
  onSort: (sort: LotSort) => void;
};

const filterOptions = lotFilters.map((value) => ({ value, label: filterText.filters[value] }));
const sortOptions = lotSorts.map((value) => ({ value, label: filterText.sorts[value] }));

function LotSearch({ search, onSearch }: Pick<InventoryControlsProps, "search" | "onSearch">) {
  return (
    <SearchField
      label={filterText.search}
      placeholder={filterText.searchHint}
      search={search}
      onSearch={onSearch}
    />
  );
}

function SortSelect({
  sort,
  onSort,
  label,
}: Pick<InventoryControlsProps, "sort" | "onSort"> & { label?: string }) {
  return (
    <NativeSelect
      {...(label === undefined ? { "aria-label": filterText.whichOrder } : { label })}
      data={sortOptions}
      value={sort}
      onChange={({ currentTarget }) => {
        const chosen = parseInventorySearch({ sort: currentTarget.value }).sort;
        if (chosen) onSort(chosen);
      }}
    />
  );
}

/** Search, filter and sort order beside each other. A search looks through all lots and ignores the other two. */
export function InventoryControls({
  filter,
  sort,
  search,
  onSearch,
  onFilter,
  onSort,
}: InventoryControlsProps) {
  const choose = (value: string) => onFilter(parseInventorySearch({ show: value }).show ?? "all");
  return (
    <>
      <LotSearch search={search} onSearch={onSearch} />
      {search === "" && (
        <div className={classes.choices}>
          <SegmentedControl
            aria-label={filterText.whichLots}
            data={filterOptions}
            value={filter}
            onChange={choose}
          />
          {filter === "all" && <SortSelect sort={sort} onSort={onSort} />}
        </div>
      )}
    </>
  );
}

/** The same on a phone in one row: the search, and a button that opens the rest, the screen's `actions` among it. */
export function PhoneInventoryControls(props: InventoryControlsProps & { actions: ReactNode }) {
  const { filter, sort, search, onSearch, onFilter, onSort, actions } = props;
  const [isOpen, setIsOpen] = useState(false);
  useLayer("dialog", () => setIsOpen(false), isOpen);
  return (
    <div className={classes.row}>
      <LotSearch search={search} onSearch={onSearch} />
      {/* Stays mounted, because the actions' dialogs belong to it and open outside of it. */}
      <Popover position="bottom-end" keepMounted closeOnEscape={false} opened={isOpen} onChange={setIsOpen}>
        <Popover.Target>
          <Button
            variant="default"
            px="sm"
            onClick={() => setIsOpen(!isOpen)}
            leftSection={<IconFilter size={18} aria-hidden />}
            aria-label={
              filter === "all" ? filterText.more : filterText.moreFiltered(filterText.filters[filter])
            }
          >
            {filter === "all" ? filterText.filter : filterText.filterOn}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p="md" maw="calc(100vw - 16px)">
          <Stack gap="sm">
            <NativeSelect
              label={filterText.whichLots}
              data={filterOptions}
              value={filter}
              disabled={search !== ""}
              onChange={({ currentTarget }) =>
                onFilter(parseInventorySearch({ show: currentTarget.value }).show ?? "all")
              }
            />
            {filter === "all" && search === "" && (
              <SortSelect label={filterText.whichOrder} sort={sort} onSort={onSort} />
            )}
            {actions}
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
