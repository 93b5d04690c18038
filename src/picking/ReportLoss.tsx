import { ActionIcon, Button, Popover } from "@mantine/core";
import { IconMessageReport } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { ErrorAlert } from "../ui/ErrorAlert";
import print from "../ui/print.module.css";
import { useAsyncTask } from "../ui/useAsyncTask";
import grid from "./lines.module.css";
import { lossReasons, lossWords, reportedText } from "./lossText";
import { LossReportForm, type LossReport } from "./LossReportForm";
import { FromOtherBins } from "./OtherBins";
import classes from "./ReportLoss.module.css";
import type { PickListLine } from "./pickList";

type ReportedLossesProps = {
  line: PickListLine;
  /** Whether the order number is shown, because the lines of several orders are side by side. */
  isOneOfMany: boolean;
};

/** The losses reported for one line and what came from other bins instead, each with its undo. */
export function ReportedLosses({ line, isOneOfMany }: ReportedLossesProps) {
  const { businessAccountId } = useBusiness();
  const undo = useAsyncTask(useMutation(api.orders.picking.losses.undoLoss));
  const { lineId, losses, itemName } = line;
  return (
    <>
      {lossReasons.map((reason) => {
        const quantity = losses[reason];
        if (quantity === 0) return null;
        return (
          <div key={reason} className={classes.lost}>
            <span>{reportedText(line, reason, isOneOfMany)}</span>
            <Button
              className={classes.undo}
              variant="subtle"
              size="compact-md"
              h={44}
              px="xs"
              loading={undo.isRunning}
              aria-label={lossWords.undoLabel(lossWords.lost[reason](quantity), itemName)}
              onClick={() => undo.run({ businessAccountId, lineId, quantity, reason })}
            >
              {lossWords.undo}
            </Button>
          </div>
        );
      })}
      <ErrorAlert message={undo.errorMessage} />
      <FromOtherBins line={line} />
    </>
  );
}

type ReportLossProps = {
  /** Lines of the same goods, each of another order. */
  lines: readonly PickListLine[];
};

/**
 * Reports that pieces are missing from the bin or damaged: a button and, below the line, what was reported, which until the order is
 * closed is shown to everybody and can be undone. Both are cells of the line's grid.
 */
export function ReportLoss({ lines }: ReportLossProps) {
  const { businessAccountId } = useBusiness();
  const [isOpen, setIsOpen] = useState(false);
  const report = useAsyncTask(useMutation(api.orders.picking.losses.reportLoss));
  const reservedLines = lines.filter(({ reservedQuantity }) => reservedQuantity > 0);
  const [first] = lines;
  const hasReports = lines.some(
    ({ losses, otherBins }) => losses.missing + losses.damaged > 0 || otherBins.length > 0,
  );
  const send = (lossReport: LossReport) => {
    report.run({ businessAccountId, ...lossReport });
    setIsOpen(false);
  };
  return (
    <>
      <div className={`${grid.report} ${print.hidden}`}>
        {first && reservedLines.length > 0 && (
          <Popover opened={isOpen} onChange={setIsOpen} trapFocus position="bottom-end">
            <Popover.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                title={lossWords.report}
                loading={report.isRunning}
                aria-label={lossWords.reportLabel(first.itemName)}
                onClick={() => setIsOpen(!isOpen)}
              >
                <IconMessageReport size={22} aria-hidden />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown>
              <LossReportForm lines={reservedLines} onSend={send} />
            </Popover.Dropdown>
          </Popover>
        )}
      </div>
      {(hasReports || report.errorMessage !== null) && (
        <div className={`${grid.reported} ${print.hidden}`}>
          {lines.map((line) => (
            <ReportedLosses key={line.lineId} line={line} isOneOfMany={lines.length > 1} />
          ))}
          <ErrorAlert message={report.errorMessage} />
        </div>
      )}
    </>
  );
}
