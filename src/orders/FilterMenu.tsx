import { Button, Popover } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import type { FilterFormProps } from "./FilterForm";
import { activeFilterCount } from "./view";

/** Called on hover and focus, so that the form is there when the menu opens. */
const load = () => import("./FilterForm");
const FilterForm = lazy(load);

/** The button that opens the filters and the sort order, with the number of active filters. */
export function FilterMenu(props: FilterFormProps) {
  const { filters, status } = props.view;
  const activeCount = activeFilterCount(filters) + (status === null ? 0 : 1);
  return (
    <Popover position="bottom-start" width={480} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          px="sm"
          leftSection={<IconFilter size={18} aria-hidden />}
          aria-label={activeCount === 0 ? "Filter and sort" : `Filter and sort, ${activeCount} on`}
          onPointerEnter={() => void load()}
          onFocus={() => void load()}
        >
          Filter{activeCount > 0 && ` (${activeCount})`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="md" maw="calc(100vw - 16px)">
        <Suspense>
          <FilterForm {...props} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
