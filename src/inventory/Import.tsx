/** Importing the inventory from BrickLink: the button that asks first, and how far it has come. */
import { Progress, Text } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { Confirm } from "../ui/Confirm";
import { Failure } from "../ui/Failure";
import { moment } from "../ui/time";
import { useTask } from "../ui/useTask";

export type ImportRun = NonNullable<
  FunctionReturnType<typeof api.marketplaces.bricklink.inventoryImport.latest>
>;

/** Undefined while it is asked for, null when there was none. */
export function useLatestImport(businessAccountId: Business["businessAccountId"]) {
  return useQuery(api.marketplaces.bricklink.inventoryImport.latest, { businessAccountId });
}

type ImportButtonProps = {
  businessAccountId: Business["businessAccountId"];
  isRunning: boolean;
  isConnected: boolean;
};

export function ImportButton({ businessAccountId, isRunning, isConnected }: ImportButtonProps) {
  const start = useTask(useMutation(api.marketplaces.bricklink.inventoryImport.start));
  return (
    <>
      <Confirm
        label="Import from BrickLink"
        title="Import the inventory?"
        text="On hand becomes what BrickLink lists plus what open orders require. What is reserved stays reserved. It takes a minute or so and some of today's calls."
        confirm="Import"
        isRunning={start.isRunning || isRunning}
        isDisabled={!isConnected}
        onConfirm={() => start.run({ businessAccountId })}
      />
      <Failure message={start.failure} />
    </>
  );
}

const standing = { running: "Started", failed: "Failed", completed: "Finished" };

export function ImportProgress({ run }: { run: ImportRun }) {
  const share = run.lotsListed ? (run.lotsWritten / run.lotsListed) * 100 : 0;
  return (
    <div>
      <div role="status">
        <Text>{run.message}</Text>
        <Text size="sm" c="dimmed">
          {standing[run.status]} {moment(run.finishedAt ?? run.startedAt)}
          {run.status === "running" &&
            run.lotsListed !== null &&
            `, ${run.lotsWritten} of ${run.lotsListed} lots`}
        </Text>
      </div>
      {run.status === "running" && <Progress value={share} aria-label="Import" animated mt="xs" />}
    </div>
  );
}
