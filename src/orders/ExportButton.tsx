import { ActionIcon, Popover, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useConvex } from "convex/react";
import { useState } from "react";
import { useBusiness } from "../account/business";
import { useTask } from "../ui/useTask";
import type { OrdersView } from "./view";

/** Downloads what the table shows: this tab, filter and order, all of it, scrolled to or not. */
export function ExportButton({ view }: { view: OrdersView }) {
  const client = useConvex();
  const { businessAccountId } = useBusiness();
  const [note, setNote] = useState<string | null>(null);
  const task = useTask(async () => {
    const { exportView, EXPORT_MAX } = await import("./exportOrders");
    const { isMore } = await exportView(client, businessAccountId, view, (count) =>
      setNote(`${count.toLocaleString()} orders …`),
    );
    setNote(
      isMore
        ? `The first ${EXPORT_MAX.toLocaleString()} orders were exported. For the others narrow the table down.`
        : null,
    );
  });
  const message = task.failure ?? note;
  return (
    <Popover
      opened={message !== null}
      onChange={() => {
        setNote(null);
        task.clear();
      }}
      position="bottom-end"
    >
      <Popover.Target>
        <ActionIcon
          loading={task.isRunning}
          aria-label="Export what the table shows as CSV"
          title="Export what the table shows as CSV"
          onClick={() => task.run()}
        >
          <IconDownload size={20} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" role="status" maw={260}>
          {message}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
