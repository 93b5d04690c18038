import { NativeSelect, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMutation, usePaginatedQuery, useQuery } from "convex/react";
import { useMemo } from "react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness, type Business } from "../account/business";
import { ConfirmButton } from "../ui/ConfirmButton";
import { ErrorAlert } from "../ui/ErrorAlert";
import { ListScreen } from "../ui/Screen";
import { DataTable } from "../ui/DataTable";
import { useNow } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import { NotificationCard, notificationColumns } from "./cells";
import { NotificationDrawer } from "./NotificationDrawer";
import { filterLabels } from "./filterText";
import { filters, parseEventsSearch, type EventsSearch, type Filter } from "./search";

const PAGE_SIZE = 50;

/** The notification log: every notification from BrickLink with its status, and a retry for those that failed. */
export function EventsScreen() {
  const { businessAccountId, role } = useBusiness();
  const search = useSearch({ from: "/events" });
  const navigate = useNavigate({ from: "/events" });
  const now = useNow();
  const filter = search.filter ?? "all";
  const storeHealth = useQuery(api.marketplaces.bricklink.limits.health.strip, { businessAccountId });
  const { results, status, loadMore } = usePaginatedQuery(
    api.marketplaces.bricklink.queue.log.list,
    { businessAccountId, filter },
    { initialNumItems: PAGE_SIZE },
  );
  const columns = useMemo(() => notificationColumns(now), [now]);
  const navigateTo = (next: EventsSearch) => void navigate({ search: next });
  return (
    <ListScreen
      title="Events"
      controls={
        <NativeSelect
          aria-label="Which events"
          data={filters.map((value) => ({ value, label: filterLabels[value] }))}
          value={filter}
          onChange={({ currentTarget }) => navigateTo(parseEventsSearch({ filter: currentTarget.value }))}
        />
      }
      actions={
        storeHealth &&
        storeHealth.failed.count > 0 && (
          <RetryAllButton
            businessAccountId={businessAccountId}
            failed={storeHealth.failed}
            canRetry={isPermitted(role, "marketplaces.bricklink.queue.log.retryFailed")}
          />
        )
      }
    >
      <DataTable
        label="Events"
        columns={columns}
        card={(notification) => <NotificationCard notification={notification} now={now} />}
        rows={results}
        rowKey={({ notificationId }) => notificationId}
        currentKey={search.event ?? null}
        status={status}
        onLoadMore={() => loadMore(PAGE_SIZE)}
        onOpen={({ notificationId }) => navigateTo({ ...search, event: notificationId })}
        empty={<EmptyText filter={filter} />}
      />
      {search.event !== undefined && (
        <NotificationDrawer
          key={search.event}
          businessAccountId={businessAccountId}
          canRetry={isPermitted(role, "marketplaces.bricklink.queue.log.retryOne")}
          notificationId={search.event}
          now={now}
          onClose={() => navigateTo(search.filter === undefined ? {} : { filter: search.filter })}
        />
      )}
    </ListScreen>
  );
}

type RetryAllButtonProps = {
  businessAccountId: Business["businessAccountId"];
  failed: { count: number; isMore: boolean };
  canRetry: boolean;
};

/** Retries all notifications whose failure is final. Viewers see no button. */
function RetryAllButton({ businessAccountId, failed, canRetry }: RetryAllButtonProps) {
  const retry = useAsyncTask(useMutation(api.marketplaces.bricklink.queue.log.retryFailed));
  const countText = failed.isMore ? `more than ${failed.count}` : String(failed.count);
  return (
    <>
      {canRetry && (
        <ConfirmButton
          label="Retry all"
          title={`Retry ${countText} failed ${failed.count === 1 ? "event" : "events"}?`}
          text="Each is fetched from BrickLink again, by at most two calls, four at a time and at most a hundred now. What was done before is not done twice. If the cause is still there, each is tried for some nine hours and then listed here again."
          confirmLabel="Retry all"
          isRunning={retry.isRunning}
          onConfirm={() => retry.run({ businessAccountId })}
        />
      )}
      <ErrorAlert message={retry.errorMessage} />
    </>
  );
}

const emptyTexts: Partial<Record<Filter, string>> = {
  failed: "Nothing needs you. What fails for good is listed here, with its reason.",
  retrying: "Nothing is being tried again. What failed once and is tried again by itself is listed here.",
  waiting: "Nothing waits to be fetched.",
  processing: "Nothing is being fetched just now.",
  messages: "No messages so far. What buyers write on BrickLink is listed here.",
  feedback: "No feedback so far. What buyers say of your store is listed here.",
};

function EmptyText({ filter }: { filter: Filter }) {
  return (
    <Text>
      {emptyTexts[filter] ??
        "Nothing has arrived yet. Once BrickLink is connected, its events are listed here."}
    </Text>
  );
}
