import { Button, Popover } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import type { FilterFormProps } from "./FilterForm";
import { activeFilters } from "./filterWords";

const load = () => import("./FilterForm");
const FilterForm = lazy(load);

/** Narrows the open orders down, by as many filters at once as are wanted, and puts them in order. */
export function FilterMenu(props: FilterFormProps) {
  const { filters, status } = props.view;
  const active = activeFilters(filters).length + (status === null ? 0 : 1);
  return (
    <Popover position="bottom-start" width={480} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          px="sm"
          leftSection={<IconFilter size={18} aria-hidden />}
          aria-label={active === 0 ? "Filter and sort" : `Filter and sort, ${active} on`}
          onPointerEnter={() => void load()}
          onFocus={() => void load()}
        >
          Filter{active > 0 && ` (${active})`}
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
