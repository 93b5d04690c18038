import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { lazy, Suspense, useMemo, useRef, type CSSProperties } from "react";
import { flushSync } from "react-dom";
import type { Business } from "../../account/business";
import { useUnreadMessages } from "../../correspondence/useUnreadMessages";
import text from "../../ui/text.module.css";
import { useNow } from "../../ui/time";
import { playChime, showDesktopNotification } from "./alerts";
import { features, orderColumns, rightAlignedColumns } from "./columns";
import { HeaderCell } from "./HeaderCell";
import { NoOrders } from "./NoOrders";
import screen from "./OrdersScreen.module.css";
import classes from "./OrdersTable.module.css";
import { minWindowWidth, optionalColumns, rowHeightOf, type Preferences } from "./preferences";
import { SelectAllCheckbox } from "./SelectAllCheckbox";
import { SkeletonRows } from "./SkeletonRows";
import { TableRow } from "./TableRow";
import { tableText } from "./tableText";
import { useNewOrders } from "./useNewOrders";
import type { OrderPages } from "./useOrderPages";
import { usePickListCommand } from "./usePickListCommand";
import { useSelection } from "./useSelection";
import { useSteadyRows } from "./useSteadyRows";
import type { Direction, OrdersView, Sort } from "../views/view";

const SelectionBar = lazy(() => import("./SelectionBar"));

/** Rows rendered beyond the visible ones, and the distance in rows from the end at which the next page is loaded. */
const OVERSCAN = 12;

type OrdersTableProps = {
  businessAccountId: Business["businessAccountId"];
  pages: OrderPages;
  view: OrdersView;
  preferences: Preferences;
  isStoreEmpty: boolean;
  openOrder: number | null;
  onSort: (sort: Sort, direction: Direction) => void;
  onOpen: (orderNumber: number) => void;
  onClear: () => void;
  /** Searches all orders for what the view searches for. */
  onSearchAll: () => void;
};

/** Which columns are visible. `tooWide`: those that do not fit the window. On a phone two columns hold what four show elsewhere. */
function columnVisibilityOf(
  preferences: Preferences,
  isNarrow: boolean,
  tooWide: readonly string[],
): Record<string, boolean> {
  if (isNarrow) {
    const shown = new Set(["number", "stock"]);
    return Object.fromEntries(
      ["buyer", "status", ...optionalColumns.map(({ id }) => id)].map((id) => [id, shown.has(id)]),
    );
  }
  return Object.fromEntries([...preferences.hidden, ...tooWide].map((id) => [id, false]));
}

/** The live table. It loads pages as the person scrolls and renders only the rows in view. */
export function OrdersTable(props: OrdersTableProps) {
  const { businessAccountId, view, pages, preferences, openOrder, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useMediaQuery("(max-width: 700px)", false, { getInitialValueInEffect: false });
  const isSmall = useMediaQuery("(max-width: 820px)", false, { getInitialValueInEffect: false });
  const isTablet = useMediaQuery("(max-width: 1000px)", false, { getInitialValueInEffect: false });
  const isMedium = useMediaQuery("(max-width: 1300px)", false, { getInitialValueInEffect: false });
  const isTouched = useMediaQuery("(pointer: coarse)", false, { getInitialValueInEffect: false });
  const now = useNow();
  const { isLoaded, loadMore } = pages;
  const { rows: orders, heldCount, isSettled, release, handlers } = useSteadyRows(pages.orders);
  const selection = useSelection(businessAccountId, view, pages);
  const rowHeight = isNarrow ? 64 : rowHeightOf(preferences, isTouched);
  const newOrders = useNewOrders(orders, isLoaded, scroller, rowHeight, (arrived) => {
    if (preferences.isSounded) playChime();
    if (preferences.isNotified && document.visibilityState === "hidden") {
      showDesktopNotification(arrived, onOpen);
    }
  });
  const newCount = heldCount + newOrders.aboveCount;
  usePickListCommand(selection, openOrder);

  // eslint-disable-next-line react-hooks/incompatible-library -- the React compiler skips this component, because the virtualizer's functions must not be memoized
  const virtualizer = useVirtualizer({
    count: orders.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    onChange: ({ range }) => {
      if (range && range.endIndex > orders.length - OVERSCAN) loadMore();
      if ((scroller.current?.scrollTop ?? 0) < rowHeight) newOrders.clearAbove();
    },
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? -1) + 1;
  const spaceAbove = items[0]?.start ?? 0;
  const spaceBelow = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);

  const unread = useUnreadMessages();
  const isPlacedUnderNumber = isSmall && !isNarrow && !preferences.hidden.includes("ordered");
  const columns = useMemo(
    () => orderColumns({ now, isNarrow, isPlacedUnderNumber, unread }),
    [now, isNarrow, isPlacedUnderNumber, unread],
  );
  const columnVisibility = useMemo(() => {
    const widthBelow = isSmall ? 820 : isTablet ? 1000 : isMedium ? 1300 : Infinity;
    const tooWide = optionalColumns.map(({ id }) => id).filter((id) => minWindowWidth[id] > widthBelow);
    return columnVisibilityOf(preferences, isNarrow, tooWide);
  }, [preferences, isNarrow, isSmall, isMedium, isTablet]);
  const columnSettings = useMemo(() => ({ columns, columnVisibility }), [columns, columnVisibility]);
  // The table builds a row model for what it is given, which would be slow for thousands of orders.
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
      {/* The browser's tab shows the count, so that it is noticed from another tab. */}
      <title>
        {newOrders.unseenCount > 0 ? tableText.titleWithUnseen(newOrders.unseenCount) : tableText.title}
      </title>
      {selection.selected.length > 0 && (
        <Suspense>
          <SelectionBar selection={selection} />
        </Suspense>
      )}
      <div
        className={`${screen.table} ${classes.scroller}`}
        data-testid="orders-scroller"
        data-empty={(isLoaded && orders.length === 0) || undefined}
        data-selecting={selection.selected.length > 0 || undefined}
        data-settled={isSettled}
        ref={scroller}
        style={{ "--row-height": `${rowHeight}px` } as CSSProperties}
        aria-busy={!isLoaded}
        {...handlers}
      >
        <div className={text.visuallyHidden} role="status" aria-live="polite">
          {newOrders.announcement}
        </div>
        {newCount > 0 && (
          <div className={classes.newOrders}>
            <Button
              radius="xl"
              onClick={() => {
                // Before the scroll, which the rows that appear would interrupt.
                flushSync(release);
                scroller.current?.scrollTo({ top: 0, behavior: "smooth" });
                newOrders.clearAbove();
              }}
            >
              {tableText.newAbove(newCount)}
            </Button>
          </div>
        )}
        <table className={classes.table} aria-label={tableText.title} aria-rowcount={orders.length + 1}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                <th className={classes.select}>
                  <SelectAllCheckbox selection={selection} count={orders.length} />
                </th>
                {group.headers.map((header) => (
                  <HeaderCell
                    key={header.id}
                    columnId={header.column.id}
                    view={view}
                    align={rightAlignedColumns.has(header.column.id) ? "right" : "left"}
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
                  columnSettings={columnSettings}
                  index={first + place}
                  isOpen={orderNumber === openOrder}
                  isNew={newOrders.highlightedIds.has(orderId)}
                  isSelected={selection.numbers.has(orderNumber)}
                  onOpen={onOpen}
                  onToggle={selection.toggle}
                />
              );
            })}
            {spaceBelow > 0 && <tr aria-hidden="true" style={{ height: spaceBelow }} />}
          </tbody>
        </table>
        {isLoaded && orders.length === 0 && (
          <NoOrders
            isStoreEmpty={props.isStoreEmpty}
            view={view}
            onClear={props.onClear}
            onSearchAll={props.onSearchAll}
          />
        )}
      </div>
    </>
  );
}
