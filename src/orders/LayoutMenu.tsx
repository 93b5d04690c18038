import { ActionIcon, Popover } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import type { LayoutProps } from "./LayoutForm";

const load = () => import("./LayoutForm");
const LayoutForm = lazy(load);

/** How a person likes the table, and how arrivals are to be told of. */
export function LayoutMenu(props: LayoutProps) {
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
          <LayoutForm {...props} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
