import { Group, Progress, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { Confirm } from "../ui/Confirm";
import { Failure } from "../ui/Failure";
import { moment } from "../ui/time";
import { useTask } from "../ui/useTask";
import type { BusinessId } from "./types";

type ImportCardProps = { businessAccountId: BusinessId; isActive: boolean };

/** The inventory from BrickLink, and how far the latest import has come. */
export function ImportCard({ businessAccountId, isActive }: ImportCardProps) {
  const latest = useQuery(api.marketplaces.bricklink.inventoryImport.latest, { businessAccountId });
  const start = useTask(useMutation(api.marketplaces.bricklink.inventoryImport.start));
  const isRunning = latest?.status === "running";
  const share = latest?.lotsListed ? (latest.lotsWritten / latest.lotsListed) * 100 : 0;
  return (
    <section className="card" aria-labelledby="import-title">
      <Title order={2} size="h4" id="import-title" mb="sm">
        Inventory
      </Title>
      <Stack gap="sm">
        {latest === null && (
          <Text>
            Import your lots from BrickLink, so that order lines find their bins and stock can be reserved.
          </Text>
        )}
        {latest && (
          <div role="status">
            <Text>{latest.message}</Text>
            <Text size="sm" className="soft">
              {isRunning ? "Started" : latest.status === "failed" ? "Failed" : "Finished"}{" "}
              {moment(latest.finishedAt ?? latest.startedAt)}
            </Text>
          </div>
        )}
        {isRunning && <Progress value={share} aria-label="Import" animated />}
        <Group>
          <Confirm
            label="Import from BrickLink"
            title="Import the inventory?"
            text="On hand becomes what BrickLink lists plus what open orders require. What is reserved stays reserved. It takes a minute or so and some of today's calls."
            confirm="Import"
            isRunning={start.isRunning || isRunning}
            isDisabled={!isActive}
            onConfirm={() => start.run({ businessAccountId })}
          />
        </Group>
        <Failure message={start.failure} />
      </Stack>
    </section>
  );
}
