import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import type { Business } from "../account/business";
import { useNow } from "../ui/time";

const HOUR_MS = 60 * 60_000;

/** The time by which paid orders are asked for moves on in steps, so that the live query is not a new one each second. */
const STEP_MS = 10 * 60_000;

type AttentionList = FunctionReturnType<typeof api.orders.attention.list>;
export type AttentionOrder = AttentionList["orders"][number];
type Outbox = FunctionReturnType<typeof api.marketplaces.bricklink.outbox.writes.open>;

/** Everything that waits for a person. Undefined while it is loaded. */
export type Attention = {
  refused: Outbox["writes"];
  orders: AttentionOrder[];
  /** Paid longer ago than the store's limit, and in `orders` for no other reason. */
  late: AttentionOrder[];
  failed: { count: number; isMore: boolean };
  /** Unread messages by order. */
  unread: FunctionReturnType<typeof api.orders.correspondence.messages.unread>;
  /** Lots to count, because pieces were reported lost there, or to lower on BrickLink. */
  recounts: FunctionReturnType<typeof api.inventory.lots.toRecount>["lots"];
  count: number;
  /** Whether there is more than is counted. */
  isMore: boolean;
};

/** What waits for a person in a store, live. Screens that show it share its queries. */
export function useAttention({
  businessAccountId,
  waitingLimitHours,
  role,
}: Business): Attention | undefined {
  const now = useNow();
  const paidBefore = Math.floor(now / STEP_MS) * STEP_MS - waitingLimitHours * HOUR_MS;
  const outbox = useQuery(api.marketplaces.bricklink.outbox.writes.open, { businessAccountId });
  const found = useQuery(api.orders.attention.list, { businessAccountId });
  const waiting = useQuery(api.orders.attention.waiting, { businessAccountId, paidBefore });
  const health = useQuery(api.marketplaces.bricklink.limits.health.strip, { businessAccountId });
  const unread = useQuery(
    api.orders.correspondence.messages.unread,
    isPermitted(role, "orders.correspondence.messages.unread") ? { businessAccountId } : "skip",
  );
  const recounts = useQuery(api.inventory.lots.toRecount, { businessAccountId });
  if (!outbox || !found || !waiting || !health || !recounts) return undefined;
  const refused = outbox.writes.filter(({ status }) => status === "refused");
  const listed = new Set(found.orders.map(({ orderNumber }) => orderNumber));
  const late = waiting.orders.filter(({ orderNumber }) => !listed.has(orderNumber));
  const { failed } = health;
  return {
    refused,
    orders: found.orders,
    late,
    failed,
    // Viewers see no messages.
    unread: unread ?? [],
    recounts: recounts.lots,
    count:
      refused.length +
      found.orders.length +
      late.length +
      failed.count +
      (unread?.length ?? 0) +
      recounts.lots.length,
    isMore:
      outbox.areThereMore || found.areThereMore || waiting.areThereMore || failed.isMore || recounts.isMore,
  };
}
