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
import { filters, parseDeliveriesSearch, type DeliveriesSearch, type Filter } from "./search";

const PAGE_SIZE = 50;

/** The notification log: every notification from BrickLink with its status, and a retry for those that failed. */
export function DeliveriesScreen() {
  const { businessAccountId, role } = useBusiness();
  const search = useSearch({ from: "/deliveries" });
  const navigate = useNavigate({ from: "/deliveries" });
  const now = useNow();
  const filter = search.filter ?? "all";
  const storeHealth = useQuery(api.marketplaces.bricklink.limits.health.strip, { businessAccountId });
  const { results, status, loadMore } = usePaginatedQuery(
    api.marketplaces.bricklink.queue.log.list,
    { businessAccountId, filter },
    { initialNumItems: PAGE_SIZE },
  );
  const columns = useMemo(() => notificationColumns(now), [now]);
  const navigateTo = (next: DeliveriesSearch) => void navigate({ search: next });
  return (
    <ListScreen
      title="Deliveries"
      controls={
        <NativeSelect
          aria-label="Which deliveries"
          data={filters}
          value={filter}
          onChange={({ currentTarget }) => navigateTo(parseDeliveriesSearch({ filter: currentTarget.value }))}
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
        label="Deliveries"
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
  const countText = failed.isMore ? `More than ${failed.count}` : String(failed.count);
  return (
    <>
      {canRetry && (
        <ConfirmButton
          label="Retry all"
          title={`Start ${failed.isMore ? "the failed deliveries" : countText} over?`}
          text="Each order is fetched from BrickLink again, two calls each, four at a time, at most a hundred now. What was done before is not done twice. If the cause is still there, each is tried for some nine hours and then asks for you again."
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
  retrying: "Nothing failed that is still being tried.",
  waiting: "Nothing waits.",
  processing: "Nothing is being fetched just now.",
  messages: "No messages so far.",
  feedback: "No feedback so far.",
};

function EmptyText({ filter }: { filter: Filter }) {
  return (
    <Text>
      {emptyTexts[filter] ??
        "Nothing has arrived yet. Once BrickLink is connected, its notifications are listed here."}
    </Text>
  );
}
