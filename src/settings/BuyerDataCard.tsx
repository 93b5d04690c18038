import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useConvex } from "convex/react";
import { useState } from "react";
import { Card } from "../ui/Card";
import { ConfirmButton } from "../ui/ConfirmButton";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { eraseBuyer, exportBuyer } from "./buyerData";
import { erasedText, exportedText } from "./buyerDataText";
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
    <Card title="A buyer's data">
      <Stack gap="sm">
        <Text>
          When a buyer asks what you keep about them, or to be forgotten. Addresses, remarks and messages are
          removed by themselves some time after an order is closed.
        </Text>
        <TextInput
          label="Buyer's user name on BrickLink"
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
            Export
          </Button>
          <ConfirmButton
            label="Forget the buyer"
            title={`Forget ${buyerName.trim() || "the buyer"}?`}
            text="Name, e-mail, address, remarks, messages, feedback and tracking numbers are removed from all closed orders of this buyer. This cannot be undone. What was ordered, paid and shipped stays."
            confirmLabel="Forget the buyer"
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
