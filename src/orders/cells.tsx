/** What the cells of an order show. Never by colour alone: each has its shape and its words. */
import { IconAlertTriangle, IconCheck, IconHelpCircle } from "@tabler/icons-react";
import { ago, moment } from "../ui/time";
import { statusWord } from "./statuses";
import type { OrderRow } from "./types";

/** An order to pack that is not paid yet looks less finished than one that is. */
export function Status({ status, tab, isPaid }: Pick<OrderRow, "status" | "tab" | "isPaid">) {
  return (
    <span className="status" data-tone={tab} data-waiting={(tab === "toPack" && !isPaid) || undefined}>
      {statusWord(status)}
    </span>
  );
}

type StockProps = Pick<
  OrderRow,
  | "tab"
  | "reservedQuantity"
  | "shortQuantity"
  | "unmatchedLines"
  | "fulfilledQuantity"
  | "putBackCount"
  | "lineCount"
  | "pickedLines"
>;

/** Reserved, short and unmatched as one glance; closed orders say what became of the goods. */
export function Stock(order: StockProps) {
  const { tab, reservedQuantity, shortQuantity, unmatchedLines, fulfilledQuantity } = order;
  const { putBackCount, pickedLines, lineCount } = order;
  if (tab === "shipped") return <span className="soft">{fulfilledQuantity} sent</span>;
  if (tab === "cancelled") {
    return (
      <span className="soft">{fulfilledQuantity > 0 ? `${fulfilledQuantity} were sent` : "released"}</span>
    );
  }
  const isComplete = shortQuantity === 0 && unmatchedLines === 0;
  return (
    <span className="stock">
      <span className="stock-part" data-part="reserved" data-tone={isComplete ? "good" : "soft"}>
        {isComplete && <IconCheck size={16} aria-hidden />}
        {reservedQuantity} reserved
      </span>
      {shortQuantity > 0 && (
        <span className="stock-part" data-tone="short">
          <IconAlertTriangle size={15} aria-hidden />
          {shortQuantity} short
        </span>
      )}
      {unmatchedLines > 0 && (
        <span className="stock-part" data-tone="unmatched">
          <IconHelpCircle size={15} aria-hidden />
          {unmatchedLines} unmatched
        </span>
      )}
      {pickedLines > 0 && (
        <span className="stock-part" data-tone={pickedLines === lineCount && isComplete ? "good" : "soft"}>
          {pickedLines === lineCount ? "all picked" : `${pickedLines} of ${lineCount} picked`}
        </span>
      )}
      {putBackCount > 0 && (
        <span className="stock-part" data-tone="short">
          put back
        </span>
      )}
    </span>
  );
}

/** How long ago, with the moment itself on hover. */
export function When({ at, now }: { at: number; now: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={moment(at)}>
      {ago(at, now)}
    </time>
  );
}

export function Payment({
  paymentStatus,
  paymentMethod,
  isPaid,
}: Pick<OrderRow, "paymentStatus" | "paymentMethod" | "isPaid">) {
  return (
    <span title={[paymentMethod, paymentStatus].filter(Boolean).join(", ")}>
      {isPaid ? "Paid" : paymentStatus === "None" || paymentStatus === null ? "Not paid" : paymentStatus}
      {paymentMethod !== null && <span className="soft"> · {paymentMethod}</span>}
    </span>
  );
}
