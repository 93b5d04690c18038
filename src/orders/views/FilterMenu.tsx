import { Button } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { usePopoverButton } from "../../ui/usePopoverButton";
import { barText } from "./barText";
import classes from "./FilterBar.module.css";
import type { FilterFormProps } from "./FilterForm";
import { activeFilterCount } from "./view";

const load = () => import("./FilterPopover");
const FilterPopover = lazy(load);

/** The button that opens the filters and the sort order, with the number of active filters. */
export function FilterMenu(props: FilterFormProps) {
  const { filters, status } = props.view;
  const activeCount = activeFilterCount(filters) + (status === null ? 0 : 1);
  const { button, popover } = usePopoverButton("dialog", load);
  return (
    <>
      <Button
        variant="default"
        className={classes.filter}
        px="sm"
        leftSection={<IconFilter size={18} aria-hidden />}
        aria-label={activeCount === 0 ? barText.filterAndSort : barText.filterAndSortOn(activeCount)}
        {...button}
      >
        <span className={classes.word}>{barText.filter}</span>
        {/* A plain space is dropped between the parts of a button. */}
        {activeCount > 0 && `\u00a0(${activeCount})`}
      </Button>
      <Suspense>{popover && <FilterPopover {...popover} form={props} />}</Suspense>
    </>
  );
}
