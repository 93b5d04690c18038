/** The orders before and after the open one in the table. */
import { useState } from "react";
import type { OrderRow } from "../types";

export type Neighbours = { previous: number | null; next: number | null };

/** `place`: of the open order in the table; where it last was when it has left it, as with a tick that moves it to another stage. */
export function neighboursAt(
  rows: readonly Pick<OrderRow, "orderNumber">[],
  orderNumber: number,
  place: number,
): Neighbours {
  const isThere = rows[place]?.orderNumber === orderNumber;
  return {
    previous: rows[place - 1]?.orderNumber ?? null,
    next: rows[isThere ? place + 1 : place]?.orderNumber ?? null,
  };
}

/** Follows the open order through the table. Both are null while none is open or it was never in the table. */
export function useNeighbours(
  rows: readonly Pick<OrderRow, "orderNumber">[],
  openOrder: number | undefined,
): Neighbours {
  const [last, setLast] = useState<{ orderNumber: number; place: number } | null>(null);
  const found = rows.findIndex(({ orderNumber }) => orderNumber === openOrder);
  if (openOrder !== undefined && found >= 0 && (last?.orderNumber !== openOrder || last.place !== found)) {
    setLast({ orderNumber: openOrder, place: found });
  }
  if (openOrder === undefined || last?.orderNumber !== openOrder) return { previous: null, next: null };
  return neighboursAt(rows, openOrder, last.place);
}
