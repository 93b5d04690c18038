import { ActionIcon } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { lazy, Suspense, useId, useState } from "react";
import { useAsyncTask } from "./useAsyncTask";
import { uiText } from "./uiText";

/** Apart from the first script, which has a limit. */
const NotePopover = lazy(() => import("./NotePopover"));

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
  const id = useId();
  const [button, setButton] = useState<HTMLElement | null>(null);
  const task = useAsyncTask(async () => {
    const { most } = await exportRows((count) => setNote(uiText.exported(count, noun)));
    setNote(most === null ? null : uiText.exportedMost(most, noun));
  });
  const message = task.errorMessage ?? note;
  return (
    <>
      <ActionIcon
        ref={setButton}
        id={id}
        loading={task.isRunning}
        aria-label={label}
        title={label}
        onClick={() => task.run()}
      >
        <IconDownload size={20} />
      </ActionIcon>
      <Suspense>
        {button && message !== null && (
          <NotePopover
            id={id}
            target={button}
            message={message}
            onClose={() => {
              setNote(null);
              task.clearError();
            }}
          />
        )}
      </Suspense>
    </>
  );
}
