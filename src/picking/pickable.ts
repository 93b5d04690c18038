/** How many pieces of a line a packer takes, and what its tick then says. */
import type { OrderLine } from "../orders/types";

type Quantities = Pick<
  OrderLine,
  "quantity" | "shortQuantity" | "matchedBy" | "pickStatus" | "pickedQuantity"
>;

/** Pieces there are for a line: what is required, less what is short. As the server has it. */
export function pickableQuantity({ quantity, shortQuantity, matchedBy }: Quantities): number {
  return matchedBy === "unmatched" ? quantity : quantity - shortQuantity;
}

/** Pieces still to be taken from the bin; those of a ticked line are what was taken. */
export function quantityToTake(line: Quantities): number {
  const inParcel = line.pickStatus === "changed" ? line.pickedQuantity : 0;
  return Math.max(0, pickableQuantity(line) - inParcel);
}

/** Pieces in the parcel that the buyer no longer wants. */
export function quantityToPutBack({ pickStatus, pickedQuantity, quantity }: Quantities): number {
  return pickStatus === "changed" ? Math.max(0, pickedQuantity - quantity) : 0;
}
