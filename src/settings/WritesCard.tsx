import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { writesList } from "../changes/changeText";
import { Card } from "../ui/Card";
import { ConfirmButton } from "../ui/ConfirmButton";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import type { BusinessId } from "./types";

/** Whether staff can change orders at BrickLink from here. Off until an owner has read what that is. */
export function WritesCard({ businessAccountId }: { businessAccountId: BusinessId }) {
  const { writes } = api.marketplaces.bricklink.outbox;
  const open = useQuery(writes.open, { businessAccountId });
  const change = useAsyncTask(useMutation(writes.setEnabled));
  if (!open) return null;
  return (
    <Card title="Changes at BrickLink">
      <Stack gap="sm">
        <Text>
          {open.isReadOnly
            ? "This store is only read: nothing is ever changed at BrickLink. If you allow it, staff can change from here:"
            : "Staff can change from here:"}
        </Text>
        <List>
          {writesList.map((write) => (
            <List.Item key={write}>{write}</List.Item>
          ))}
        </List>
        <Text>
          Each change is sent ten seconds after the click and can be taken back until then. Nothing is sent
          that nobody asked for. Prices, lots and refunds are never touched.
        </Text>
        <Group>
          {open.isReadOnly ? (
            <Button
              loading={change.isRunning}
              onClick={() => change.run({ businessAccountId, isEnabled: true })}
            >
              Allow changes at BrickLink
            </Button>
          ) : (
            <ConfirmButton
              label="Only read this store"
              title="Only read this store?"
              text="Staff can then change orders on BrickLink's own pages only. What has not been sent yet is refused."
              confirmLabel="Only read"
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
