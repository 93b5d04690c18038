import { useMutation } from "convex/react";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { useAsyncTask } from "../ui/useAsyncTask";
import type { LossReason } from "./lossText";
import type { Share } from "./shortage";
import type { Stop } from "./stops";

type Report = { stopKey: string; shares: readonly Share[]; reason: LossReason };

export type Reports = {
  /** Reports pieces of a stop's lines lost. */
  send: (report: Report) => void;
  /** The stop of the latest report while that is the last thing done and can be undone. */
  undoable: Stop | undefined;
  undo: () => void;
  /** To be called when something else was done, so that the report is no longer the last thing. */
  forget: () => void;
  isRunning: boolean;
  errorMessage: string | null;
};

/** The losses reported on this walk, of which the latest can be undone. */
export function useReports(stops: readonly Stop[]): Reports {
  const { businessAccountId } = useBusiness();
  const reportLoss = useMutation(api.orders.picking.losses.reportLoss);
  const undoLoss = useMutation(api.orders.picking.losses.undoLoss);
  const [latest, setLatest] = useState<Report | null>(null);
  const task = useAsyncTask(async (move: typeof reportLoss, { shares, reason }: Report) => {
    // One after another: each is about what the one before has left.
    for (const share of shares) await move({ businessAccountId, ...share, reason });
  });
  const stop = stops.find(({ key }) => key === latest?.stopKey);
  // It may have been undone beside its sentence or by a colleague.
  const isStillReported = latest?.shares.every(({ lineId, quantity }) =>
    stop?.lines.some((line) => line.lineId === lineId && line.losses[latest.reason] >= quantity),
  );
  return {
    send: (report) => {
      setLatest(report);
      task.run(reportLoss, report);
    },
    undoable: isStillReported === true && !task.isRunning ? stop : undefined,
    undo: () => {
      if (latest) task.run(undoLoss, latest);
      setLatest(null);
    },
    forget: () => setLatest(null),
    isRunning: task.isRunning,
    errorMessage: task.errorMessage,
  };
}
