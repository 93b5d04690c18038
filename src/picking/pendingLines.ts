/** Lines as they look with ticks that the server has not confirmed. */
import { pickableQuantity } from "../../convex/orders/picking/pickQuantities";
import type { OrderLine } from "../orders/types";
import type { PendingTick } from "./pendingTicks";

function withTick<Line extends OrderLine>(line: Line, { isPicked, at }: PendingTick): Line {
  return {
    ...line,
    isPending: true,
    pickStatus: isPicked ? "picked" : "unpicked",
    pickedQuantity: isPicked ? pickableQuantity(line) : 0,
    picked: isPicked ? { person: null, isYou: true, at } : null,
  };
}

/** Applies the ticks in the order in which they were made. Lines without one stay the same objects. */
export function withPendingTicks<Line extends OrderLine>(
  lines: readonly Line[],
  ticks: readonly PendingTick[],
): Line[] {
  return lines.map((line) =>
    ticks.filter(({ lineIds }) => lineIds.includes(line.lineId)).reduce(withTick, line),
  );
}
