import { Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { movementText } from "../inventory/movementText";
import { ConfirmButton } from "../ui/ConfirmButton";
import { ErrorAlert } from "../ui/ErrorAlert";
import list from "../ui/list.module.css";
import { DetailDrawer, DetailHeader, DetailSkeleton } from "../ui/DetailDrawer";
import { relativeTime } from "../ui/time";
import text from "../ui/text.module.css";
import { formatDateTime } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import { eventsText } from "./eventsText";
import { MY_BRICKLINK_URL, type Notification, type Timeline } from "./notification";
import classes from "./NotificationDrawer.module.css";
import { NotificationStatus } from "./NotificationStatus";
import { retryText, sourceLabels, subjectText, timelineSteps } from "./notificationText";

type NotificationDrawerProps = {
  businessAccountId: Business["businessAccountId"];
  canRetry: boolean;
  notificationId: string;
  now: number;
  onClose: () => void;
};

/** One notification: its status, timeline and effect on stock, updated live. */
export function NotificationDrawer(props: NotificationDrawerProps) {
  const { businessAccountId, canRetry, notificationId, now, onClose } = props;
  const timeline = useQuery(api.marketplaces.bricklink.queue.log.timeline, {
    businessAccountId,
    notificationId,
  });
  return (
    <DetailDrawer
      title={timeline ? subjectText(timeline.notification) : eventsText.event}
      rowKey={notificationId}
      onClose={onClose}
    >
      {timeline === undefined && <DetailSkeleton />}
      {timeline === null && <Text>{eventsText.notFound}</Text>}
      {timeline && (
        <Stack gap="lg" pb="xl">
          <DetailHeader>
            <NotificationStatus notification={timeline.notification} />
            <span className={text.soft}>{sourceLabels[timeline.notification.source]}</span>
            <SubjectLink timeline={timeline} />
          </DetailHeader>
          {canRetry && (
            <RetryButton businessAccountId={businessAccountId} notification={timeline.notification} />
          )}
          <section>
            <Title order={3} mb="xs">
              {eventsText.whatHappened}
            </Title>
            <ol className={classes.timeline} aria-label={eventsText.whatHappened}>
              {timelineSteps(timeline.notification).map(({ at, tone, text: step }, index) => (
                <li key={index} data-tone={tone}>
                  <time dateTime={new Date(at).toISOString()} title={formatDateTime(at)}>
                    {relativeTime(at, now)}
                  </time>
                  {step}
                </li>
              ))}
            </ol>
            {timeline.servedBy !== null && (
              <Link to="/events" search={{ event: timeline.servedBy }}>
                {eventsText.servedBy}
              </Link>
            )}
          </section>
          {timeline.notification.eventType === "Order" && timeline.notification.status === "completed" && (
            <Movements movements={timeline.movements} />
          )}
        </Stack>
      )}
    </DetailDrawer>
  );
}

/** Link to the order here, with its messages and feedback, or to those on BrickLink where their order is not known. */
function SubjectLink({ timeline: { notification, hasOrder } }: { timeline: Timeline }) {
  const { eventType, orderNumber } = notification;
  if (eventType !== "Order" && !hasOrder) {
    return (
      <Anchor href={MY_BRICKLINK_URL} target="_blank" rel="noreferrer">
        {eventsText.readOnBricklink}
      </Anchor>
    );
  }
  if (!hasOrder || orderNumber === null) {
    return <span className={text.soft}>{eventsText.notStored}</span>;
  }
  return (
    <Link to="/" search={{ order: orderNumber }}>
      {eventsText.openOrder}
    </Link>
  );
}

type RetryButtonProps = { businessAccountId: Business["businessAccountId"]; notification: Notification };

function RetryButton({ businessAccountId, notification }: RetryButtonProps) {
  const retry = useAsyncTask(useMutation(api.marketplaces.bricklink.queue.log.retryOne));
  if (notification.status !== "failed") return null;
  const { notificationId } = notification;
  return (
    <div>
      <ConfirmButton
        label={notification.nextAttemptAt === null ? eventsText.retry : eventsText.tryNow}
        title={eventsText.retryTitle(subjectText(notification))}
        text={retryText(notification)}
        confirmLabel={eventsText.retryNow}
        isRunning={retry.isRunning}
        onConfirm={() => retry.run({ businessAccountId, notificationId })}
      />
      <ErrorAlert message={retry.errorMessage} />
    </div>
  );
}

/** The ledger movements that the notification caused, each with a link to its lot. */
function Movements({ movements }: Pick<Timeline, "movements">) {
  return (
    <section>
      <Title order={3} mb="xs">
        {eventsText.movements}
      </Title>
      {movements.length === 0 && <Text c="dimmed">{eventsText.noMovements}</Text>}
      <ul className={list.divided} aria-label={eventsText.movements}>
        {movements.map((movement, index) => (
          <li key={index}>
            <Link to="/inventory" search={{ lot: movement.inventoryItemId }}>
              {movementText(movement, movement.lot, eventsText.removedLot)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
