import { Button, Checkbox } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { usePaginatedQuery } from "convex/react";
import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties } from "react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { useNow } from "../ui/time";
import { chime, notifyOf } from "./alerts";
import { columnsAt, features, rightAligned } from "./columns";
import { activeFilters } from "./filterWords";
import { HeaderCell } from "./HeaderCell";
import { optionalColumns, rowHeights, type Layout } from "./layout";
import { NoOrders } from "./NoOrders";
import { ORDERS_IN_LIST, SelectionBar } from "./SelectionBar";
import { SkeletonRows } from "./SkeletonRows";
import { TableRow } from "./TableRow";
import type { OrderRow } from "./types";
import { useArrivals } from "./useArrivals";
import type { Direction, OrdersView, Sort } from "./view";

const PAGE = 50;
/** Orders looked through at once for those that fit the filters. */
const FILTERED_PAGE = 200;
/** Orders wanted on the screen before it waits for a scroll. */
const SCREENFUL = 30;
/** Rows kept rendered beyond the visible ones, and from the end when the next page is asked for. */
const OVERSCAN = 12;

type OrdersTableProps = {
  businessAccountId: Business["businessAccountId"];
  view: OrdersView;
  layout: Layout;
  isStoreEmpty: boolean;
  openOrder: number | null;
  onSort: (sort: Sort, direction: Direction) => void;
  onOpen: (orderNumber: number) => void;
  onClear: () => void;
};

/** Columns that fit: on a phone the order with its buyer, and its status with its stock; on a tablet some more. */
function visibilityOf(
  layout: Layout,
  isNarrow: boolean,
  dropped: readonly string[],
): Record<string, boolean> {
  if (isNarrow) {
    const shown = new Set(["number", "stock"]);
    return Object.fromEntries(
      ["buyer", "status", ...optionalColumns.map(({ id }) => id)].map((id) => [id, shown.has(id)]),
    );
  }
  return Object.fromEntries([...layout.hidden, ...dropped].map((id) => [id, false]));
}

/** As many as fit one walk. */
function firstOf(orders: readonly OrderRow[]): ReadonlySet<string> {
  return new Set(orders.slice(0, ORDERS_IN_LIST).map(({ orderId }) => orderId));
}

/** The live table: pages that stay gapless while orders arrive, only the rows in view rendered. */
export function OrdersTable(props: OrdersTableProps) {
  const { businessAccountId, view, layout, openOrder, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useMediaQuery("(max-width: 700px)", false, { getInitialValueInEffect: false });
  const isTablet = useMediaQuery("(max-width: 900px)", false, { getInitialValueInEffect: false });
  const isMedium = useMediaQuery("(max-width: 1200px)", false, { getInitialValueInEffect: false });
  const now = useNow();
  const isFiltered = activeFilters(view.filters).length > 0;
  const { results, status, loadMore } = usePaginatedQuery(
    api.orders.table.list,
    { businessAccountId, ...view },
    { initialNumItems: isFiltered ? FILTERED_PAGE : PAGE },
  );
  const rowHeight = isNarrow ? 64 : rowHeights[layout.density];
  // A page may have few orders that fit, or none: then there is more to look through before that is said.
  const isLooking = status === "CanLoadMore" && results.length < SCREENFUL;
  const isLoaded = status !== "LoadingFirstPage" && (results.length > 0 || status === "Exhausted");
  useEffect(() => {
    if (isLooking) loadMore(FILTERED_PAGE);
  }, [isLooking, loadMore]);
  const arrivals = useArrivals(results, isLoaded, scroller, rowHeight, (orders) => {
    if (layout.isSounded) chime();
    if (layout.isNotified && document.visibilityState === "hidden") notifyOf(orders, onOpen);
  });

  const columns = useMemo(() => columnsAt(now, isNarrow), [now, isNarrow]);
  const columnVisibility = useMemo(() => {
    const dropped = [...(isMedium ? ["payment", "shipping", "source"] : []), ...(isTablet ? ["size"] : [])];
    return visibilityOf(layout, isNarrow, dropped);
  }, [layout, isNarrow, isMedium, isTablet]);
  const table = useTable({
    features,
    columns,
    data: results,
    getRowId: (row) => row.orderId,
    state: { columnVisibility },
  });
  const { rows } = table.getRowModel();

  const navigate = useNavigate();
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set());
  const selected = results.filter(({ orderId }) => selectedIds.has(orderId));
  const toggle = useCallback(
    (orderId: string) =>
      setSelectedIds((ids) => {
        const next = new Set(ids);
        if (!next.delete(orderId)) next.add(orderId);
        return next;
      }),
    [],
  );
  useHotkeys([
    [
      "p",
      () => {
        const focused = document.activeElement?.getAttribute("data-order-number");
        const chosen =
          selected.length > 0 ? selected.map(({ orderNumber }) => orderNumber) : [openOrder ?? focused];
        const orders = chosen.slice(0, ORDERS_IN_LIST).filter(Boolean).join("-");
        if (orders !== "") void navigate({ to: "/pick", search: { orders } });
      },
    ],
  ]);

  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler leaves this component alone, as it must
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    onChange: ({ range }) => {
      if (range && range.endIndex > rows.length - OVERSCAN && status === "CanLoadMore") loadMore(PAGE);
      if ((scroller.current?.scrollTop ?? 0) < rowHeight) arrivals.seeAbove();
    },
  });
  const items = virtualizer.getVirtualItems();
  const spaceAbove = items[0]?.start ?? 0;
  const spaceBelow = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const columnCount = table.getVisibleLeafColumns().length;

  return (
    <>
      {/* A glance at the tab says whether to come back to it. */}
      <title>{arrivals.unseen > 0 ? `(${arrivals.unseen}) Orders` : "Orders"}</title>
      {selected.length > 0 && <SelectionBar selected={selected} onClear={() => setSelectedIds(new Set())} />}
      <div
        className="orders-scroll"
        ref={scroller}
        style={{ "--row-height": `${rowHeight}px` } as CSSProperties}
        aria-busy={!isLoaded}
      >
        <div className="visually-hidden" role="status" aria-live="polite">
          {arrivals.announcement}
        </div>
        {arrivals.above > 0 && (
          <div className="arrivals-pill">
            <Button
              radius="xl"
              onClick={() => {
                scroller.current?.scrollTo({ top: 0, behavior: "smooth" });
                arrivals.seeAbove();
              }}
            >
              {arrivals.above === 1 ? "1 new order ↑" : `${arrivals.above} new orders ↑`}
            </Button>
          </div>
        )}
        <table className="orders-table" aria-label="Orders" aria-rowcount={rows.length + 1}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                <th className="select-cell">
                  <Checkbox
                    size="md"
                    aria-label={
                      rows.length > ORDERS_IN_LIST
                        ? `Select the first ${ORDERS_IN_LIST} orders`
                        : "Select all orders"
                    }
                    disabled={rows.length === 0}
                    checked={selected.length > 0 && selected.length === Math.min(rows.length, ORDERS_IN_LIST)}
                    indeterminate={selected.length > 0}
                    onChange={() => setSelectedIds(selected.length > 0 ? new Set() : firstOf(results))}
                  />
                </th>
                {group.headers.map((header) => (
                  <HeaderCell
                    key={header.id}
                    id={header.column.id}
                    view={view}
                    align={rightAligned.has(header.column.id) ? "right" : "left"}
                    onSort={props.onSort}
                  >
                    <table.FlexRender header={header} />
                  </HeaderCell>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {!isLoaded && <SkeletonRows columns={columnCount + (isNarrow ? 0 : 1)} />}
            {spaceAbove > 0 && <tr aria-hidden="true" style={{ height: spaceAbove }} />}
            {items.map(({ index }) => {
              const row = rows[index];
              if (!row) return null;
              const { orderNumber, orderId } = row.original;
              return (
                <TableRow
                  key={row.id}
                  order={row.original}
                  cells={row.getVisibleCells()}
                  index={index}
                  isOpen={orderNumber === openOrder}
                  isArrived={arrivals.arrived.has(orderId)}
                  isSelected={selectedIds.has(orderId)}
                  onOpen={onOpen}
                  onToggle={toggle}
                />
              );
            })}
            {spaceBelow > 0 && <tr aria-hidden="true" style={{ height: spaceBelow }} />}
          </tbody>
        </table>
        {isLoaded && rows.length === 0 && (
          <NoOrders isStoreEmpty={props.isStoreEmpty} view={view} onClear={props.onClear} />
        )}
      </div>
    </>
  );
}
