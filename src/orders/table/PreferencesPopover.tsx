import { Popover } from "@mantine/core";
import { Target } from "../../ui/Target";
import type { PopoverProps } from "../../ui/usePopoverButton";
import { PreferencesForm, type PreferencesProps } from "./PreferencesForm";

/** The preferences of the table and of alerts beside their button. */
export default function PreferencesPopover({
  target,
  form,
  ...popover
}: PopoverProps & { form: PreferencesProps }) {
  return (
    <Popover position="bottom-end" width={280} trapFocus returnFocus {...popover}>
      <Popover.Target>
        <Target element={target} />
      </Popover.Target>
      <Popover.Dropdown p="md">
        <PreferencesForm {...form} />
      </Popover.Dropdown>
    </Popover>
  );
}
