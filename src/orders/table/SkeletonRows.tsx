import { Skeleton } from "@mantine/core";
import classes from "./OrdersTable.module.css";

/** Enough to fill a screen. */
const ROWS = 14;

/** Placeholder rows in the shape of the table, while its first page is loading. `columns`: how many are visible. */
export function SkeletonRows({ columns }: { columns: number }) {
  return Array.from({ length: ROWS }, (_, row) => (
    <tr key={row} className={classes.row} aria-hidden="true">
      {Array.from({ length: columns }, (_unused, column) => (
        <td key={column}>
          <Skeleton height={14} width={`${55 + ((row * 7 + column * 13) % 40)}%`} />
        </td>
      ))}
    </tr>
  ));
}
