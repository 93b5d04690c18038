import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";
import type { OrderRow } from "../orders/types";
import { useAsyncTask } from "../ui/useAsyncTask";
import type { Change, Requested, Write } from "./types";

/** An order as it is on the screen: what changed since is not taken for decided. */
export type SeenOrder = Pick<OrderRow, "orderNumber" | "status" | "orderedAt">;

type RequestOptions = {
  /** Is told what became of each. */
  onRequested?: (requested: Requested[]) => void;
  /** Whether a status may be set back, because somebody chose it from a list. */
  mayGoBack?: boolean;
};

/** Taken back in one call at most: WRITES_PER_CALL_MAX of convex/marketplaces/bricklink/outbox/requests.ts. */
const WITHDRAWN_PER_CALL = 100;

/** Asking for changes at BrickLink, and what can be done about those that were asked for. */
export type Changes = {
  /** Undefined for viewers. */
  request: ((orders: readonly SeenOrder[], changes: Change[], options?: RequestOptions) => void) | undefined;
  withdraw: (writes: readonly Write[]) => void;
  retry: (write: Write) => void;
  dismiss: (write: Write) => void;
  isRunning: boolean;
  failure: string | null;
};

export function useChanges(): Changes {
  const { businessAccountId, role } = useBusiness();
  const { requests } = api.marketplaces.bricklink.outbox;
  const request = useMutation(requests.request);
  const withdraw = useMutation(requests.withdraw);
  const retry = useMutation(requests.retry);
  const dismiss = useMutation(requests.dismiss);
  const task = useAsyncTask((work: () => Promise<unknown>) => work());
  return {
    request: isPermitted(role, "marketplaces.bricklink.outbox.requests.request")
      ? (seen, changes, { onRequested, mayGoBack = false } = {}) =>
          task.run(async () => {
            const orders = seen.map(({ orderNumber, status, orderedAt }) => ({
              orderNumber,
              status,
              orderedAt,
            }));
            const requested = await request({ businessAccountId, orders, changes, mayGoBack });
            onRequested?.(requested);
          })
      : undefined,
    withdraw: (writes) =>
      task.run(async () => {
        const left = writes.map(({ writeId }) => writeId);
        while (left.length > 0) {
          await withdraw({ businessAccountId, writeIds: left.splice(0, WITHDRAWN_PER_CALL) });
        }
      }),
    retry: ({ writeId }) => task.run(() => retry({ businessAccountId, writeId })),
    dismiss: ({ writeId }) => task.run(() => dismiss({ businessAccountId, writeId })),
    isRunning: task.isRunning,
    failure: task.errorMessage,
  };
}
