/** The cells of an order, in the table and on its panel. None relies on colour alone: each has a shape or a text. */
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconHelpCircle } from "@tabler/icons-react";
import { Tag } from "../ui/Tag";
import text from "../ui/text.module.css";
import { timeAgo, formatDateTime } from "../ui/time";
import classes from "./cells.module.css";
import { cancelledStockText } from "./returnText";
import { statusText } from "./statusText";
import type { OrderRow } from "./types";

/** The status with a dot in its tab's colour. The dot is hollow while an order to pack is not paid. */
export function Status({ status, tab, isPaid }: Pick<OrderRow, "status" | "tab" | "isPaid">) {
  return (
    <span
      className={classes.status}
      data-tone={tab}
      data-waiting={(tab === "toPack" && !isPaid) || undefined}
    >
      {statusText(status)}
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
  | "returnCount"
  | "lineCount"
  | "pickedLines"
>;

/** How many pieces are reserved and short, and how many lines unmatched; for a closed order, what became of its pieces. */
export function Stock({ order, place }: { order: StockOrder; place: "row" | "panel" }) {
  const { tab, reservedQuantity, shortQuantity, unmatchedLines, fulfilledQuantity } = order;
  const { returnCount, pickedLines, lineCount } = order;
  const putBack = returnCount > 0 && (
    <Tag tone="warn">
      <IconArrowBackUp size={15} aria-hidden />
      put back
    </Tag>
  );
  if (tab === "shipped" || tab === "cancelled") {
    const outcome = tab === "shipped" ? `${fulfilledQuantity} sent` : cancelledStockText(order);
    return (
      <span className={classes.stock} data-place={place}>
        {putBack}
        {/* In a row, the tag says it all: the pieces are reserved until they are put back. */}
        {!(putBack && reservedQuantity > 0) && <span className={text.soft}>{outcome}</span>}
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
      {putBack}
    </span>
  );
}

/** "5 minutes ago", with the absolute time on hover. `at`, `now`: milliseconds UTC. */
export function RelativeTime({ at, now }: { at: number; now: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatDateTime(at)}>
      {timeAgo(at, now)}
    </time>
  );
}

/** Whether the order is paid and by which method; the status as BrickLink has it on hover. */
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
