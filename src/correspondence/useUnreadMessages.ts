import { useQuery } from "convex/react";
import { useMemo } from "react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";

const NONE: { orderNumber: number; count: number }[] = [];

/** By order number: how many messages are unread. Empty for viewers, who see no messages. */
export function useUnreadMessages(): ReadonlyMap<number, number> {
  const { businessAccountId, role } = useBusiness();
  const mayRead = isPermitted(role, "orders.correspondence.messages.unread");
  const unread =
    useQuery(api.orders.correspondence.messages.unread, mayRead ? { businessAccountId } : "skip") ?? NONE;
  return useMemo(() => new Map(unread.map(({ orderNumber, count }) => [orderNumber, count])), [unread]);
}
