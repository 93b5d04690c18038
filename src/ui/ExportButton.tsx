import { ActionIcon, Popover, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useAsyncTask } from "./useAsyncTask";

type ExportButtonProps = {
  label: string;
  /** What is exported, in the plural: "orders". */
  noun: string;
  /** Downloads the file and reports the number of rows fetched so far. `most`: the rows it held where there were more; else null. */
  exportRows: (onProgress: (count: number) => void) => Promise<{ most: number | null }>;
};

/** Downloads a whole list as CSV, also what has not been loaded, and says how far it is. */
export function ExportButton({ label, noun, exportRows }: ExportButtonProps) {
  const [note, setNote] = useState<string | null>(null);
  const task = useAsyncTask(async () => {
    const { most } = await exportRows((count) => setNote(`${count.toLocaleString()} ${noun} …`));
    setNote(
      most === null
        ? null
        : `The first ${most.toLocaleString()} ${noun} were exported. For the others narrow the table down.`,
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
        <ActionIcon loading={task.isRunning} aria-label={label} title={label} onClick={() => task.run()}>
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
