import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { writesList } from "../changes/changeText";
import { Card } from "../ui/Card";
import { ConfirmButton } from "../ui/ConfirmButton";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { settingsText } from "./settingsText";
import type { BusinessId } from "./types";

const text = settingsText.writes;

/** Whether staff can change orders at BrickLink from here. Off until an owner has read what that is. */
export function WritesCard({ businessAccountId }: { businessAccountId: BusinessId }) {
  const { writes } = api.marketplaces.bricklink.outbox;
  const open = useQuery(writes.open, { businessAccountId });
  const change = useAsyncTask(useMutation(writes.setEnabled));
  if (!open) return null;
  return (
    <Card title={text.title}>
      <Stack gap="sm">
        <Text>{open.isReadOnly ? text.readOnly : text.allowed}</Text>
        <List>
          {writesList.map((write) => (
            <List.Item key={write}>{write}</List.Item>
          ))}
        </List>
        <Text>{text.how}</Text>
        <Group>
          {open.isReadOnly ? (
            <Button
              loading={change.isRunning}
              onClick={() => change.run({ businessAccountId, isEnabled: true })}
            >
              {text.allow}
            </Button>
          ) : (
            <ConfirmButton
              label={text.onlyRead}
              title={text.onlyReadTitle}
              text={text.onlyReadEffect}
              confirmLabel={text.confirm}
              isRunning={change.isRunning}
              onConfirm={() => change.run({ businessAccountId, isEnabled: false })}
            />
          )}
        </Group>
        <ErrorAlert message={change.errorMessage} />
      </Stack>
    </Card>
  );
}
