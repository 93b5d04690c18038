import { ActionIcon, Popover } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import type { PreferencesProps } from "./PreferencesForm";

/** Called on hover and focus, so that the form is there when the menu opens. */
const load = () => import("./PreferencesForm");
const PreferencesForm = lazy(load);

/** The button that opens the preferences of the table and of alerts for new orders. */
export function PreferencesMenu(props: PreferencesProps) {
  return (
    <Popover position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <ActionIcon
          aria-label="Alerts, columns and density"
          onPointerEnter={() => void load()}
          onFocus={() => void load()}
        >
          <IconAdjustmentsHorizontal size={20} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="md">
        <Suspense>
          <PreferencesForm {...props} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
