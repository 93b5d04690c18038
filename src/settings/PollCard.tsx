import { Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { Card } from "../ui/Card";
import { Failure } from "../ui/Failure";
import { useTask } from "../ui/useTask";
import type { BusinessId } from "./types";

const MINUTES_A_DAY = 24 * 60;
const choices = [3, 6, 15, 30, 60];

type PollCardProps = { businessAccountId: BusinessId; minutes: number };

/** The fallback's pace: what a callback did not bring is asked for. */
export function PollCard({ businessAccountId, minutes }: PollCardProps) {
  const change = useTask(useMutation(api.marketplaces.bricklink.pollInterval.set));
  return (
    <Card title="Asking BrickLink">
      <Stack gap="sm">
        <Text>
          Callbacks bring orders within seconds. In case one is lost, BrickLink is also asked for what is
          unread. More often costs more of the day&apos;s 5,000 calls: this is {MINUTES_A_DAY / minutes} of
          them.
        </Text>
        <Group>
          <NativeSelect
            label="Ask every"
            value={String(minutes)}
            disabled={change.isRunning}
            data={choices.map((choice) => ({
              value: String(choice),
              label: choice === 60 ? "hour" : `${choice} minutes`,
            }))}
            onChange={({ currentTarget }) =>
              change.run({ businessAccountId, minutes: Number(currentTarget.value) })
            }
          />
        </Group>
        <Failure message={change.failure} />
      </Stack>
    </Card>
  );
}
