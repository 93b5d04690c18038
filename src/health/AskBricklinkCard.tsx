import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMutation, useQuery } from "convex/react";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import type { Business } from "../account/business";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { timeAgo, useNow } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import { askText, fetchText } from "./fetchText";
import { pauseText } from "./problemText";
import { stripText } from "./summaryText";

type AskBricklinkCardProps = { businessAccountId: Business["businessAccountId"] };

/** What staff can ask BrickLink for at once: a comparison of all orders, and one order by its number. */
export function AskBricklinkCard({ businessAccountId }: AskBricklinkCardProps) {
  return (
    <Card title={askText.title}>
      <Stack gap="md">
        <CompareOrders businessAccountId={businessAccountId} />
        <FetchOrder businessAccountId={businessAccountId} />
      </Stack>
    </Card>
  );
}

function CompareOrders({ businessAccountId }: AskBricklinkCardProps) {
  const storeHealth = useQuery(api.marketplaces.bricklink.limits.health.strip, { businessAccountId });
  const compare = useAsyncTask(useMutation(api.marketplaces.bricklink.sync.reconcile.compareNow));
  const now = useNow();
  const comparedAt = storeHealth?.lastReconciledAt ?? null;
  return (
    <Stack gap="xs">
      <Text>{askText.comparison}</Text>
      <Group>
        <Button
          variant="default"
          loading={compare.isRunning}
          disabled={storeHealth?.connection !== "active"}
          onClick={() => compare.run({ businessAccountId })}
        >
          {askText.compare}
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {comparedAt === null ? askText.notCompared : askText.compared(timeAgo(comparedAt, now))}
        </Text>
      </Group>
      <ErrorAlert message={compare.errorMessage} />
    </Stack>
  );
}

function FetchOrder({ businessAccountId }: AskBricklinkCardProps) {
  const storeHealth = useQuery(api.marketplaces.bricklink.limits.health.strip, { businessAccountId });
  const pause = storeHealth?.pause ?? null;
  const fetchOrder = useMutation(api.marketplaces.bricklink.queue.log.fetchOrder);
  const [typed, setTyped] = useState("");
  const [notificationId, setNotificationId] = useState<Id<"bricklinkNotifications"> | null>(null);
  const request = useAsyncTask(async (orderNumber: number) => {
    setNotificationId(null);
    setNotificationId(await fetchOrder({ businessAccountId, orderNumber }));
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    // Anything but digits becomes NaN, which the backend refuses with a sentence that says what to enter.
    request.run(/^\d+$/.test(typed.trim()) ? Number(typed) : Number.NaN);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Group align="end">
          <TextInput
            label={askText.orderNumber}
            inputMode="numeric"
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={request.isRunning} disabled={typed.trim() === ""}>
            {askText.fetch}
          </Button>
        </Group>
        <ErrorAlert message={request.errorMessage} />
        {pause && (
          <Text c="dimmed">
            {pauseText(pause)} {askText.fetchedLater}
          </Text>
        )}
        {notificationId && (
          <FetchProgress businessAccountId={businessAccountId} notificationId={notificationId} />
        )}
      </Stack>
    </form>
  );
}

type FetchProgressProps = AskBricklinkCardProps & { notificationId: Id<"bricklinkNotifications"> };

/** What has become of a fetch, live. */
function FetchProgress({ businessAccountId, notificationId }: FetchProgressProps) {
  const timeline = useQuery(api.marketplaces.bricklink.queue.log.timeline, {
    businessAccountId,
    notificationId,
  });
  if (!timeline) return null;
  const { notification, hasOrder } = timeline;
  return (
    <Text role="status">
      {fetchText(notification)}{" "}
      {notification.status === "completed" && hasOrder && (
        <Link to="/" search={{ order: notification.resourceId }}>
          {askText.open}
        </Link>
      )}
      {notification.status === "failed" && (
        <Link to="/events" search={{ filter: "failed" }}>
          {stripText.seeFailed}
        </Link>
      )}
    </Text>
  );
}
