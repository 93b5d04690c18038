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
      {/* Scrolls on a small phone, where it does not fit between its button and the end of the screen. */}
      <Popover.Dropdown
        p="md"
        maw="calc(100vw - 16px)"
        mah="calc(100dvh - 128px)"
        style={{ overflowY: "auto" }}
      >
        <FilterForm {...form} />
      </Popover.Dropdown>
    </Popover>
  );
}
