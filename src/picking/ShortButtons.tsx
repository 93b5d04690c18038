import { Button } from "@mantine/core";
import { useQuery } from "convex/react";
import { useEffect, useId, useRef, useState } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { usePageConnection } from "../health/usePageConnection";
import text from "../ui/text.module.css";
import { QuantityField } from "./LossReportForm";
import { lossWords, type LossReason } from "./lossText";
import { shareLoss } from "./shortage";
import classes from "./ShortButtons.module.css";
import type { Stop } from "./stops";
import type { Reports } from "./useReports";

export type Form = "fewer" | "damaged";

type ShortFormProps = {
  form: Form;
  /** Pieces to take at the stop. */
  toTake: number;
  /** Pieces of the bin that no order has reserved. */
  spare: number;
  onReport: (lost: number, reason: LossReason) => void;
};

/** How many are there, or how many are damaged. */
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
        label={isFewer ? lossWords.howManyThere : lossWords.howManyDamaged}
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

type ShortButtonsProps = {
  stop: Stop;
  reports: Reports;
  /** Which form is open. */
  form: Form | null;
  onForm: (form: Form | null) => void;
};

/** Says that the bin does not have what it should: nothing, fewer, or damaged pieces. Each has its undo. */
export function ShortButtons({ stop, reports, form, onForm }: ShortButtonsProps) {
  const { businessAccountId } = useBusiness();
  const { isConnected } = usePageConnection();
  const hintId = useId();
  // What is picked was there.
  const lines = stop.lines.filter(
    ({ reservedQuantity, pickStatus }) => reservedQuantity > 0 && pickStatus !== "picked",
  );
  const [first] = lines;
  const spare = useQuery(
    api.orders.picking.losses.spare,
    first ? { businessAccountId, lineId: first.lineId } : "skip",
  );
  if (!first || stop.toTake === 0) return null;
  if (!isConnected) return <p className={text.soft}>{lossWords.needsConnection}</p>;
  const toggle = (chosen: Form) => onForm(form === chosen ? null : chosen);
  const send = (lost: number, reason: LossReason) => {
    onForm(null);
    reports.send({ stopKey: stop.key, shares: shareLoss(lines, lost, spare ?? 0), reason });
  };
  const isWaiting = reports.isRunning || spare === undefined;
  const all = stop.toTake + (spare ?? 0);
  return (
    <div>
      <div className={classes.buttons} role="group" aria-label={lossWords.binShort}>
        <Button
          variant="default"
          disabled={isWaiting}
          aria-describedby={hintId}
          onClick={() => send(all, "missing")}
        >
          {lossWords.reasons.missing}
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
          aria-expanded={form === "damaged"}
          onClick={() => toggle("damaged")}
        >
          {lossWords.reasons.damaged}
        </Button>
      </div>
      {spare !== undefined && spare > 0 && form === null && (
        <p id={hintId} className={`${classes.hint} ${text.soft}`}>
          {lossWords.missingTakes(all)}
        </p>
      )}
      {form && spare !== undefined && (
        <ShortForm key={form} form={form} toTake={stop.toTake} spare={spare} onReport={send} />
      )}
    </div>
  );
}
