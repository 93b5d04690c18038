/** The cells of an order, in the table and on its panel. None relies on colour alone: each has a shape or a text. */
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconHelpCircle } from "@tabler/icons-react";
import { Tag } from "../ui/Tag";
import text from "../ui/text.module.css";
import { timeAgo, formatDateTime } from "../ui/time";
import classes from "./cells.module.css";
import { cellsText } from "./cellsText";
import { cancelledStockText } from "./returnText";
import { paymentStatusText, stageText, statusText } from "./statusText";
import type { OrderRow } from "./types";

/** Where the order stands, with a mark of its own for each stage; BrickLink's status on hover. */
export function Status(order: Pick<OrderRow, "status" | "tab" | "stage" | "pickedLines" | "lineCount">) {
  const { label, progress } = stageText(order);
  return (
    <span
      className={classes.status}
      data-stage={order.stage ?? undefined}
      data-problem={order.tab === "problem" || undefined}
      title={cellsText.atBricklink(statusText(order.status))}
    >
      <span className={classes.label}>
        {label}
        {progress !== null && <span className={text.soft}> {progress}</span>}
      </span>
    </span>
  );
}

type StockOrder = Pick<
  OrderRow,
  "tab" | "reservedQuantity" | "shortQuantity" | "unmatchedLines" | "fulfilledQuantity" | "returnCount"
>;

/** What is wrong with an order's stock, by number; where nothing is, a quiet tick. For a closed order, what became of its pieces. */
export function Stock({ order }: { order: StockOrder }) {
  const { tab, reservedQuantity, shortQuantity, unmatchedLines, fulfilledQuantity, returnCount } = order;
  const putBack = returnCount > 0 && (
    <Tag tone="warn">
      <IconArrowBackUp size={15} aria-hidden />
      {cellsText.putBack}
    </Tag>
  );
  if (tab === "shipped" || tab === "cancelled") {
    const outcome = tab === "shipped" ? cellsText.sent(fulfilledQuantity) : cancelledStockText(order);
    return (
      <span className={classes.stock}>
        {/* The tag says it all: the pieces are reserved until they are put back. */}
        {putBack}
        {!(putBack && reservedQuantity > 0) && <span className={text.soft}>{outcome}</span>}
      </span>
    );
  }
  return (
    <span className={classes.stock} title={cellsText.reserved(reservedQuantity)}>
      {shortQuantity === 0 && unmatchedLines === 0 && !putBack && (
        <span className={classes.complete}>
          <IconCheck size={16} aria-hidden />
          <span className={text.visuallyHidden}>{cellsText.allReserved(reservedQuantity)}</span>
        </span>
      )}
      {shortQuantity > 0 && (
        <Tag tone="warn">
          <IconAlertTriangle size={15} aria-hidden />
          {cellsText.short(shortQuantity)}
        </Tag>
      )}
      {unmatchedLines > 0 && (
        <Tag tone="bad">
          <IconHelpCircle size={15} aria-hidden />
          {cellsText.unmatched(unmatchedLines)}
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

type PaidOrder = Pick<OrderRow, "paymentStatus" | "paymentMethod" | "isPaid">;

/** "Paid", "Not paid", or BrickLink's own word for what is between. */
export function paymentText({ paymentStatus, isPaid }: PaidOrder): string {
  if (isPaid) return cellsText.paid;
  return paymentStatus === "None" || paymentStatus === null
    ? cellsText.notPaid
    : paymentStatusText(paymentStatus);
}

/** By which method an order is paid, and that it is not paid yet. A cancelled order is no longer to be paid. */
export function Payment({ order }: { order: PaidOrder & Pick<OrderRow, "tab"> }) {
  const { tab, isPaid, paymentMethod, paymentStatus } = order;
  const isOwed = !isPaid && tab !== "cancelled";
  return (
    <span
      className={classes.payment}
      title={[paymentMethod, paymentStatus && paymentStatusText(paymentStatus)].filter(Boolean).join(", ")}
    >
      {isOwed && <span className={classes.unpaid}>{paymentText(order)}</span>} {paymentMethod}
    </span>
  );
}
