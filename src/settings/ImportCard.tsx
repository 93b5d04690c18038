import { Group, Stack, Text } from "@mantine/core";
import { ImportButton, ImportProgress, useLatestImport } from "../inventory/InventoryImport";
import { Card } from "../ui/Card";
import type { BusinessId } from "./types";

type ImportCardProps = { businessAccountId: BusinessId; isActive: boolean };

/** Starts an import of the inventory from BrickLink, and shows the progress of the latest one. */
export function ImportCard({ businessAccountId, isActive }: ImportCardProps) {
  const latestImport = useLatestImport(businessAccountId);
  return (
    <Card title="Inventory">
      <Stack gap="sm">
        {latestImport === null && (
          <Text>
            Import your lots from BrickLink, so that order lines find their bins and stock can be reserved.
          </Text>
        )}
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
