/** Lines as they look with ticks that the server has not confirmed. */
import { pickStateAfterTick } from "../../convex/orders/picking/pickQuantities";
import type { OrderLine } from "../orders/types";
import type { PendingTick } from "./pendingTicks";

/** As the server stores it; see pickStatus.ts. */
function withTick<Line extends OrderLine>(line: Line, { isPicked, at, seen }: PendingTick): Line {
  const state = isPicked
    ? pickStateAfterTick(line, seen?.[line.lineId]?.quantity)
    : { pickStatus: "unpicked" as const, pickedQuantity: 0 };
  const picked = state.pickStatus === "unpicked" ? null : { person: null, isYou: true, at };
  return { ...line, ...state, isPending: true, picked };
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
