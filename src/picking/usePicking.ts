import { useCallback, useSyncExternalStore } from "react";
import { isPermitted } from "../../convex/accounts/permissions";
import { pickableQuantity } from "../../convex/orders/picking/pickQuantities";
import { useBusiness } from "../account/business";
import type { OrderLine } from "../orders/types";
import type { PickListLine } from "./pickList";
import { addTick, pendingTicks, subscribeToTicks } from "./pendingTicks";
import { withPendingTicks } from "./pendingLines";
import { subscribeToNotices, tickNotices, type TickNotice } from "./tickNotices";
import { useTickSender } from "./tickSender";

/** What a tick keeps of a line. */
export type LineToMark = Pick<
  PickListLine,
  "lineId" | "orderNumber" | "itemName" | "quantity" | "shortQuantity" | "matchedBy"
>;

export type Picking = {
  /** Marks lines, as they are shown, picked or not picked. Undefined for viewers, who may not change anything. */
  setPicked: ((lines: readonly LineToMark[], isPicked: boolean) => void) | undefined;
  /** The lines as they will be once the server has confirmed this person's ticks; those it has not are marked `isPending`. */
  withPending: <Line extends OrderLine>(lines: readonly Line[]) => Line[];
  /** This person's ticks that the server has not confirmed. */
  pendingCount: number;
  /** What this person has to do about ticks that the server could not store. */
  notices: readonly TickNotice[];
};

/**
 * Marks lines picked, on the order's panel, on the pick list and on a walk alike. A tick is kept on the device first and shown at
 * once, then sent; it looks confirmed only when the server has it.
 */
export function usePicking(): Picking {
  const { memberId, role } = useBusiness();
  const allTicks = useSyncExternalStore(subscribeToTicks, pendingTicks);
  const ticks = allTicks.filter((tick) => tick.memberId === memberId);
  const allNotices = useSyncExternalStore(subscribeToNotices, tickNotices);
  useTickSender();
  const setPicked = useCallback(
    (lines: readonly LineToMark[], isPicked: boolean) => {
      const seen = Object.fromEntries(
        lines.map((line) => {
          const { lineId, orderNumber, itemName } = line;
          return [lineId, { quantity: pickableQuantity(line), orderNumber, itemName }];
        }),
      );
      addTick({ memberId, lineIds: lines.map(({ lineId }) => lineId), isPicked, seen });
    },
    [memberId],
  );
  return {
    setPicked: isPermitted(role, "orders.picking.pickStatus.setPicked") ? setPicked : undefined,
    withPending: (lines) => withPendingTicks(lines, ticks),
    pendingCount: ticks.length,
    notices: allNotices.filter((notice) => notice.memberId === memberId),
  };
}
