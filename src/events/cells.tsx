/** Cells of the events table, and its rows as cards on a phone. */
import { Anchor, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { DataTableColumn } from "../ui/DataTable";
import text from "../ui/text.module.css";
import { formatDateTime, relativeTime } from "../ui/time";
import { eventsText } from "./eventsText";
import { MY_BRICKLINK_URL, type Notification } from "./notification";
import { NotificationStatus } from "./NotificationStatus";
import { failureText, sourceLabels, subjectText } from "./notificationText";

type CellProps = { notification: Notification; now: number };

/** Why the notification is not completed and when the next attempt starts, or where to read a message or feedback. */
function Reason({ notification, now }: CellProps) {
  const { nextAttemptAt, status, eventType, orderNumber } = notification;
  const reason = failureText(notification);
  if (eventType !== "Order" && status === "completed" && orderNumber !== null) {
    return (
      <Link
        to="/"
        search={{ order: orderNumber }}
        // Opens the order only: without this, the click would also open the row's drawer.
        onClick={(event) => event.stopPropagation()}
      >
        {eventsText.readInOrder}
      </Link>
    );
  }
  if (eventType !== "Order" && status === "completed") {
    return (
      <Anchor
        href={MY_BRICKLINK_URL}
        target="_blank"
        rel="noreferrer"
        inherit
        // Opens BrickLink only: without this, the click would also open the row's drawer.
        onClick={(event) => event.stopPropagation()}
      >
        {eventsText.readOnBricklink}
      </Anchor>
    );
  }
  if (status === "completed") return null;
  return (
    <>
      {reason}
      {nextAttemptAt !== null && (
        <span className={text.soft} title={formatDateTime(nextAttemptAt)}>
          {reason !== null && " "}
          {nextAttemptAt > now
            ? eventsText.nextAttempt(relativeTime(nextAttemptAt, now))
            : eventsText.nextAttemptSoon}
        </span>
      )}
    </>
  );
}

export function notificationColumns(now: number): DataTableColumn<Notification>[] {
  return [
    {
      id: "receivedAt",
      header: eventsText.arrived,
      cell: ({ receivedAt }) => (
        <time dateTime={new Date(receivedAt).toISOString()} title={formatDateTime(receivedAt)}>
          {relativeTime(receivedAt, now)}
        </time>
      ),
    },
    { id: "subject", header: eventsText.event, cell: (row) => <strong>{subjectText(row)}</strong> },
    { id: "source", header: eventsText.source, isWideOnly: true, cell: ({ source }) => sourceLabels[source] },
    { id: "status", header: eventsText.state, cell: (row) => <NotificationStatus notification={row} /> },
    {
      id: "attempts",
      header: eventsText.attempts,
      align: "right",
      isWideOnly: true,
      cell: ({ attempts }) => (attempts > 1 ? attempts : null),
    },
    {
      id: "reason",
      header: eventsText.reason,
      isWrapped: true,
      cell: (row) => <Reason notification={row} now={now} />,
    },
  ];
}

/** A notification as a row of one column. */
export function NotificationCard({ notification, now }: CellProps) {
  return (
    <>
      <Group justify="space-between" gap="xs">
        <strong>{subjectText(notification)}</strong>
        <NotificationStatus notification={notification} />
      </Group>
      <Text size="sm" c="dimmed">
        {sourceLabels[notification.source]}, {relativeTime(notification.receivedAt, now)}
      </Text>
      <Text size="sm" component="div">
        <Reason notification={notification} now={now} />
      </Text>
    </>
  );
}
