import { Button, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { EmptyNote } from "./EmptyNote";
import { moveFocus } from "./moveFocus";
import classes from "./Sheet.module.css";
import text from "./text.module.css";

const SKELETON_ROWS = 10;

export type SheetColumn<Row> = {
  id: string;
  header: string;
  align?: "right";
  /** Long text that may take two lines. */
  isWrapped?: boolean;
  /** Left out below this width, in pixels. */
  from?: number;
  cell: (row: Row) => ReactNode;
};

type SheetProps<Row> = {
  label: string;
  columns: readonly SheetColumn<Row>[];
  /** A row on a phone, where there is room for one column. */
  card: (row: Row) => ReactNode;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  currentKey: string | null;
  status: "LoadingFirstPage" | "LoadingMore" | "CanLoadMore" | "Exhausted";
  onMore: () => void;
  onOpen: (row: Row) => void;
  /** Shown when there are no rows. */
  empty: ReactNode;
};

function widthColumns<Row>(
  columns: readonly SheetColumn<Row>[],
  width: { isNarrow: boolean; isTablet: boolean; isMedium: boolean },
): SheetColumn<Row>[] {
  const widest = width.isTablet ? 900 : width.isMedium ? 1200 : Infinity;
  return columns.filter(({ from = 0 }) => from < widest);
}

/** A live list as a table: rows open by pointer or Enter, arrows move, more comes when asked for. */
export function Sheet<Row>(props: SheetProps<Row>) {
  const { rows, rowKey, status, card } = props;
  const isNarrow = useMediaQuery("(max-width: 700px)", false, { getInitialValueInEffect: false });
  const isTablet = useMediaQuery("(max-width: 900px)", false, { getInitialValueInEffect: false });
  const isMedium = useMediaQuery("(max-width: 1200px)", false, { getInitialValueInEffect: false });
  const columns = isNarrow
    ? [{ id: "card", header: props.label, isWrapped: true, cell: card }]
    : widthColumns(props.columns, { isNarrow, isTablet, isMedium });
  const isLoading = status === "LoadingFirstPage";
  return (
    <div className={classes.scroller} aria-busy={isLoading}>
      <table className={classes.table} aria-label={props.label}>
        <thead className={isNarrow ? text.visuallyHidden : undefined}>
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
                className={classes.row}
                tabIndex={0}
                data-key={key}
                aria-current={key === props.currentKey}
                onClick={() => props.onOpen(row)}
                onKeyDown={(event) => {
                  if (event.key === "Enter" && event.target === event.currentTarget) props.onOpen(row);
                  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
                    event.preventDefault();
                    moveFocus(event.currentTarget, event.key);
                  }
                }}
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
      {!isLoading && rows.length === 0 && <EmptyNote>{props.empty}</EmptyNote>}
      {(status === "CanLoadMore" || status === "LoadingMore") && (
        <div className={classes.more}>
          <Button variant="default" loading={status === "LoadingMore"} onClick={props.onMore}>
            Show more
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
          <Skeleton height={14} width={`${55 + ((row * 7 + column * 13) % 40)}%`} />
        </td>
      ))}
    </tr>
  ));
}
