import { Checkbox } from "@mantine/core";
import { flexRender, type Cell } from "@tanstack/react-table";
import { memo } from "react";
import { moveFocus } from "../ui/moveFocus";
import { rightAligned, type features } from "./columns";
import classes from "./OrdersTable.module.css";
import type { OrderRow } from "./types";

type TableRowProps = {
  order: OrderRow;
  cells: Cell<typeof features, OrderRow>[];
  /** What the cells are made of besides the order. */
  look: unknown;
  index: number;
  isOpen: boolean;
  isArrived: boolean;
  isSelected: boolean;
  onOpen: (orderNumber: number) => void;
  onToggle: (orderId: string) => void;
};

/** The table makes its cells anew with every scrolled row: they are the same while order and look are. */
function isSame(before: TableRowProps, after: TableRowProps): boolean {
  const names = Object.keys(after) as (keyof TableRowProps)[];
  return names.every((name) => name === "cells" || before[name] === after[name]);
}

/** One order. Memoized, so that scrolling renders the rows that come into view and no others. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { order, cells, index, isOpen, isArrived, isSelected, onOpen, onToggle } = props;
  const { orderId, orderNumber } = order;
  return (
    <tr
      className={classes.row}
      tabIndex={0}
      aria-rowindex={index + 2}
      aria-current={isOpen}
      data-order-number={orderNumber}
      data-arrived={isArrived || undefined}
      data-selected={isSelected || undefined}
      onClick={() => onOpen(orderNumber)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onOpen(orderNumber);
        if (event.key === " ") {
          event.preventDefault();
          onToggle(orderId);
        }
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          event.preventDefault();
          moveFocus(event.currentTarget, event.key);
        }
      }}
    >
      {/* A click beside the box is meant for the box, not for the order. */}
      <td
        className={classes.select}
        onClick={(event) => {
          event.stopPropagation();
          if (event.target === event.currentTarget) onToggle(orderId);
        }}
      >
        <Checkbox
          tabIndex={-1}
          aria-label={`Select order ${orderNumber}`}
          checked={isSelected}
          onChange={() => onToggle(orderId)}
        />
      </td>
      {cells.map((cell) => (
        <td
          key={cell.id}
          data-column={cell.column.id}
          data-align={rightAligned.has(cell.column.id) ? "right" : undefined}
        >
          {flexRender(cell.column.columnDef.cell, cell.getContext())}
        </td>
      ))}
    </tr>
  );
}, isSame);
