/** The order in which a packer walks past the bins: A2 before A10, what has no bin last. */
import type { OrderLine } from "./types";

const natural = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

export const UNKNOWN_LOCATION = "UNKNOWN";

export function inWalkingOrder<Line extends OrderLine>(lines: readonly Line[]): Line[] {
  const isLast = (line: Line) => (line.location === UNKNOWN_LOCATION || line.location === "" ? 1 : 0);
  return [...lines].sort(
    (a, b) =>
      isLast(a) - isLast(b) ||
      natural.compare(a.location, b.location) ||
      natural.compare(a.partNumber, b.partNumber) ||
      a.colorId - b.colorId,
  );
}
