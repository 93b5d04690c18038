/** Cells of the events table, and its rows as cards on a phone. */
import { Anchor, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { DataTableColumn } from "../ui/DataTable";
import text from "../ui/text.module.css";
import { formatDateTime, relativeTime } from "../ui/time";
import { eventsText } from "./eventsText";
import { MY_BRICKLINK_URL, type Notification } from "./notification";
import { NotificationStatus } from "./NotificationStatus";
import { attemptsText, sourceLabels, subjectText } from "./notificationText";

/** Less than what relative times call "in a minute". */
const SOON_MS = 30_000;

type CellProps = { notification: Notification; now: number };

/** Where to read a message or feedback that was fetched. */
function ReadLink({ orderNumber }: Pick<Notification, "orderNumber">) {
  if (orderNumber !== null) {
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

/** Why the notification is not completed, how many attempts there were and when the next one starts, or where to read what came. */
function Details({ notification, now }: CellProps) {
  const { nextAttemptAt, status, eventType } = notification;
  const attempts = attemptsText(notification);
  return (
    <Text size="sm" component="div">
      {attempts} {status === "completed" && eventType !== "Order" && <ReadLink {...notification} />}
      {status !== "completed" && nextAttemptAt !== null && (
        <span className={text.soft} title={formatDateTime(nextAttemptAt)}>
          {nextAttemptAt - now > SOON_MS
            ? eventsText.nextAttempt(relativeTime(nextAttemptAt, now))
            : eventsText.nextAttemptSoon}
        </span>
      )}
    </Text>
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
    { id: "source", header: eventsText.source, cell: ({ source }) => sourceLabels[source] },
    {
      id: "status",
      header: eventsText.state,
      isWrapped: true,
      cell: (row) => (
        <>
          <NotificationStatus notification={row} />
          <Details notification={row} now={now} />
        </>
      ),
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
      <Details notification={notification} now={now} />
    </>
  );
}
