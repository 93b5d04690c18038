/** Sends the ticks that are kept on the device while there is a connection. */
import { useConvexConnectionState, useMutation } from "convex/react";
import { useEffect, useSyncExternalStore } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { pendingTicks, subscribeToTicks, type PendingTick } from "./pendingTicks";
import { keepSendingTicks } from "./sendTicks";

/** What `setPicked` is called with. `quantities` is left out for a tick that was kept without them. */
function argumentsOf({ lineIds, isPicked, seen }: PendingTick) {
  if (seen === undefined) return { lineIds, isPicked };
  const quantities = Object.fromEntries(
    lineIds.flatMap((lineId) => (seen[lineId] ? [[lineId, seen[lineId].quantity]] : [])),
  );
  return { lineIds, isPicked, quantities };
}

/** Sends this person's ticks while the page is connected. */
export function useTickSender(): void {
  const { businessAccountId, memberId } = useBusiness();
  const { isWebSocketConnected } = useConvexConnectionState();
  const setPicked = useMutation(api.orders.picking.pickStatus.setPicked);
  const count = useSyncExternalStore(subscribeToTicks, () => pendingTicks().length);
  useEffect(() => {
    if (!isWebSocketConnected || count === 0) return;
    return keepSendingTicks(memberId, (tick) => setPicked({ businessAccountId, ...argumentsOf(tick) }));
  }, [isWebSocketConnected, count, memberId, businessAccountId, setPicked]);
}
