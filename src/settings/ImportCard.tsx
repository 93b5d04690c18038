import { Group, Stack, Text, Title } from "@mantine/core";
import { ImportButton, ImportProgress, useLatestImport } from "../inventory/Import";
import type { BusinessId } from "./types";

type ImportCardProps = { businessAccountId: BusinessId; isActive: boolean };

/** The inventory from BrickLink, and how far the latest import has come. */
export function ImportCard({ businessAccountId, isActive }: ImportCardProps) {
  const latest = useLatestImport(businessAccountId);
  return (
    <section className="card" aria-labelledby="import-title">
      <Title order={2} size="h4" id="import-title" mb="sm">
        Inventory
      </Title>
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
    </section>
  );
}
