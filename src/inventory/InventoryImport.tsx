/** The import of the inventory from BrickLink: its button, with a confirmation, and its progress. */
import { Progress, Text } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { ConfirmButton } from "../ui/ConfirmButton";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { importStateText, importText, importWords, type ImportRun } from "./importText";

/** The latest import; undefined while it loads, null when there has been none. */
export function useLatestImport(businessAccountId: Business["businessAccountId"]) {
  return useQuery(api.marketplaces.bricklink.import.runs.latest, { businessAccountId });
}

type ImportButtonProps = {
  businessAccountId: Business["businessAccountId"];
  isRunning: boolean;
  isConnected: boolean;
};

export function ImportButton({ businessAccountId, isRunning, isConnected }: ImportButtonProps) {
  const start = useAsyncTask(useMutation(api.marketplaces.bricklink.import.runs.start));
  return (
    <>
      <ConfirmButton
        label={importWords.button}
        title={importWords.title}
        text={importWords.whatHappens}
        confirmLabel={importWords.confirm}
        isRunning={start.isRunning || isRunning}
        isDisabled={!isConnected}
        onConfirm={() => start.run({ businessAccountId })}
      />
      <ErrorAlert message={start.errorMessage} />
    </>
  );
}

export function ImportProgress({ run }: { run: ImportRun }) {
  const percent = run.lotsListed ? (run.lotsWritten / run.lotsListed) * 100 : 0;
  return (
    <div>
      <div role="status">
        <Text>{importText(run.progress)}</Text>
        <Text size="sm" c="dimmed">
          {importStateText(run)}
        </Text>
      </div>
      {run.status === "running" && (
        <Progress value={percent} aria-label={importWords.import} animated mt="xs" />
      )}
    </div>
  );
}
