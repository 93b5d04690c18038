import { Button } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Notice } from "../ui/Notice";
import { useAsyncTask } from "../ui/useAsyncTask";
import type { Lot } from "./lot";
import { dismissText, recountText } from "./recountText";

type RecountNoticeProps = {
  businessAccountId: Business["businessAccountId"];
  lotId: Lot["lotId"];
  canAdjust: boolean;
  /** Milliseconds UTC. */
  now: number;
};

/** Asks to count a lot of which pieces were reported lost, or to lower one on BrickLink. Renders nothing for any other. */
export function RecountNotice({ businessAccountId, lotId, canAdjust, now }: RecountNoticeProps) {
  const task = useQuery(api.inventory.recounts.ofLot, { businessAccountId, lotId });
  const dismiss = useAsyncTask(useMutation(api.inventory.recounts.dismiss));
  if (!task) return null;
  return (
    <Notice>
      {recountText(task, now)}{" "}
      {canAdjust && (
        <Button
          variant="subtle"
          loading={dismiss.isRunning}
          onClick={() => dismiss.run({ businessAccountId, lotId })}
        >
          {dismissText(task)}
        </Button>
      )}
      <ErrorAlert message={dismiss.errorMessage} />
    </Notice>
  );
}
