import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { Confirm } from "../ui/Confirm";
import { Card } from "../ui/Card";
import { Failure } from "../ui/Failure";
import { useTask } from "../ui/useTask";
import type { BusinessId } from "./types";

type ConnectionCardProps = { businessAccountId: BusinessId; isActive: boolean };

/** Pausing keeps everything and asks BrickLink nothing. */
export function ConnectionCard({ businessAccountId, isActive }: ConnectionCardProps) {
  const change = useTask(useMutation(api.marketplaces.bricklink.connection.setActive));
  return (
    <Card title={isActive ? "Pause" : "Paused"}>
      <Stack gap="sm">
        <Text>
          {isActive
            ? "While a store is paused, BrickLink is not asked anything. Callbacks are kept and worked off when you resume."
            : "BrickLink is not asked anything. Callbacks are kept, and worked off when you resume."}
        </Text>
        <Group>
          {isActive ? (
            <Confirm
              label="Pause this store"
              title="Pause this store?"
              text="New orders are not fetched until you resume. Nothing is lost meanwhile."
              confirm="Pause"
              isRunning={change.isRunning}
              onConfirm={() => change.run({ businessAccountId, isActive: false })}
            />
          ) : (
            <Button
              loading={change.isRunning}
              onClick={() => change.run({ businessAccountId, isActive: true })}
            >
              Resume
            </Button>
          )}
        </Group>
        <Failure message={change.failure} />
      </Stack>
    </Card>
  );
}
