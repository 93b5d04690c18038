import { Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { formatCount } from "../ui/formatCount";
import list from "../ui/list.module.css";
import { timeAgo } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import { violationText } from "./violationText";

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
    <Card title="Stock audit">
      <Stack gap="sm">
        <Text>
          Every night each lot is checked against its ledger and against the orders that hold it. What
          disagrees is listed here and never repaired by itself: it comes from an error in this program, so
          report it, and count the lot&apos;s bin before you rely on its numbers.
        </Text>
        {audit === null && <Text c="dimmed">The stock has not been checked yet.</Text>}
        {audit && (
          <div role="status">
            <Text>
              {isRunning
                ? `Checking: ${formatCount(audit.lotsChecked, "lot")} so far.`
                : audit.violationCount === 0
                  ? `${formatCount(audit.lotsChecked, "lot")} checked, nothing disagrees.`
                  : `${formatCount(audit.lotsChecked, "lot")} checked, ${formatCount(audit.violationCount, "disagreement")} found.`}
            </Text>
            <Text size="sm" c="dimmed">
              Checked {timeAgo(audit.finishedAt ?? audit.startedAt, now)}
            </Text>
          </div>
        )}
        {audit && audit.violations.length > 0 && (
          <ul className={list.divided} aria-label="Disagreements">
            {audit.violations.map(({ inventoryItemId, itemName, location, violation }, index) => (
              <li key={index}>
                <Link to="/inventory" search={{ lot: inventoryItemId }}>
                  {itemName} ({location === "" ? "no bin" : location})
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
              Check now
            </Button>
          </Group>
        )}
        <ErrorAlert message={start.errorMessage} />
      </Stack>
    </Card>
  );
}
