import { IconArrowDown, IconArrowUp, IconArrowsSort } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { sortOf } from "./columns";
import classes from "./OrdersTable.module.css";
import type { Direction, OrdersView, Sort } from "./view";

type HeaderCellProps = {
  id: string;
  view: OrdersView;
  align: "left" | "right";
  onSort: (sort: Sort, direction: Direction) => void;
  children: ReactNode;
};

const opposite = { asc: "desc", desc: "asc" } as const;

/** A column's head; a button where the server sorts by it. A search has its own order, so nothing sorts then. */
export function HeaderCell({ id, view, align, onSort, children }: HeaderCellProps) {
  const sortable = view.search === "" ? sortOf[id] : undefined;
  if (!sortable) {
    return (
      <th scope="col" data-align={align}>
        <span>{children}</span>
      </th>
    );
  }
  const isSorted = view.sort === sortable.sort;
  const Icon = isSorted ? (view.direction === "asc" ? IconArrowUp : IconArrowDown) : IconArrowsSort;
  return (
    <th
      scope="col"
      data-align={align}
      {...(isSorted && { "aria-sort": view.direction === "asc" ? "ascending" : "descending" })}
    >
      <button
        type="button"
        className={classes.sort}
        onClick={() => onSort(sortable.sort, isSorted ? opposite[view.direction] : sortable.first)}
      >
        {children}
        <Icon size={14} aria-hidden />
      </button>
    </th>
  );
}
