import { Button, Text, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useMemo } from "react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";
import { ListScreen } from "../ui/Screen";
import { DataTable } from "../ui/DataTable";
import { useNow } from "../ui/time";
import { lotColumns, LotCard } from "./cells";
import { ImportButton, ImportProgress, useLatestImport } from "./InventoryImport";
import classes from "./InventoryScreen.module.css";
import { LotDrawer } from "./LotDrawer";
import { lotText } from "./lotText";
import { InventoryControls, PhoneInventoryControls, type InventoryControlsProps } from "./InventoryControls";
import type { InventorySearch, LotFilter } from "./search";
import { useLots } from "./useLots";

/** How long the result of a finished import is shown: long enough to be seen, then it gives the room to the lots. */
const IMPORT_RESULT_SHOWN_MS = 2 * 60_000;

/** The lots with their quantities on hand, reserved, available and backordered. */
export function InventoryScreen() {
  const { businessAccountId, role } = useBusiness();
  const urlSearch = useSearch({ from: "/inventory" });
  const navigate = useNavigate({ from: "/inventory" });
  const now = useNow();
  const { show: filter = "all", sort = "location", q: search = "", lot } = urlSearch;
  const isPhone = useMediaQuery("(max-width: 700px)", false, { getInitialValueInEffect: false });
  const lots = useLots(businessAccountId, { filter, sort, search });
  const run = useLatestImport(businessAccountId);
  const columns = useMemo(() => lotColumns(filter), [filter]);
  const navigateTo = (next: InventorySearch, replace = false) => void navigate({ search: next, replace });
  const { lot: _lot, ...searchWithoutLot } = urlSearch;
  const { q: _q, ...searchWithoutText } = urlSearch;
  const isImportShown =
    run && (run.status === "running" || now - (run.finishedAt ?? 0) < IMPORT_RESULT_SHOWN_MS);
  const controls: InventoryControlsProps = {
    filter,
    sort,
    search,
    onSearch: (typed) => navigateTo(typed === "" ? searchWithoutText : { ...urlSearch, q: typed }, true),
    onFilter: (show) => navigateTo({ ...searchWithoutLot, show }),
    onSort: (next) => navigateTo({ ...searchWithoutLot, sort: next }),
  };
  const actions = (
    <>
      <Button variant="default" renderRoot={(props) => <Link {...props} to="/labels" />}>
        {lotText.binLabels}
      </Button>
      {isPermitted(role, "marketplaces.bricklink.import.runs.start") && (
        <OwnerImportButton isRunning={run?.status === "running"} />
      )}
    </>
  );
  return (
    <ListScreen
      title={lotText.title}
      controls={
        isPhone ? (
          <PhoneInventoryControls {...controls} actions={actions} />
        ) : (
          <InventoryControls {...controls} />
        )
      }
      actions={isPhone ? null : actions}
      notices={
        <>
          {isImportShown && (
            <div className={classes.notice}>
              <ImportProgress run={run} />
            </div>
          )}
          {lots.isTruncated && lots.rows.length > 0 && (
            <Text className={classes.notice} size="sm" c="dimmed">
              {search === "" ? lotText.more : lotText.perhapsMore}
            </Text>
          )}
        </>
      }
    >
      <DataTable
        label={lotText.lots}
        columns={columns}
        card={(row) => <LotCard row={row} filter={filter} />}
        rows={lots.rows}
        rowKey={({ lotId }) => lotId}
        currentKey={lot ?? null}
        status={lots.status}
        onLoadMore={lots.loadMore}
        onOpen={({ lotId }) => navigateTo({ ...urlSearch, lot: lotId })}
        empty={<EmptyText filter={filter} isSearching={search !== ""} />}
      />
      {lot !== undefined && (
        <LotDrawer
          key={lot}
          businessAccountId={businessAccountId}
          canAdjust={isPermitted(role, "orders.allocation.adjustments.adjust")}
          lotId={lot}
          now={now}
          onClose={() => navigateTo(searchWithoutLot)}
        />
      )}
    </ListScreen>
  );
}

/** A component of its own, so that the connection's status is queried only where the button is shown. */
function OwnerImportButton({ isRunning }: { isRunning: boolean }) {
  const { businessAccountId } = useBusiness();
  const status = useQuery(api.marketplaces.bricklink.connection.settings.status, { businessAccountId });
  return (
    <ImportButton
      businessAccountId={businessAccountId}
      isRunning={isRunning}
      isConnected={status?.isActive === true}
    />
  );
}

function EmptyText({ filter, isSearching }: { filter: LotFilter; isSearching: boolean }) {
  if (isSearching) return <Text>{lotText.noneFound}</Text>;
  if (filter === "short") return <Text>{lotText.noneShort}</Text>;
  if (filter === "recount") return <Text>{lotText.noneToCount}</Text>;
  if (filter === "drift") return <Text>{lotText.noneDiffers}</Text>;
  return (
    <>
      <Title order={2}>{lotText.noneYet}</Title>
      <Text>{lotText.importFirst}</Text>
      <Link to="/settings">{lotText.openSettings}</Link>
    </>
  );
}
