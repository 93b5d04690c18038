import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { ConfirmButton } from "../ui/ConfirmButton";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import type { BusinessId } from "./types";

type PauseCardProps = { businessAccountId: BusinessId; isActive: boolean };

/** Pauses and resumes the store. While it is paused, no calls are made to BrickLink and callbacks are stored. */
export function PauseCard({ businessAccountId, isActive }: PauseCardProps) {
  const change = useAsyncTask(useMutation(api.marketplaces.bricklink.connection.settings.setActive));
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
            <ConfirmButton
              label="Pause this store"
              title="Pause this store?"
              text="New orders are not fetched until you resume. Nothing is lost meanwhile."
              confirmLabel="Pause"
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
        <ErrorAlert message={change.errorMessage} />
      </Stack>
    </Card>
  );
}
