import { Text, Title } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useConvex, usePaginatedQuery } from "convex/react";
import { useMemo } from "react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness, type Business } from "../account/business";
import { DataTable } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { ExportButton } from "../ui/ExportButton";
import { ListScreen } from "../ui/Screen";
import { uiText } from "../ui/uiText";
import { auditLogText } from "./auditLogText";
import { entryColumns, EntryCard } from "./cells";
import { FilterBar } from "./FilterBar";
import { filterOf, type AuditLogSearch } from "./search";

const PAGE_SIZE = 50;

/** Who did what in the store, for its owners. */
export function AuditLogScreen() {
  const { businessAccountId, role } = useBusiness();
  if (isPermitted(role, "accounts.auditLog.list")) return <AuditLog businessAccountId={businessAccountId} />;
  return (
    <EmptyState>
      <Title order={1}>{auditLogText.title}</Title>
      <Text>{auditLogText.ownersOnly}</Text>
      <Link to="/">{uiText.backToOrders}</Link>
    </EmptyState>
  );
}

function AuditLog({ businessAccountId }: Pick<Business, "businessAccountId">) {
  const client = useConvex();
  const search = useSearch({ from: "/audit-log" });
  const navigate = useNavigate({ from: "/audit-log" });
  const filter = useMemo(() => filterOf(search), [search]);
  const { results, status, loadMore } = usePaginatedQuery(
    api.accounts.auditLog.list,
    { businessAccountId, ...filter },
    { initialNumItems: PAGE_SIZE },
  );
  const navigateTo = (next: AuditLogSearch) => void navigate({ search: next, replace: true });
  return (
    <ListScreen
      title={auditLogText.title}
      isInNavigation={false}
      controls={<FilterBar businessAccountId={businessAccountId} search={search} onChange={navigateTo} />}
      actions={
        <ExportButton
          label={auditLogText.exportList}
          noun={auditLogText.entries}
          exportRows={async (onProgress) => {
            const { exportAuditLog } = await import("./exportAuditLog");
            return await exportAuditLog(client, businessAccountId, filter, onProgress);
          }}
        />
      }
    >
      <DataTable
        label={auditLogText.title}
        columns={entryColumns}
        card={(entry) => <EntryCard entry={entry} />}
        rows={results}
        rowKey={({ entryId }) => entryId}
        status={status}
        onLoadMore={() => loadMore(PAGE_SIZE)}
        empty={<EmptyText isFiltered={Object.keys(search).length > 0} />}
      />
    </ListScreen>
  );
}

function EmptyText({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) return <Text>{auditLogText.nothingYet}</Text>;
  return (
    <>
      <Text>{auditLogText.nothingFound}</Text>
      <Link to="/audit-log" search={{}}>
        {auditLogText.showEverything}
      </Link>
    </>
  );
}
