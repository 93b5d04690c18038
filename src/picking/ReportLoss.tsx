import { Button, Popover } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { Failure } from "../ui/Failure";
import print from "../ui/print.module.css";
import { useTask } from "../ui/useTask";
import { lossReasons } from "./lossReasons";
import { ReportForm, type Report } from "./ReportForm";
import classes from "./ReportLoss.module.css";
import type { WalkLine } from "./walkList";

function LostPieces({ line, isOneOfMany }: { line: WalkLine; isOneOfMany: boolean }) {
  const { businessAccountId } = useBusiness();
  const takeBack = useTask(useMutation(api.orders.picking.undoReport));
  const { lineId, lostPieces, itemName, orderNumber } = line;
  return (
    <>
      {lossReasons.map((reason) => {
        const quantity = lostPieces[reason];
        if (quantity === 0) return null;
        return (
          <span key={reason} className={classes.lost}>
            {quantity} {reason}
            {isOneOfMany && ` for ${orderNumber}`}
            <Button
              variant="subtle"
              size="compact-md"
              h={44}
              px="xs"
              loading={takeBack.isRunning}
              aria-label={`Undo: ${quantity} ${reason}, ${itemName}`}
              onClick={() => takeBack.run({ businessAccountId, lineId, quantity, reason })}
            >
              Undo
            </Button>
          </span>
        );
      })}
      <Failure message={takeBack.failure} />
    </>
  );
}

type ReportLossProps = {
  lines: readonly WalkLine[];
  /** For its place in the line. */
  className?: string | undefined;
};

/**
 * Says that pieces are not in the bin, or not fit to send. `lines`: of the same goods, each of another order. What was
 * reported stays to be seen by everybody, and to be taken back, until the order is closed.
 */
export function ReportLoss({ lines, className = "" }: ReportLossProps) {
  const { businessAccountId } = useBusiness();
  const [isOpen, setIsOpen] = useState(false);
  const report = useTask(useMutation(api.orders.picking.report));
  const served = lines.filter(({ reservedQuantity }) => reservedQuantity > 0);
  const [first] = lines;
  const send = (said: Report) => {
    report.run({ businessAccountId, ...said });
    setIsOpen(false);
  };
  return (
    <div className={`${classes.report} ${className} ${print.hidden}`}>
      {first && served.length > 0 && (
        <Popover opened={isOpen} onChange={setIsOpen} trapFocus position="bottom-start">
          <Popover.Target>
            <Button
              variant="subtle"
              size="compact-sm"
              h={44}
              px="xs"
              fw={400}
              loading={report.isRunning}
              aria-label={`Missing or damaged: ${first.itemName}`}
              onClick={() => setIsOpen(!isOpen)}
            >
              Missing or damaged …
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <ReportForm lines={served} onSend={send} />
          </Popover.Dropdown>
        </Popover>
      )}
      {lines.map((line) => (
        <LostPieces key={line.lineId} line={line} isOneOfMany={lines.length > 1} />
      ))}
      <Failure message={report.failure} />
    </div>
  );
}
