import { useCallback, useSyncExternalStore } from "react";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";
import type { OrderLine } from "../orders/types";
import { addTick, pendingTicks, subscribeToTicks } from "./pendingTicks";
import { withPendingTicks } from "./pendingLines";
import { useRefusal, useTickSender } from "./tickSender";

type LineId = OrderLine["lineId"];

export type Picking = {
  /** Marks lines picked or not picked. Undefined for viewers, who may not change anything. */
  setPicked: ((lineIds: LineId[], isPicked: boolean) => void) | undefined;
  /** The lines as they will be once the server has confirmed this person's ticks; those it has not are marked `isPending`. */
  withPending: <Line extends OrderLine>(lines: readonly Line[]) => Line[];
  /** This person's ticks that the server has not confirmed. */
  pendingCount: number;
  /** Why the server refused the latest tick, which is undone; null when it refused none. */
  failure: string | null;
};

/**
 * Marks lines picked, on the order's panel, on the pick list and on a walk alike. A tick is kept on the device first and shown at
 * once, then sent; it looks confirmed only when the server has it.
 */
export function usePicking(): Picking {
  const { memberId, role } = useBusiness();
  const all = useSyncExternalStore(subscribeToTicks, pendingTicks);
  const ticks = all.filter((tick) => tick.memberId === memberId);
  useTickSender();
  const failure = useRefusal();
  const setPicked = useCallback(
    (lineIds: LineId[], isPicked: boolean) => addTick({ memberId, lineIds, isPicked }),
    [memberId],
  );
  return {
    setPicked: isPermitted(role, "orders.picking.pickStatus.setPicked") ? setPicked : undefined,
    withPending: (lines) => withPendingTicks(lines, ticks),
    pendingCount: ticks.length,
    failure,
  };
}
