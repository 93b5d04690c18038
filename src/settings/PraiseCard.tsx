import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { settingsText } from "./settingsText";
import type { BusinessId } from "./types";

const { praise } = settingsText;

/** What the store says of a buyer when somebody presses "Leave praise". */
export function PraiseCard({ businessAccountId }: { businessAccountId: BusinessId }) {
  const store = useQuery(api.marketplaces.bricklink.correspondence.praise.get, { businessAccountId });
  const [edited, setEdited] = useState<string | null>(null);
  const setText = useMutation(api.marketplaces.bricklink.correspondence.praise.setText);
  const save = useAsyncTask(async (praiseText: string) => {
    await setText({ businessAccountId, praiseText });
    setEdited(null);
  });
  const stored = store?.praiseText ?? "";
  const shown = edited ?? stored;
  return (
    <Card title={praise.title}>
      <Stack gap="sm">
        <Text>{praise.about}</Text>
        <Textarea
          label={praise.text}
          autosize
          minRows={2}
          // What is typed before the stored text arrives would be mixed with it.
          disabled={store === undefined}
          value={shown}
          onChange={(event) => setEdited(event.currentTarget.value)}
        />
        <Group>
          <Button
            disabled={shown.trim() === "" || shown.trim() === stored}
            loading={save.isRunning}
            onClick={() => save.run(shown)}
          >
            {settingsText.save}
          </Button>
        </Group>
        <ErrorAlert message={save.errorMessage} />
      </Stack>
    </Card>
  );
}
