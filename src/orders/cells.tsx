/** What the cells of an order show. Never by colour alone: each has its shape and its words. */
import { IconAlertTriangle, IconCheck, IconHelpCircle } from "@tabler/icons-react";
import { Tag } from "../ui/Tag";
import text from "../ui/text.module.css";
import { ago, moment } from "../ui/time";
import classes from "./cells.module.css";
import { statusWord } from "./statuses";
import type { OrderRow } from "./types";

/** An order to pack that is not paid yet looks less finished than one that is. */
export function Status({ status, tab, isPaid }: Pick<OrderRow, "status" | "tab" | "isPaid">) {
  return (
    <span
      className={classes.status}
      data-tone={tab}
      data-waiting={(tab === "toPack" && !isPaid) || undefined}
    >
      {statusWord(status)}
    </span>
  );
}

type StockOrder = Pick<
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
export function Stock({ order, place }: { order: StockOrder; place: "row" | "panel" }) {
  const { tab, reservedQuantity, shortQuantity, unmatchedLines, fulfilledQuantity } = order;
  const { putBackCount, pickedLines, lineCount } = order;
  if (tab === "shipped") return <span className={text.soft}>{fulfilledQuantity} sent</span>;
  if (tab === "cancelled") {
    return (
      <span className={text.soft}>
        {fulfilledQuantity > 0 ? `${fulfilledQuantity} were sent` : "released"}
      </span>
    );
  }
  const isComplete = shortQuantity === 0 && unmatchedLines === 0;
  return (
    <span className={classes.stock} data-place={place}>
      <Tag tone={isComplete ? "good" : "soft"}>
        {isComplete && <IconCheck size={16} aria-hidden />}
        {reservedQuantity} reserved
      </Tag>
      {shortQuantity > 0 && (
        <Tag tone="warn">
          <IconAlertTriangle size={15} aria-hidden />
          {shortQuantity} short
        </Tag>
      )}
      {unmatchedLines > 0 && (
        <Tag tone="bad">
          <IconHelpCircle size={15} aria-hidden />
          {unmatchedLines} unmatched
        </Tag>
      )}
      {pickedLines > 0 && (
        <Tag tone={pickedLines === lineCount && isComplete ? "good" : "soft"}>
          {pickedLines === lineCount ? "all picked" : `${pickedLines} of ${lineCount} picked`}
        </Tag>
      )}
      {putBackCount > 0 && <Tag tone="warn">put back</Tag>}
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
      {paymentMethod !== null && <span className={text.soft}> · {paymentMethod}</span>}
    </span>
  );
}
