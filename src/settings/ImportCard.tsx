import { Group, Stack, Text } from "@mantine/core";
import { ImportButton, ImportProgress, useLatestImport } from "../inventory/Import";
import { Card } from "../ui/Card";
import type { BusinessId } from "./types";

type ImportCardProps = { businessAccountId: BusinessId; isActive: boolean };

/** The inventory from BrickLink, and how far the latest import has come. */
export function ImportCard({ businessAccountId, isActive }: ImportCardProps) {
  const latest = useLatestImport(businessAccountId);
  return (
    <Card title="Inventory">
      <Stack gap="sm">
        {latest === null && (
          <Text>
            Import your lots from BrickLink, so that order lines find their bins and stock can be reserved.
          </Text>
        )}
        {latest && <ImportProgress run={latest} />}
        <Group>
          <ImportButton
            businessAccountId={businessAccountId}
            isRunning={latest?.status === "running"}
            isConnected={isActive}
          />
        </Group>
      </Stack>
    </Card>
  );
}
