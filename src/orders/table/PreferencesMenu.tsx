import { ActionIcon } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { usePopoverButton } from "../../ui/usePopoverButton";
import type { PreferencesProps } from "./PreferencesForm";
import { tableText } from "./tableText";

const load = () => import("./PreferencesPopover");
const PreferencesPopover = lazy(load);

/** The button that opens the preferences of the table and of alerts for new orders. */
export function PreferencesMenu(props: PreferencesProps) {
  const { button, popover } = usePopoverButton("dialog", load);
  return (
    <>
      <ActionIcon aria-label={tableText.preferences} {...button}>
        <IconAdjustmentsHorizontal size={20} />
      </ActionIcon>
      <Suspense>{popover && <PreferencesPopover {...popover} form={props} />}</Suspense>
    </>
  );
}
