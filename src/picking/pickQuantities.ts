/** How many pieces of a line a packer takes from the bin or returns to it. */
import { pickableQuantity } from "../../convex/orders/picking/pickableQuantity";
import type { OrderLine } from "../orders/types";

type Quantities = Pick<
  OrderLine,
  "quantity" | "shortQuantity" | "matchedBy" | "pickStatus" | "pickedQuantity"
>;

/**
 * Pieces to take from the bin. For a line that changed after it was picked, the pieces already in the parcel are
 * subtracted. For a picked line nothing is, so that the list keeps showing how many were taken.
 */
export function quantityToTake(line: Quantities): number {
  const inParcel = line.pickStatus === "changed" ? line.pickedQuantity : 0;
  return Math.max(0, pickableQuantity(line) - inParcel);
}

/** Pieces in the parcel that the buyer no longer wants and that return to the shelf. */
export function quantityToReturn({ pickStatus, pickedQuantity, quantity }: Quantities): number {
  return pickStatus === "changed" ? Math.max(0, pickedQuantity - quantity) : 0;
}

/** Whether a packer still has to take or put back anything of the line. One of which there is nothing offers no tick. */
export function isToDo(line: Quantities): boolean {
  return line.pickStatus !== "picked" && quantityToTake(line) + quantityToReturn(line) > 0;
}
