import { IconArrowDown, IconArrowUp, IconArrowsSort } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { sortableColumns } from "./columns";
import classes from "./OrdersTable.module.css";
import type { Direction, OrdersView, Sort } from "../views/view";

type HeaderCellProps = {
  columnId: string;
  view: OrdersView;
  align: "left" | "right";
  onSort: (sort: Sort, direction: Direction) => void;
  children: ReactNode;
};

const opposite = { asc: "desc", desc: "asc" } as const;

/** The header of a column: a button if the server can sort by it. A search has its own order, so it offers no sorting. */
export function HeaderCell({ columnId, view, align, onSort, children }: HeaderCellProps) {
  const sortable = view.search === "" ? sortableColumns[columnId] : undefined;
  if (!sortable) {
    return (
      <th scope="col" data-column={columnId} data-align={align}>
        <span>{children}</span>
      </th>
    );
  }
  const isSorted = view.sort === sortable.sort;
  const Icon = isSorted ? (view.direction === "asc" ? IconArrowUp : IconArrowDown) : IconArrowsSort;
  return (
    <th
      scope="col"
      data-column={columnId}
      data-align={align}
      {...(isSorted && { "aria-sort": view.direction === "asc" ? "ascending" : "descending" })}
    >
      <button
        type="button"
        className={classes.sort}
        onClick={() => onSort(sortable.sort, isSorted ? opposite[view.direction] : sortable.firstDirection)}
      >
        {children}
        <Icon size={14} aria-hidden />
      </button>
    </th>
  );
}
