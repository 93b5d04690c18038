/** All text about picked pieces that are to be put back in their bins. */
import { isKnownBin } from "./bins";
import type { OrderDetail, OrderLine, OrderRow } from "./types";

type ReturnToShelf = Pick<
  OrderDetail["returnsToShelf"][number],
  "location" | "quantity" | "partNumber" | "itemName"
>;

/** "A01-02: 3 × 3001 Brick 2 x 4". */
export function returnText({ location, quantity, partNumber, itemName }: ReturnToShelf): string {
  const bin = isKnownBin(location) ? location : "Bin unknown";
  return `${bin}: ${quantity} × ${partNumber} ${itemName}`;
}

/** Why pieces are to be put back. `isCancelled`: their order was cancelled, and goes on holding them. */
export function returnReasonText(isCancelled: boolean): string {
  return isCancelled
    ? "This order was cancelled after it was picked. Put these pieces back in their bins and confirm each: until then they are promised to nobody."
    : "The buyer no longer wants these pieces, which are picked. Put them back in their bins and confirm each.";
}

type Quantities = Pick<OrderRow, "reservedQuantity" | "fulfilledQuantity">;

/** What became of the pieces of a cancelled order. */
export function cancelledStockText({ reservedQuantity, fulfilledQuantity }: Quantities): string {
  if (reservedQuantity > 0) return `${reservedQuantity} reserved until put back`;
  return fulfilledQuantity > 0 ? `${fulfilledQuantity} were sent` : "released";
}

/** What became of the pieces of one line of a cancelled order. Nothing is ever reserved for an unmatched line. */
export function cancelledLineText(line: Quantities & Pick<OrderLine, "matchedBy">): string {
  return line.matchedBy === "unmatched" ? "nothing was reserved" : cancelledStockText(line);
}
