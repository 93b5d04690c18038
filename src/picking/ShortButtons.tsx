import { Button } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import { useEffect, useRef, useState } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { usePageConnection } from "../health/usePageConnection";
import { ErrorAlert } from "../ui/ErrorAlert";
import text from "../ui/text.module.css";
import { useAsyncTask } from "../ui/useAsyncTask";
import { QuantityField } from "./LossReportForm";
import { lossWords, type LossReason } from "./lossText";
import { shareLoss } from "./shortage";
import classes from "./ShortButtons.module.css";
import type { Stop } from "./stops";

type Form = "fewer" | "broken";

type ShortFormProps = {
  form: Form;
  /** Pieces to take at the stop. */
  toTake: number;
  /** Pieces of the bin that no order has reserved. */
  spare: number;
  onReport: (lost: number, reason: LossReason) => void;
};

/** How many are there, or how many are broken. */
function ShortForm({ form, toTake, spare, onReport }: ShortFormProps) {
  const [quantity, setQuantity] = useState(1);
  const formRef = useRef<HTMLDivElement>(null);
  // On a small phone it opens below the fold.
  useEffect(() => formRef.current?.scrollIntoView({ block: "nearest" }), []);
  const isFewer = form === "fewer";
  const max = isFewer ? toTake - 1 : toTake + spare;
  return (
    <div className={classes.form} ref={formRef}>
      <QuantityField
        label={isFewer ? lossWords.howManyThere : lossWords.howManyBroken}
        value={Math.min(quantity, max)}
        max={max}
        onChange={setQuantity}
      />
      <Button
        className={classes.send}
        onClick={() =>
          isFewer ? onReport(toTake + spare - quantity, "missing") : onReport(quantity, "damaged")
        }
      >
        {lossWords.send}
      </Button>
    </div>
  );
}

/** Says that the bin does not have what it should: nothing, fewer, or broken pieces. Each is one press, and has its undo. */
export function ShortButtons({ stop }: { stop: Stop }) {
  const { businessAccountId } = useBusiness();
  const { isConnected } = usePageConnection();
  const [form, setForm] = useState<Form | null>(null);
  const reportLoss = useMutation(api.orders.picking.losses.reportLoss);
  const lines = stop.lines.filter(({ reservedQuantity }) => reservedQuantity > 0);
  const [first] = lines;
  const spare = useQuery(
    api.orders.picking.losses.spare,
    first ? { businessAccountId, lineId: first.lineId } : "skip",
  );
  const report = useAsyncTask(async (lost: number, reason: LossReason) => {
    // One after another: each report is about what the one before has left.
    for (const share of shareLoss(lines, lost, spare ?? 0)) {
      await reportLoss({ businessAccountId, ...share, reason });
    }
  });
  if (!first || stop.toTake === 0) return null;
  if (!isConnected) return <p className={text.soft}>{lossWords.needsConnection}</p>;
  const toggle = (chosen: Form) => setForm(form === chosen ? null : chosen);
  const send = (lost: number, reason: LossReason) => {
    setForm(null);
    report.run(lost, reason);
  };
  const isWaiting = report.isRunning || spare === undefined;
  return (
    <div>
      <div className={classes.buttons} role="group" aria-label={lossWords.binShort}>
        <Button
          variant="default"
          disabled={isWaiting}
          onClick={() => send(stop.toTake + (spare ?? 0), "missing")}
        >
          {lossWords.notFound}
        </Button>
        <Button
          variant="default"
          disabled={isWaiting || stop.toTake < 2}
          aria-expanded={form === "fewer"}
          onClick={() => toggle("fewer")}
        >
          {lossWords.fewer}
        </Button>
        <Button
          variant="default"
          disabled={isWaiting}
          aria-expanded={form === "broken"}
          onClick={() => toggle("broken")}
        >
          {lossWords.broken}
        </Button>
      </div>
      {form && spare !== undefined && (
        <ShortForm key={form} form={form} toTake={stop.toTake} spare={spare} onReport={send} />
      )}
      <ErrorAlert message={report.errorMessage} />
    </div>
  );
}
