import { Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { connectionText } from "./connectionText";
import type { BusinessId } from "./types";

const { poll } = connectionText;

const MINUTES_PER_DAY = 24 * 60;
/**
 * The intervals that the backend accepts: POLL_INTERVALS_MINUTES of
 * convex/marketplaces/bricklink/connection/pollInterval.ts.
 */
const intervalsMinutes = [3, 6, 15, 30, 60];

type PollCardProps = { businessAccountId: BusinessId; minutes: number };

/** How often BrickLink is polled for notifications whose callback was lost. */
export function PollCard({ businessAccountId, minutes }: PollCardProps) {
  const change = useAsyncTask(useMutation(api.marketplaces.bricklink.connection.settings.setPollInterval));
  return (
    <Card title={poll.title}>
      <Stack gap="sm">
        <Text>{poll.about(MINUTES_PER_DAY / minutes)}</Text>
        <Group>
          <NativeSelect
            label={poll.every}
            value={String(minutes)}
            disabled={change.isRunning}
            data={intervalsMinutes.map((interval) => ({
              value: String(interval),
              label: interval === 60 ? poll.hour : poll.minutes(interval),
            }))}
            onChange={({ currentTarget }) =>
              change.run({ businessAccountId, minutes: Number(currentTarget.value) })
            }
          />
        </Group>
        <ErrorAlert message={change.errorMessage} />
      </Stack>
    </Card>
  );
}
