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
import { eventsText } from "./eventsText";
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
      title={eventsText.title}
      controls={
        <NativeSelect
          aria-label={eventsText.which}
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
        label={eventsText.title}
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
  return (
    <>
      {canRetry && (
        <ConfirmButton
          label={eventsText.retryAll}
          title={eventsText.retryAllTitle(failed.count, failed.isMore)}
          text={eventsText.retryAllText}
          confirmLabel={eventsText.retryAll}
          isRunning={retry.isRunning}
          onConfirm={() => retry.run({ businessAccountId })}
        />
      )}
      <ErrorAlert message={retry.errorMessage} />
    </>
  );
}

const emptyTexts: Partial<Record<Filter, string>> = eventsText.empty;

function EmptyText({ filter }: { filter: Filter }) {
  return <Text>{emptyTexts[filter] ?? eventsText.nothingYet}</Text>;
}
