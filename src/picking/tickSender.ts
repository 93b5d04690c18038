/** Sends the ticks that are kept on the device, one after another, while there is a connection. */
import { useConvexConnectionState, useMutation } from "convex/react";
import { useEffect, useSyncExternalStore } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { errorText } from "../ui/errorText";
import { pendingTicks, removeTick, subscribeToTicks, type PendingTick } from "./pendingTicks";
import { tickText } from "./pickedText";

/** One sender at a time in a page, whichever of its components asks for it: the ticks stay in their order. */
let isSending = false;

let refusal: string | null = null;
const refusalListeners = new Set<() => void>();

function setRefusal(message: string | null): void {
  refusal = message;
  for (const listener of refusalListeners) listener();
}

function subscribeToRefusal(onChange: () => void): () => void {
  refusalListeners.add(onChange);
  return () => refusalListeners.delete(onChange);
}

/** Why the server refused the latest tick; null once one was accepted after it. */
export function useRefusal(): string | null {
  return useSyncExternalStore(subscribeToRefusal, () => refusal);
}

async function sendAll(memberId: string, send: (tick: PendingTick) => Promise<unknown>): Promise<void> {
  if (isSending) return;
  isSending = true;
  try {
    for (;;) {
      const tick = pendingTicks().find((pending) => pending.memberId === memberId);
      if (!tick) return;
      // The client holds a call back while it is disconnected, so a lost connection delays the tick and refuses nothing.
      await send(tick).then(
        () => setRefusal(null),
        (error: unknown) => setRefusal(tickText.refused(errorText(error))),
      );
      removeTick(tick.id);
    }
  } finally {
    isSending = false;
  }
}

/** Sends this person's ticks while the page is connected. */
export function useTickSender(): void {
  const { businessAccountId, memberId } = useBusiness();
  const { isWebSocketConnected } = useConvexConnectionState();
  const setPicked = useMutation(api.orders.picking.pickStatus.setPicked);
  const count = useSyncExternalStore(subscribeToTicks, () => pendingTicks().length);
  useEffect(() => {
    if (!isWebSocketConnected || count === 0) return;
    void sendAll(memberId, ({ lineIds, isPicked }) => setPicked({ businessAccountId, lineIds, isPicked }));
  }, [isWebSocketConnected, count, memberId, businessAccountId, setPicked]);
}
