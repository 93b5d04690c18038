import { Button, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { KeyboardEvent, ReactNode } from "react";
import { EmptyState } from "./EmptyState";
import classes from "./DataTable.module.css";
import text from "./text.module.css";
import { uiText } from "./uiText";

const SKELETON_ROWS = 10;

export type DataTableColumn<Row> = {
  id: string;
  header: string;
  align?: "right";
  /** For long text, which may take several lines. */
  isWrapped?: boolean;
  cell: (row: Row) => ReactNode;
};

type DataTableProps<Row> = {
  label: string;
  columns: readonly DataTableColumn<Row>[];
  /** A row on screens up to 700 pixels wide, which have room for one column. */
  card: (row: Row) => ReactNode;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Key of the row that is open beside the table. */
  currentKey?: string | null;
  status: "LoadingFirstPage" | "LoadingMore" | "CanLoadMore" | "Exhausted";
  onLoadMore: () => void;
  /** Absent when the rows show all there is: then only what is in them can be focused. */
  onOpen?: (row: Row) => void;
  /** Shown when there are no rows. */
  empty: ReactNode;
};

/**
 * A paginated table. Rows with `onOpen` open by click or Enter, and src/keyboard moves the focus between them.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, rowKey, status, card, onOpen, currentKey = null } = props;
  const isPhone = useMediaQuery("(max-width: 700px)", false, { getInitialValueInEffect: false });
  const columns: readonly DataTableColumn<Row>[] = isPhone
    ? [{ id: "card", header: props.label, isWrapped: true, cell: card }]
    : props.columns;
  const isLoading = status === "LoadingFirstPage";
  return (
    <div
      className={classes.scroller}
      aria-busy={isLoading}
      // Without rows to focus, the keyboard needs the list itself to scroll it.
      {...(!onOpen && { tabIndex: 0, role: "region", "aria-label": props.label })}
    >
      <table className={classes.table} aria-label={props.label}>
        <thead className={isPhone ? text.visuallyHidden : undefined}>
          <tr>
            {columns.map(({ id, header, align }) => (
              <th key={id} scope="col" data-align={align}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {isLoading && <SkeletonRows columns={columns.length} />}
          {rows.map((row) => {
            const key = rowKey(row);
            return (
              <tr
                key={key}
                data-key={key}
                {...(onOpen && {
                  className: classes.row,
                  tabIndex: 0,
                  "aria-current": key === currentKey,
                  onClick: () => onOpen(row),
                  onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
                    if (event.key === "Enter" && event.target === event.currentTarget) onOpen(row);
                  },
                })}
              >
                {columns.map(({ id, align, isWrapped, cell }) => (
                  <td key={id} data-align={align} data-wrap={isWrapped || undefined}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {!isLoading && rows.length === 0 && <EmptyState>{props.empty}</EmptyState>}
      {(status === "CanLoadMore" || status === "LoadingMore") && (
        <div className={classes.more}>
          <Button variant="default" loading={status === "LoadingMore"} onClick={props.onLoadMore}>
            {uiText.showMore}
          </Button>
        </div>
      )}
    </div>
  );
}

function SkeletonRows({ columns }: { columns: number }) {
  return Array.from({ length: SKELETON_ROWS }, (_, row) => (
    <tr key={row} aria-hidden="true">
      {Array.from({ length: columns }, (_unused, column) => (
        <td key={column}>
          {/* Widths that vary, as those of real text do, and stay the same between renders. */}
          <Skeleton height={14} width={`${55 + ((row * 7 + column * 13) % 40)}%`} />
        </td>
      ))}
    </tr>
  ));
}
