import { Group, Button, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { Card } from "../ui/Card";
import { Failure } from "../ui/Failure";
import list from "../ui/list.module.css";
import { ago } from "../ui/time";
import { useTask } from "../ui/useTask";

type AuditCardProps = {
  businessAccountId: Business["businessAccountId"];
  isStaff: boolean;
  now: number;
};

/** Whether lots, their ledgers and the orders that hold them agree. */
export function AuditCard({ businessAccountId, isStaff, now }: AuditCardProps) {
  const audit = useQuery(api.marketplaces.bricklink.audit.latest, { businessAccountId });
  const start = useTask(useMutation(api.marketplaces.bricklink.audit.start));
  const isRunning = audit !== undefined && audit !== null && audit.finishedAt === null;
  return (
    <Card title="Whether the stock adds up">
      <Stack gap="sm">
        <Text>
          Every night each lot is checked against its ledger and against the orders that hold it. What
          disagrees is shown here and never repaired by itself.
        </Text>
        {audit === null && <Text c="dimmed">It has not been checked yet.</Text>}
        {audit && (
          <div role="status">
            <Text>
              {isRunning
                ? `Checking: ${audit.lotsChecked} lots so far.`
                : audit.violationCount === 0
                  ? `All ${audit.lotsChecked} lots add up.`
                  : `${audit.violationCount} disagreements in ${audit.lotsChecked} lots.`}
            </Text>
            <Text size="sm" c="dimmed">
              Checked {ago(audit.finishedAt ?? audit.startedAt, now)}
            </Text>
          </div>
        )}
        {audit && audit.violations.length > 0 && (
          <ul className={list.divided} aria-label="Disagreements">
            {audit.violations.map(({ inventoryItemId, itemName, location, message }, place) => (
              <li key={place}>
                <Link to="/inventory" search={{ lot: inventoryItemId }}>
                  {itemName} ({location === "" ? "no bin" : location})
                </Link>
                <Text size="sm">{message}</Text>
              </li>
            ))}
          </ul>
        )}
        {isStaff && (
          <Group>
            <Button
              variant="default"
              loading={start.isRunning || isRunning}
              onClick={() => start.run({ businessAccountId })}
            >
              Check now
            </Button>
          </Group>
        )}
        <Failure message={start.failure} />
      </Stack>
    </Card>
  );
}
