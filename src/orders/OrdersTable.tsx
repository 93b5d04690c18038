import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, type CSSProperties } from "react";
import type { Business } from "../account/business";
import text from "../ui/text.module.css";
import { useNow } from "../ui/time";
import { chime, notifyOf } from "./alerts";
import { columnsAt, features, rightAligned } from "./columns";
import { HeaderCell } from "./HeaderCell";
import { optionalColumns, roomFrom, rowHeights, type Layout } from "./layout";
import { NoOrders } from "./NoOrders";
import screen from "./OrdersScreen.module.css";
import classes from "./OrdersTable.module.css";
import { SelectFirst } from "./SelectFirst";
import { SelectionBar } from "./SelectionBar";
import { SkeletonRows } from "./SkeletonRows";
import { TableRow } from "./TableRow";
import { useArrivals } from "./useArrivals";
import { useOrderPages } from "./useOrderPages";
import { usePickKey } from "./usePickKey";
import { useSelection } from "./useSelection";
import type { Direction, OrdersView, Sort } from "./view";

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

/** The live table: pages that stay gapless while orders arrive, only the rows in view rendered. */
export function OrdersTable(props: OrdersTableProps) {
  const { businessAccountId, view, layout, openOrder, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useMediaQuery("(max-width: 700px)", false, { getInitialValueInEffect: false });
  const isTablet = useMediaQuery("(max-width: 900px)", false, { getInitialValueInEffect: false });
  const isMedium = useMediaQuery("(max-width: 1200px)", false, { getInitialValueInEffect: false });
  const now = useNow();
  const { orders, isLoaded, more } = useOrderPages(businessAccountId, view);
  const selection = useSelection(orders);
  const rowHeight = isNarrow ? 64 : rowHeights[layout.density];
  const arrivals = useArrivals(orders, isLoaded, scroller, rowHeight, (arrived) => {
    if (layout.isSounded) chime();
    if (layout.isNotified && document.visibilityState === "hidden") notifyOf(arrived, onOpen);
  });
  usePickKey(selection, openOrder);

  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler leaves this component alone, as it must
  const virtualizer = useVirtualizer({
    count: orders.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    onChange: ({ range }) => {
      if (range && range.endIndex > orders.length - OVERSCAN) more();
      if ((scroller.current?.scrollTop ?? 0) < rowHeight) arrivals.seeAbove();
    },
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? -1) + 1;
  const spaceAbove = items[0]?.start ?? 0;
  const spaceBelow = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);

  const columns = useMemo(() => columnsAt(now, isNarrow), [now, isNarrow]);
  const columnVisibility = useMemo(() => {
    const widest = isTablet ? 900 : isMedium ? 1200 : Infinity;
    const dropped = optionalColumns.map(({ id }) => id).filter((id) => roomFrom[id] > widest);
    return visibilityOf(layout, isNarrow, dropped);
  }, [layout, isNarrow, isMedium, isTablet]);
  const look = useMemo(() => ({ columns, columnVisibility }), [columns, columnVisibility]);
  // Of ten thousand orders the table makes rows of those in view only.
  const inView = useMemo(() => orders.slice(first, end), [orders, first, end]);
  const table = useTable({
    features,
    columns,
    data: inView,
    getRowId: (row) => row.orderId,
    state: { columnVisibility },
  });

  return (
    <>
      {/* A glance at the tab says whether to come back to it. */}
      <title>{arrivals.unseen > 0 ? `(${arrivals.unseen}) Orders` : "Orders"}</title>
      {selection.selected.length > 0 && (
        <SelectionBar selected={selection.selected} onClear={selection.clear} />
      )}
      <div
        className={`${screen.table} ${classes.scroller}`}
        data-testid="orders-scroller"
        data-empty={(isLoaded && orders.length === 0) || undefined}
        data-selecting={selection.selected.length > 0 || undefined}
        ref={scroller}
        style={{ "--row-height": `${rowHeight}px` } as CSSProperties}
        aria-busy={!isLoaded}
      >
        <div className={text.visuallyHidden} role="status" aria-live="polite">
          {arrivals.announcement}
        </div>
        {arrivals.above > 0 && (
          <div className={classes.arrivals}>
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
        <table className={classes.table} aria-label="Orders" aria-rowcount={orders.length + 1}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                <th className={classes.select}>
                  <SelectFirst selection={selection} count={orders.length} />
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
            {!isLoaded && <SkeletonRows columns={table.getVisibleLeafColumns().length + 1} />}
            {spaceAbove > 0 && <tr aria-hidden="true" style={{ height: spaceAbove }} />}
            {table.getRowModel().rows.map((row, place) => {
              const { orderNumber, orderId } = row.original;
              return (
                <TableRow
                  key={row.id}
                  order={row.original}
                  cells={row.getVisibleCells()}
                  look={look}
                  index={first + place}
                  isOpen={orderNumber === openOrder}
                  isArrived={arrivals.arrived.has(orderId)}
                  isSelected={selection.ids.has(orderId)}
                  onOpen={onOpen}
                  onToggle={selection.toggle}
                />
              );
            })}
            {spaceBelow > 0 && <tr aria-hidden="true" style={{ height: spaceBelow }} />}
          </tbody>
        </table>
        {isLoaded && orders.length === 0 && (
          <NoOrders isStoreEmpty={props.isStoreEmpty} view={view} onClear={props.onClear} />
        )}
      </div>
    </>
  );
}
