import { Anchor, Group, NativeSelect, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMutation, usePaginatedQuery, useQuery } from "convex/react";
import { useMemo } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { Confirm } from "../ui/Confirm";
import { Failure } from "../ui/Failure";
import { ListScreen } from "../ui/Screen";
import { Sheet, type SheetColumn } from "../ui/Sheet";
import { when } from "../ui/soon";
import text from "../ui/text.module.css";
import { moment, useNow } from "../ui/time";
import { useTask } from "../ui/useTask";
import { DeliveryPanel } from "./DeliveryPanel";
import { DeliveryState } from "./DeliveryState";
import {
  filters,
  MY_BRICKLINK,
  readDeliveries,
  sourceWords,
  subjectOf,
  type DeliveriesSearch,
  type Delivery,
  type Filter,
} from "./view";

const PAGE = 50;

function Reason({ delivery, now }: { delivery: Delivery; now: number }) {
  const { reason, nextAttemptAt, status, eventType } = delivery;
  if (eventType !== "Order") {
    return (
      <Anchor
        href={MY_BRICKLINK}
        target="_blank"
        rel="noreferrer"
        inherit
        onClick={(event) => event.stopPropagation()}
      >
        Read it on BrickLink
      </Anchor>
    );
  }
  if (status === "completed") return null;
  return (
    <>
      {reason}
      {nextAttemptAt !== null && (
        <span className={text.soft} title={moment(nextAttemptAt)}>
          {reason !== null && " "}
          {nextAttemptAt > now
            ? `Next attempt ${when(nextAttemptAt, now)}.`
            : "Next attempt as soon as it can."}
        </span>
      )}
    </>
  );
}

function columnsAt(now: number): SheetColumn<Delivery>[] {
  return [
    {
      id: "when",
      header: "Arrived",
      cell: ({ receivedAt }) => (
        <time dateTime={new Date(receivedAt).toISOString()} title={moment(receivedAt)}>
          {when(receivedAt, now)}
        </time>
      ),
    },
    { id: "subject", header: "Event", cell: (row) => <strong>{subjectOf(row)}</strong> },
    { id: "source", header: "How it came", from: 900, cell: ({ source }) => sourceWords[source] },
    { id: "state", header: "State", cell: (delivery) => <DeliveryState delivery={delivery} /> },
    {
      id: "attempts",
      header: "Attempts",
      align: "right",
      from: 900,
      cell: ({ attempts }) => (attempts === 0 ? <span className={text.soft}>–</span> : attempts),
    },
    {
      id: "reason",
      header: "Why, and what next",
      isWrapped: true,
      cell: (delivery) => <Reason delivery={delivery} now={now} />,
    },
  ];
}

/** The delivery log: everything BrickLink told of, how it stands, and Retry for what failed. */
export function DeliveriesScreen() {
  const { businessAccountId, role } = useBusiness();
  const search = useSearch({ from: "/deliveries" });
  const navigate = useNavigate({ from: "/deliveries" });
  const now = useNow();
  const filter = search.filter ?? "all";
  const strip = useQuery(api.marketplaces.bricklink.health.strip, { businessAccountId });
  const { results, status, loadMore } = usePaginatedQuery(
    api.marketplaces.bricklink.deliveries.list,
    { businessAccountId, filter },
    { initialNumItems: PAGE },
  );
  const columns = useMemo(() => columnsAt(now), [now]);
  const go = (next: DeliveriesSearch) => void navigate({ search: next });
  return (
    <ListScreen
      title="Deliveries"
      controls={
        <NativeSelect
          aria-label="Which deliveries"
          data={filters}
          value={filter}
          onChange={({ currentTarget }) => go(readDeliveries({ filter: currentTarget.value }))}
        />
      }
      actions={
        strip &&
        strip.failed.count > 0 && (
          <RetryAll
            businessAccountId={businessAccountId}
            failed={strip.failed}
            isAllowed={role !== "viewer"}
          />
        )
      }
    >
      <Sheet
        label="Deliveries"
        columns={columns}
        card={(delivery) => <Card delivery={delivery} now={now} />}
        rows={results}
        rowKey={({ notificationId }) => notificationId}
        currentKey={search.event ?? null}
        status={status}
        onMore={() => loadMore(PAGE)}
        onOpen={({ notificationId }) => go({ ...search, event: notificationId })}
        empty={<Empty filter={filter} />}
      />
      {search.event !== undefined && (
        <DeliveryPanel
          key={search.event}
          businessAccountId={businessAccountId}
          isStaff={role !== "viewer"}
          notificationId={search.event}
          now={now}
          onClose={() => go(search.filter === undefined ? {} : { filter: search.filter })}
        />
      )}
    </ListScreen>
  );
}

type RetryAllProps = {
  businessAccountId: ReturnType<typeof useBusiness>["businessAccountId"];
  failed: { count: number; isMore: boolean };
  isAllowed: boolean;
};

function RetryAll({ businessAccountId, failed, isAllowed }: RetryAllProps) {
  const retry = useTask(useMutation(api.marketplaces.bricklink.deliveries.retryFailed));
  const many = failed.isMore ? `More than ${failed.count}` : String(failed.count);
  return (
    <>
      {isAllowed && (
        <Confirm
          label="Retry all"
          title={`Start ${failed.isMore ? "the failed deliveries" : many} over?`}
          text="Each order is fetched from BrickLink again, two calls each, four at a time, at most a hundred now. What was done before is not done twice. If the cause is still there, each is tried for some nine hours and then asks for you again."
          confirm="Retry all"
          isRunning={retry.isRunning}
          onConfirm={() => retry.run({ businessAccountId })}
        />
      )}
      <Failure message={retry.failure} />
    </>
  );
}

function Card({ delivery, now }: { delivery: Delivery; now: number }) {
  return (
    <>
      <Group justify="space-between" gap="xs">
        <strong>{subjectOf(delivery)}</strong>
        <DeliveryState delivery={delivery} />
      </Group>
      <Text size="sm" c="dimmed">
        {sourceWords[delivery.source]}, {when(delivery.receivedAt, now)}
      </Text>
      <Text size="sm" component="div">
        <Reason delivery={delivery} now={now} />
      </Text>
    </>
  );
}

const emptyWords: Partial<Record<Filter, string>> = {
  failed: "Nothing needs you. What fails for good is listed here, with its reason.",
  retrying: "Nothing failed that is still being tried.",
  waiting: "Nothing waits.",
  processing: "Nothing is being fetched just now.",
  messages: "No messages so far.",
  feedback: "No feedback so far.",
};

function Empty({ filter }: { filter: Filter }) {
  return (
    <Text>
      {emptyWords[filter] ??
        "Nothing has arrived yet. Once BrickLink is connected, everything it tells of is listed here."}
    </Text>
  );
}
