import { NativeSelect, SegmentedControl, Text, Title } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useMemo } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { ListScreen } from "../ui/Screen";
import { SearchField } from "../ui/SearchField";
import { Sheet } from "../ui/Sheet";
import { useNow } from "../ui/time";
import { lotColumns, LotCard } from "./cells";
import { ImportButton, ImportProgress, useLatestImport } from "./Import";
import classes from "./InventoryScreen.module.css";
import { LotPanel } from "./LotPanel";
import { useLots } from "./useLots";
import { readInventory, shows, sorts, type InventorySearch, type Show } from "./view";

/** A finished import is told of this long. */
const IMPORT_TOLD_MS = 2 * 60_000;

/** The shelves: every lot, what is promised of it and what is waited for. */
export function InventoryScreen() {
  const { businessAccountId, role } = useBusiness();
  const address = useSearch({ from: "/inventory" });
  const navigate = useNavigate({ from: "/inventory" });
  const now = useNow();
  const { show = "all", sort = "location", q: search = "", lot } = address;
  const lots = useLots(businessAccountId, { show, sort, search });
  const run = useLatestImport(businessAccountId);
  const columns = useMemo(() => lotColumns(show), [show]);
  const go = (next: InventorySearch, replace = false) => void navigate({ search: next, replace });
  const { lot: _open, ...closed } = address;
  const { q: _typed, ...unsearched } = address;
  const isImportTold = run && (run.status === "running" || now - (run.finishedAt ?? 0) < IMPORT_TOLD_MS);
  return (
    <ListScreen
      title="Inventory"
      controls={
        <>
          <SearchField
            label="Search by part number, bin or name"
            placeholder="Part number, bin or name"
            search={search}
            onSearch={(typed) => go(typed === "" ? unsearched : { ...address, q: typed }, true)}
          />
          {search === "" && (
            <SegmentedControl
              aria-label="Which lots"
              data={[...shows]}
              value={show}
              onChange={(value) => go({ ...closed, ...readInventory({ show: value }) })}
            />
          )}
          {show === "all" && search === "" && (
            <NativeSelect
              aria-label="In which order"
              data={sorts}
              value={sort}
              onChange={({ currentTarget }) =>
                go({ ...closed, ...readInventory({ sort: currentTarget.value }) })
              }
            />
          )}
        </>
      }
      actions={role === "owner" && <OwnersImport isRunning={run?.status === "running"} />}
      notices={
        <>
          {isImportTold && (
            <div className={classes.notice}>
              <ImportProgress run={run} />
            </div>
          )}
          {lots.isCut && (
            <Text className={classes.notice} size="sm" c="dimmed">
              There are more than are listed here.{search !== "" && " Type more to narrow it down."}
            </Text>
          )}
        </>
      }
    >
      <Sheet
        label="Lots"
        columns={columns}
        card={(row) => <LotCard row={row} show={show} />}
        rows={lots.rows}
        rowKey={({ lotId }) => lotId}
        currentKey={lot ?? null}
        status={lots.status}
        onMore={lots.onMore}
        onOpen={({ lotId }) => go({ ...address, lot: lotId })}
        empty={<Empty show={show} isSearch={search !== ""} />}
      />
      {lot !== undefined && (
        <LotPanel
          key={lot}
          businessAccountId={businessAccountId}
          isStaff={role !== "viewer"}
          lotId={lot}
          now={now}
          onClose={() => go(closed)}
        />
      )}
    </ListScreen>
  );
}

function OwnersImport({ isRunning }: { isRunning: boolean }) {
  const { businessAccountId } = useBusiness();
  const status = useQuery(api.marketplaces.bricklink.connection.status, { businessAccountId });
  return (
    <ImportButton
      businessAccountId={businessAccountId}
      isRunning={isRunning}
      isConnected={status?.isActive === true}
    />
  );
}

function Empty({ show, isSearch }: { show: Show; isSearch: boolean }) {
  if (isSearch) {
    return <Text>No lot has a part number, bin or name that begins with this.</Text>;
  }
  if (show === "short") return <Text>No open order waits for stock.</Text>;
  if (show === "drift") {
    return <Text>Nothing has drifted. A lot is listed here when more of it was sent than was on hand.</Text>;
  }
  return (
    <>
      <Title order={2}>No lots yet</Title>
      <Text>
        Import your inventory from BrickLink. Then order lines find their bins and their stock is reserved.
      </Text>
      <Link to="/settings">Open Settings</Link>
    </>
  );
}
