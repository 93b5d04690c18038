import { Button } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { binText } from "../orders/lineText";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { lossWords } from "./lossText";
import classes from "./OtherBins.module.css";
import type { PickListLine } from "./pickList";
import type { Stop } from "./stops";

type OtherBin = FunctionReturnType<typeof api.orders.picking.otherBins.list>[number];

/** A way to another bin for what a stop lacks. */
export type Detour = OtherBin & { stopKey: string };

/** The lines of a stop for which its bin has too few pieces. */
export function shortLines({ lines }: Stop): PickListLine[] {
  return lines.filter(({ matchedBy, shortQuantity }) => matchedBy !== "unmatched" && shortQuantity > 0);
}

type OtherBinsProps = { stop: Stop; onDetour: (detour: Detour) => void };

/** The other bins with equal goods, offered where a bin is short. */
export function OtherBins({ stop, onDetour }: OtherBinsProps) {
  const { businessAccountId } = useBusiness();
  const short = shortLines(stop);
  const [first] = short;
  const bins = useQuery(
    api.orders.picking.otherBins.list,
    first ? { businessAccountId, lineId: first.lineId } : "skip",
  );
  const missing = short.reduce((sum, { shortQuantity }) => sum + shortQuantity, 0);
  if (!bins || bins.length === 0) return null;
  return (
    <div className={classes.bins} role="group" aria-label={lossWords.otherBins}>
      {bins.map((bin) => {
        const quantity = Math.min(missing, bin.quantity);
        return (
          <Button
            key={bin.lotId}
            variant="light"
            onClick={() => onDetour({ ...bin, quantity, stopKey: stop.key })}
          >
            {lossWords.takeFrom(quantity, binText(bin.location), bin.quantity)}
          </Button>
        );
      })}
    </div>
  );
}

/** What came from other bins for a line, each with its undo. */
export function FromOtherBins({ line }: { line: PickListLine }) {
  const { businessAccountId } = useBusiness();
  const putBack = useAsyncTask(useMutation(api.orders.picking.otherBins.putBack));
  const { lineId, orderNumber, otherBins } = line;
  return (
    <>
      {otherBins.map(({ lotId, location, quantity }) => (
        <span key={lotId} className={classes.taken}>
          {lossWords.from(quantity, binText(location))}
          <Button
            variant="subtle"
            size="compact-md"
            h={44}
            px="xs"
            loading={putBack.isRunning}
            aria-label={lossWords.putBackLabel(quantity, binText(location), orderNumber)}
            onClick={() => putBack.run({ businessAccountId, lineId, lotId, quantity })}
          >
            {lossWords.putBack}
          </Button>
        </span>
      ))}
      <ErrorAlert message={putBack.errorMessage} />
    </>
  );
}
