/** The import of the inventory from BrickLink: its button, with a confirmation, and its progress. */
import { Progress, Text } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { ConfirmButton } from "../ui/ConfirmButton";
import { ErrorAlert } from "../ui/ErrorAlert";
import { formatDateTime } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import { importText, type ImportRun } from "./importText";

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
        label="Import from BrickLink"
        title="Import the inventory?"
        text="On hand becomes what BrickLink lists plus what open orders require. What is reserved stays reserved. It takes a minute or so and some of today's calls."
        confirmLabel="Import"
        isRunning={start.isRunning || isRunning}
        isDisabled={!isConnected}
        onConfirm={() => start.run({ businessAccountId })}
      />
      <ErrorAlert message={start.errorMessage} />
    </>
  );
}

const statusLabels = { running: "Started", failed: "Failed", completed: "Finished" };

export function ImportProgress({ run }: { run: ImportRun }) {
  const percent = run.lotsListed ? (run.lotsWritten / run.lotsListed) * 100 : 0;
  return (
    <div>
      <div role="status">
        <Text>{importText(run.progress)}</Text>
        <Text size="sm" c="dimmed">
          {statusLabels[run.status]} {formatDateTime(run.finishedAt ?? run.startedAt)}
          {run.status === "running" &&
            run.lotsListed !== null &&
            `, ${run.lotsWritten} of ${run.lotsListed} lots`}
        </Text>
      </div>
      {run.status === "running" && <Progress value={percent} aria-label="Import" animated mt="xs" />}
    </div>
  );
}
