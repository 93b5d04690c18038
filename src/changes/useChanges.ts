import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";
import { useAsyncTask } from "../ui/useAsyncTask";
import type { Change, Requested, Write } from "./types";

/** Asking for changes at BrickLink, and what can be done about those that were asked for. */
export type Changes = {
  /** Undefined for viewers. `onRequested` is told what became of each. */
  request:
    | ((orderNumbers: number[], changes: Change[], onRequested?: (requested: Requested[]) => void) => void)
    | undefined;
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
      ? (orderNumbers, changes, onRequested) =>
          task.run(async () => {
            const requested = await request({ businessAccountId, orderNumbers, changes });
            onRequested?.(requested);
          })
      : undefined,
    withdraw: (writes) =>
      task.run(() => withdraw({ businessAccountId, writeIds: writes.map(({ writeId }) => writeId) })),
    retry: ({ writeId }) => task.run(() => retry({ businessAccountId, writeId })),
    dismiss: ({ writeId }) => task.run(() => dismiss({ businessAccountId, writeId })),
    isRunning: task.isRunning,
    failure: task.errorMessage,
  };
}
