import { Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import list from "../ui/list.module.css";
import { timeAgo } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import { auditText, violationText } from "./violationText";

type AuditCardProps = {
  businessAccountId: Business["businessAccountId"];
  canStart: boolean;
  now: number;
};

/** The audit of the stock: whether lots agree with their ledgers and with the reservations of orders. Staff can start one. */
export function AuditCard({ businessAccountId, canStart, now }: AuditCardProps) {
  const audit = useQuery(api.orders.allocation.audit.latest, { businessAccountId });
  const start = useAsyncTask(useMutation(api.orders.allocation.audit.start));
  const isRunning = audit !== undefined && audit !== null && audit.finishedAt === null;
  return (
    <Card title={auditText.title}>
      <Stack gap="sm">
        <Text>{auditText.explanation}</Text>
        {audit === null && <Text c="dimmed">{auditText.notYet}</Text>}
        {audit && (
          <div role="status">
            <Text>
              {isRunning
                ? auditText.checking(audit.lotsChecked)
                : audit.violationCount === 0
                  ? auditText.agrees(audit.lotsChecked)
                  : auditText.disagrees(audit.lotsChecked, audit.violationCount)}
            </Text>
            <Text size="sm" c="dimmed">
              {auditText.checked(timeAgo(audit.finishedAt ?? audit.startedAt, now))}
            </Text>
          </div>
        )}
        {audit && audit.violations.length > 0 && (
          <ul className={list.divided} aria-label={auditText.violations}>
            {audit.violations.map(({ inventoryItemId, itemName, location, violation }, index) => (
              <li key={index}>
                <Link to="/inventory" search={{ lot: inventoryItemId }}>
                  {auditText.lot(itemName, location)}
                </Link>
                <Text size="sm">{violationText(violation)}</Text>
              </li>
            ))}
          </ul>
        )}
        {canStart && (
          <Group>
            <Button
              variant="default"
              loading={start.isRunning || isRunning}
              onClick={() => start.run({ businessAccountId })}
            >
              {auditText.start}
            </Button>
          </Group>
        )}
        <ErrorAlert message={start.errorMessage} />
      </Stack>
    </Card>
  );
}
