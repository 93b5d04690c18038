import { Checkbox } from "@mantine/core";
import { flexRender, type Cell } from "@tanstack/react-table";
import { memo } from "react";
import { rightAlignedColumns, type features } from "./columns";
import classes from "./OrdersTable.module.css";
import { tableText } from "./tableText";
import type { OrderRow } from "../types";

type TableRowProps = {
  order: OrderRow;
  cells: Cell<typeof features, OrderRow>[];
  /** Everything besides the order that the cells are rendered from; compared by identity. */
  columnSettings: unknown;
  index: number;
  isOpen: boolean;
  /** Marks an order that has just arrived. */
  isNew: boolean;
  isSelected: boolean;
  onOpen: (orderNumber: number) => void;
  onToggle: (orderNumber: number) => void;
};

/**
 * Ignores `cells`, which the table creates anew with every scrolled row. They render the same as long as `order` and
 * `columnSettings` are the same.
 */
function arePropsEqual(before: TableRowProps, after: TableRowProps): boolean {
  const names = Object.keys(after) as (keyof TableRowProps)[];
  return names.every((name) => name === "cells" || before[name] === after[name]);
}

/** One order. Memoized, so that scrolling renders only the rows that come into view. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { order, cells, index, isOpen, isNew, isSelected, onOpen, onToggle } = props;
  const { orderNumber } = order;
  return (
    <tr
      className={classes.row}
      tabIndex={0}
      aria-rowindex={index + 2}
      aria-current={isOpen}
      data-order-number={orderNumber}
      data-arrived={isNew || undefined}
      data-selected={isSelected || undefined}
      onClick={() => onOpen(orderNumber)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onOpen(orderNumber);
      }}
    >
      {/* A click that narrowly misses the checkbox toggles it instead of opening the order. */}
      <td
        className={classes.select}
        onClick={(event) => {
          event.stopPropagation();
          if (event.target === event.currentTarget) onToggle(orderNumber);
        }}
      >
        <Checkbox
          tabIndex={-1}
          aria-label={tableText.select(orderNumber)}
          checked={isSelected}
          onChange={() => onToggle(orderNumber)}
        />
      </td>
      {cells.map((cell) => (
        <td
          key={cell.id}
          data-column={cell.column.id}
          data-align={rightAlignedColumns.has(cell.column.id) ? "right" : undefined}
        >
          {flexRender(cell.column.columnDef.cell, cell.getContext())}
        </td>
      ))}
    </tr>
  );
}, arePropsEqual);
