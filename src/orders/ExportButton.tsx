import { ActionIcon, Popover, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useConvex } from "convex/react";
import { useState } from "react";
import { useBusiness } from "../account/business";
import { useAsyncTask } from "../ui/useAsyncTask";
import type { OrdersView } from "./view";

/** Downloads all orders of the current view as CSV, including those that the table has not loaded. */
export function ExportButton({ view }: { view: OrdersView }) {
  const client = useConvex();
  const { businessAccountId } = useBusiness();
  const [note, setNote] = useState<string | null>(null);
  const task = useAsyncTask(async () => {
    const { exportOrders, EXPORT_MAX } = await import("./exportOrders");
    const { isMore } = await exportOrders(client, businessAccountId, view, (count) =>
      setNote(`${count.toLocaleString()} orders …`),
    );
    setNote(
      isMore
        ? `The first ${EXPORT_MAX.toLocaleString()} orders were exported. For the others narrow the table down.`
        : null,
    );
  });
  const message = task.errorMessage ?? note;
  return (
    <Popover
      opened={message !== null}
      onChange={() => {
        setNote(null);
        task.clearError();
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
