import { Popover } from "@mantine/core";
import { Target } from "../../ui/Target";
import type { PopoverProps } from "../../ui/usePopoverButton";
import { FilterForm, type FilterFormProps } from "./FilterForm";

/** The filters and the sort order beside their button. */
export default function FilterPopover({
  target,
  form,
  ...popover
}: PopoverProps & { form: FilterFormProps }) {
  return (
    <Popover position="bottom-start" width={480} trapFocus returnFocus {...popover}>
      <Popover.Target>
        <Target element={target} />
      </Popover.Target>
      <Popover.Dropdown p="md" maw="calc(100vw - 16px)">
        <FilterForm {...form} />
      </Popover.Dropdown>
    </Popover>
  );
}
