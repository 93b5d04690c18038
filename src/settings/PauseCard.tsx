import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { ConfirmButton } from "../ui/ConfirmButton";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { connectionText } from "./connectionText";
import type { BusinessId } from "./types";

const { pause } = connectionText;

type PauseCardProps = { businessAccountId: BusinessId; isActive: boolean };

/** Pauses and resumes the store. While it is paused, no calls are made to BrickLink and callbacks are stored. */
export function PauseCard({ businessAccountId, isActive }: PauseCardProps) {
  const change = useAsyncTask(useMutation(api.marketplaces.bricklink.connection.settings.setActive));
  return (
    <Card title={isActive ? pause.title : pause.titlePaused}>
      <Stack gap="sm">
        <Text>{isActive ? pause.about : pause.aboutPaused}</Text>
        <Group>
          {isActive ? (
            <ConfirmButton
              label={pause.pauseStore}
              title={pause.confirmTitle}
              text={pause.effect}
              confirmLabel={pause.pause}
              isRunning={change.isRunning}
              onConfirm={() => change.run({ businessAccountId, isActive: false })}
            />
          ) : (
            <Button
              loading={change.isRunning}
              onClick={() => change.run({ businessAccountId, isActive: true })}
            >
              {pause.resume}
            </Button>
          )}
        </Group>
        <ErrorAlert message={change.errorMessage} />
      </Stack>
    </Card>
  );
}
