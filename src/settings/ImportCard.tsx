import { Group, Stack, Text } from "@mantine/core";
import { ImportButton, ImportProgress, useLatestImport } from "../inventory/InventoryImport";
import { Card } from "../ui/Card";
import { settingsText } from "./settingsText";
import type { BusinessId } from "./types";

type ImportCardProps = { businessAccountId: BusinessId; isActive: boolean };

/** Starts an import of the inventory from BrickLink, and shows the progress of the latest one. */
export function ImportCard({ businessAccountId, isActive }: ImportCardProps) {
  const latestImport = useLatestImport(businessAccountId);
  return (
    <Card title={settingsText.inventory.title}>
      <Stack gap="sm">
        {latestImport === null && <Text>{settingsText.inventory.about}</Text>}
        {latestImport && <ImportProgress run={latestImport} />}
        <Group>
          <ImportButton
            businessAccountId={businessAccountId}
            isRunning={latestImport?.status === "running"}
            isConnected={isActive}
          />
        </Group>
      </Stack>
    </Card>
  );
}
