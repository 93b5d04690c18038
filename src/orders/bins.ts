/** The bins that order lines lie in, and the order in which a packer walks past them. */
import type { OrderLine } from "./types";

/** The server's location of a line without a lot; see convex/orders/apply/lineChanges.ts. */
const UNKNOWN_LOCATION = "UNKNOWN";

/** Compares numbers within text by value, so that A2 comes before A10. */
const naturalOrder = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** False for a line without a lot, and for a lot without a location. */
export function isKnownBin(location: string): boolean {
  return location !== UNKNOWN_LOCATION && location !== "";
}

/** Whether a bin's name fits into one line wherever it is shown, and so need not be broken at its hyphen. */
export function isShortBin(location: string): boolean {
  return isKnownBin(location) && location.length <= 7;
}

type Goods = Pick<OrderLine, "location" | "partNumber" | "colorId">;

/** Sorts by bin, part and colour. Lines without a known bin come last. */
export function sortInWalkingOrder<Line extends Goods>(lines: readonly Line[]): Line[] {
  const rank = ({ location }: Line) => (isKnownBin(location) ? 0 : 1);
  return [...lines].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      naturalOrder.compare(a.location, b.location) ||
      naturalOrder.compare(a.partNumber, b.partNumber) ||
      a.colorId - b.colorId,
  );
}
