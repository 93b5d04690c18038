/** The table's columns. Only those the server can sort by an index offer it. */
import { columnVisibilityFeature, createColumnHelper, tableFeatures } from "@tanstack/react-table";
import { formatMoney } from "../ui/money";
import text from "../ui/text.module.css";
import classes from "./cells.module.css";
import { Payment, Status, Stock, When } from "./cells";
import { sourceWords } from "./statuses";
import type { OrderRow } from "./types";
import type { Sort } from "./view";

export const features = tableFeatures({ columnVisibilityFeature });

const helper = createColumnHelper<typeof features, OrderRow>();

/** The sort each sortable column asks the server for, and which way it begins. */
export const sortOf: Record<string, { sort: Sort; first: "asc" | "desc" } | undefined> = {
  number: { sort: "number", first: "desc" },
  buyer: { sort: "buyer", first: "asc" },
  ordered: { sort: "ordered", first: "desc" },
  total: { sort: "total", first: "desc" },
  size: { sort: "pieces", first: "desc" },
};

export const rightAligned = new Set(["size", "total"]);

/** Columns that need the clock are made anew as it moves; the rest of a row stays as it is. */
export function columnsAt(now: number, isNarrow: boolean) {
  return helper.columns([
    helper.accessor("orderNumber", {
      id: "number",
      header: "Order",
      cell: ({ row: { original } }) => (
        <>
          <span className={classes.number}>{original.orderNumber}</span>
          {isNarrow && <div className={text.soft}>{original.buyerName ?? "Buyer unknown"}</div>}
        </>
      ),
    }),
    helper.accessor("buyerName", {
      id: "buyer",
      header: "Buyer",
      cell: ({ getValue }) => getValue() ?? <span className={text.soft}>unknown</span>,
    }),
    helper.accessor("orderedAt", {
      id: "ordered",
      header: "Placed",
      cell: ({ getValue }) => <When at={getValue()} now={now} />,
    }),
    helper.accessor("status", {
      id: "status",
      header: "Status",
      cell: ({ row: { original } }) => <Status {...original} />,
    }),
    helper.accessor("reservedQuantity", {
      id: "stock",
      header: isNarrow ? "Status and stock" : "Stock",
      cell: ({ row: { original } }) => (
        <>
          {isNarrow && (
            <div>
              <Status {...original} />
            </div>
          )}
          <Stock order={original} place="row" />
        </>
      ),
    }),
    helper.accessor("pieceCount", {
      id: "size",
      header: "Lots / pieces",
      cell: ({ row: { original } }) => `${original.lotCount} / ${original.pieceCount}`,
    }),
    helper.accessor("grandTotal", {
      id: "total",
      header: "Total",
      cell: ({ row: { original } }) => formatMoney(original.grandTotal, original.currency),
    }),
    helper.accessor("paymentStatus", {
      id: "payment",
      header: "Payment",
      cell: ({ row: { original } }) => <Payment {...original} />,
    }),
    helper.accessor("shippingMethod", {
      id: "shipping",
      header: "Shipping",
      cell: ({ getValue }) => getValue() ?? "",
    }),
    helper.accessor("source", {
      id: "source",
      header: "Source",
      cell: ({ getValue }) => sourceWords[getValue()],
    }),
  ]);
}
