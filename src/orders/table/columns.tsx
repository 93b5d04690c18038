/** The columns of the orders table. A column can be sorted by only if the server has an index for it. */
import { columnVisibilityFeature, createColumnHelper, tableFeatures } from "@tanstack/react-table";
import { UnreadMark } from "../../correspondence/UnreadMark";
import { sourceLabels } from "../../events/notificationText";
import { formatMoney } from "../../ui/money";
import text from "../../ui/text.module.css";
import { timeAgo } from "../../ui/time";
import classes from "../cells.module.css";
import { Payment, RelativeTime, Status, Stock } from "../cells";
import type { OrderRow } from "../types";
import type { Direction, Sort } from "../views/view";
import { tableText } from "./tableText";

export const features = tableFeatures({ columnVisibilityFeature });

const headings = tableText.columns;

const columnHelper = createColumnHelper<typeof features, OrderRow>();

/** By column id: the sort that the server is asked for, and its direction at the first click. */
export const sortableColumns: Record<string, { sort: Sort; firstDirection: Direction } | undefined> = {
  number: { sort: "number", firstDirection: "desc" },
  buyer: { sort: "buyer", firstDirection: "asc" },
  ordered: { sort: "ordered", firstDirection: "desc" },
  total: { sort: "total", firstDirection: "desc" },
  size: { sort: "pieces", firstDirection: "desc" },
};

/** Whether something about the order's stock is to be said. */
function isException({ shortQuantity, unmatchedLines, returnCount }: OrderRow): boolean {
  return shortQuantity > 0 || unmatchedLines > 0 || returnCount > 0;
}

export const rightAlignedColumns = new Set(["size", "total"]);

type ColumnOptions = {
  /** Milliseconds UTC, for relative times. */
  now: number;
  /** On a phone, where a cell shows what two show elsewhere. */
  isNarrow: boolean;
  /** Without room for a column of its own, the time an order was placed stands under its number. */
  isPlacedUnderNumber: boolean;
  /** Messages by order number. */
  unread: ReadonlyMap<number, number>;
};

export function orderColumns({ now, isNarrow, isPlacedUnderNumber, unread }: ColumnOptions) {
  return columnHelper.columns([
    columnHelper.accessor("orderNumber", {
      id: "number",
      header: headings.number,
      cell: ({ row: { original } }) => (
        <>
          <span className={classes.number}>{original.orderNumber}</span>{" "}
          <UnreadMark count={unread.get(original.orderNumber)} />
          {isNarrow && <div className={classes.second}>{original.buyerName ?? tableText.buyerUnknown}</div>}
          {isPlacedUnderNumber && (
            <div className={classes.placed}>
              <RelativeTime at={original.orderedAt} now={now} />
            </div>
          )}
        </>
      ),
    }),
    columnHelper.accessor("buyerName", {
      id: "buyer",
      header: headings.buyer,
      cell: ({ getValue }) => getValue() ?? <span className={text.soft}>{tableText.unknown}</span>,
    }),
    columnHelper.accessor("orderedAt", {
      id: "ordered",
      header: headings.ordered,
      cell: ({ getValue }) => <RelativeTime at={getValue()} now={now} />,
    }),
    columnHelper.accessor("status", {
      id: "status",
      header: headings.status,
      cell: ({ row: { original } }) => <Status {...original} />,
    }),
    columnHelper.accessor("reservedQuantity", {
      id: "stock",
      header: isNarrow ? headings.status : headings.stock,
      cell: ({ row: { original } }) => (
        <>
          {isNarrow && (
            <div>
              <Status {...original} />
            </div>
          )}
          {isNarrow && !isException(original) ? (
            <div className={classes.second}>
              {tableText.totalAndAge(
                formatMoney(original.grandTotal, original.currency),
                timeAgo(original.orderedAt, now),
              )}
            </div>
          ) : (
            <Stock order={original} />
          )}
        </>
      ),
    }),
    columnHelper.accessor("pieceCount", {
      id: "size",
      header: headings.size,
      cell: ({ row: { original } }) => `${original.lotCount} / ${original.pieceCount}`,
    }),
    columnHelper.accessor("grandTotal", {
      id: "total",
      header: headings.total,
      cell: ({ row: { original } }) => formatMoney(original.grandTotal, original.currency),
    }),
    columnHelper.accessor("paymentStatus", {
      id: "payment",
      header: headings.payment,
      cell: ({ row: { original } }) => <Payment order={original} />,
    }),
    columnHelper.accessor("shippingMethod", {
      id: "shipping",
      header: headings.shipping,
      cell: ({ getValue }) => getValue() ?? "",
    }),
    columnHelper.accessor("source", {
      id: "source",
      header: headings.source,
      cell: ({ getValue }) => sourceLabels[getValue()],
    }),
  ]);
}
