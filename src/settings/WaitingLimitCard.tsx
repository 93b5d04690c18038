import { Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { settingsText } from "./settingsText";

const { waiting } = settingsText;

const choices = [12, 24, 36, 48, 72, 96, 168];

function hoursText(hours: number): string {
  return hours > 48 && hours % 24 === 0 ? waiting.days(hours / 24) : waiting.hours(hours);
}

/** For how long a paid order may wait before it is listed as needing a person. */
export function WaitingLimitCard({
  businessAccountId,
  waitingLimitHours,
}: Pick<Business, "businessAccountId" | "waitingLimitHours">) {
  const change = useAsyncTask(useMutation(api.accounts.businesses.setWaitingLimit));
  const hours = choices.includes(waitingLimitHours) ? choices : [...choices, waitingLimitHours];
  return (
    <Card title={waiting.title}>
      <Stack gap="sm">
        <Text>{waiting.about}</Text>
        <Group>
          <NativeSelect
            aria-label={waiting.label}
            data={hours.map((value) => ({ value: String(value), label: hoursText(value) }))}
            value={String(waitingLimitHours)}
            disabled={change.isRunning}
            onChange={(event) => change.run({ businessAccountId, hours: Number(event.currentTarget.value) })}
          />
        </Group>
        <ErrorAlert message={change.errorMessage} />
      </Stack>
    </Card>
  );
}
