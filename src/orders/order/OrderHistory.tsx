import { Skeleton } from "@mantine/core";
import { useQuery } from "convex/react";
import { api } from "../../../convex/_generated/api";
import type { Business } from "../../account/business";
import { writeHistoryText } from "../../changes/changeText";
import type { Write } from "../../changes/types";
import { feedbackText } from "../../correspondence/feedbackText";
import { historyText } from "../../events/notificationText";
import list from "../../ui/list.module.css";
import text from "../../ui/text.module.css";
import { timeAgo, formatDateTime } from "../../ui/time";
import { historyEntries } from "./historyText";
import classes from "./OrderHistory.module.css";
import { orderText } from "./orderText";
import type { OrderDetail } from "../types";

type OrderHistoryProps = {
  businessAccountId: Business["businessAccountId"];
  order: Pick<OrderDetail, "orderNumber">;
  writes: readonly Write[];
  now: number;
};

/**
 * Everything that happened to an order in one list, newest first: its events and payment, its stock, who picked, counted and put back
 * what, feedback, and the changes sent to BrickLink. `now`: milliseconds UTC.
 */
export function OrderHistory({ businessAccountId, order: { orderNumber }, writes, now }: OrderHistoryProps) {
  const args = { businessAccountId, orderNumber };
  const history = useQuery(api.orders.history.get, args);
  const notifications = useQuery(api.marketplaces.bricklink.queue.log.forOrder, args);
  const feedback = useQuery(api.orders.correspondence.feedback.forOrder, args);
  if (!history || !notifications || !feedback) return <Skeleton height={160} />;
  const entries = [
    ...historyEntries(history),
    ...notifications.map((notification) => ({
      at: notification.processedAt ?? notification.receivedAt,
      sentence: historyText(notification),
    })),
    ...feedback.map((entry) => ({ at: entry.ratedAt, sentence: feedbackText(entry) })),
    ...writes
      .filter(({ closedAt }) => closedAt !== null)
      .map((write) => ({ at: write.closedAt ?? write.requestedAt, sentence: writeHistoryText(write) })),
  ].sort((a, b) => b.at - a.at);
  return (
    <ol className={`${list.plain} ${classes.history}`} aria-label={orderText.history}>
      {entries.map(({ at, sentence }, index) => (
        <li key={`${at}-${index}`} className={classes.entry}>
          <time dateTime={new Date(at).toISOString()} title={formatDateTime(at)} className={text.soft}>
            {timeAgo(at, now)}
          </time>{" "}
          <span>{sentence}</span>
        </li>
      ))}
    </ol>
  );
}
