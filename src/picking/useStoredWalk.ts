import { useMutation, useQuery } from "convex/react";
import { useEffect } from "react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";

export type StoredStop = {
  /** Whether the server was not heard yet. */
  isLoading: boolean;
  /** The key of the stop where this person left these orders, on whatever device; undefined when they never walked them. */
  stop: string | undefined;
};

/** Where the server says that this person is on the walk of these orders. */
export function useStoredStop(orderNumbers: readonly number[]): StoredStop {
  const { businessAccountId } = useBusiness();
  const walk = useQuery(api.orders.picking.walks.mine, { businessAccountId });
  const isSame = walk?.orderNumbers.join("-") === orderNumbers.join("-");
  return { isLoading: walk === undefined, stop: isSame ? walk?.stop : undefined };
}

/** Tells the server at which stop this person is, whenever it changes. Viewers pick nothing and are not shown to others. */
export function useVisit(orderNumbers: readonly number[], stop: string): void {
  const { businessAccountId, role } = useBusiness();
  const visit = useMutation(api.orders.picking.walks.visit);
  const isPicker = isPermitted(role, "orders.picking.walks.visit");
  // A list is made anew by every render; its text is not.
  const orders = orderNumbers.join("-");
  useEffect(() => {
    if (!isPicker) return;
    // A refusal would cost no more than the place to resume at: the ticks are stored on their own.
    visit({ businessAccountId, orderNumbers: orders.split("-").map(Number), stop }).catch(() => undefined);
  }, [visit, businessAccountId, isPicker, orders, stop]);
}
