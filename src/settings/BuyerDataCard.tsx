import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useConvex } from "convex/react";
import { useState } from "react";
import { Card } from "../ui/Card";
import { ConfirmButton } from "../ui/ConfirmButton";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { eraseBuyer, exportBuyer } from "./buyerData";
import { buyerDataText, erasedText, exportedText } from "./buyerDataText";
import type { BusinessId } from "./types";

/** For a buyer who asks what is stored about them, or to be forgotten. */
export function BuyerDataCard({ businessAccountId }: { businessAccountId: BusinessId }) {
  const client = useConvex();
  const [buyerName, setBuyerName] = useState("");
  const [result, setResult] = useState<string | null>(null);
  const task = useAsyncTask(async (work: () => Promise<string>) => {
    setResult(null);
    setResult(await work());
  });
  const buyer = { businessAccountId, buyerName };
  return (
    <Card title={buyerDataText.title}>
      <Stack gap="sm">
        <Text>{buyerDataText.about}</Text>
        <TextInput
          label={buyerDataText.buyerName}
          autoComplete="off"
          value={buyerName}
          onChange={(event) => setBuyerName(event.currentTarget.value)}
        />
        <ErrorAlert message={task.errorMessage} />
        <Group>
          <Button
            variant="default"
            loading={task.isRunning}
            onClick={() => task.run(async () => exportedText(await exportBuyer(client, buyer)))}
          >
            {buyerDataText.export}
          </Button>
          <ConfirmButton
            label={buyerDataText.forget}
            title={buyerDataText.forgetTitle(buyerName.trim())}
            text={buyerDataText.forgetEffect}
            confirmLabel={buyerDataText.forget}
            isRunning={task.isRunning}
            isDisabled={buyerName.trim() === ""}
            onConfirm={() => task.run(async () => erasedText(await eraseBuyer(client, buyer)))}
          />
        </Group>
        {result !== null && <Text role="status">{result}</Text>}
      </Stack>
    </Card>
  );
}
