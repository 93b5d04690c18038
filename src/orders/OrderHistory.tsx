import { Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { writeHistoryText } from "../changes/changeText";
import type { Write } from "../changes/types";
import { feedbackText } from "../correspondence/feedbackText";
import { historyText } from "../events/notificationText";
import { movementText } from "../inventory/movementText";
import { pickHistoryText } from "../picking/pickedText";
import list from "../ui/list.module.css";
import text from "../ui/text.module.css";
import { timeAgo, formatDateTime } from "../ui/time";
import classes from "./OrderHistory.module.css";
import type { OrderDetail } from "./types";

type OrderHistoryProps = {
  businessAccountId: Business["businessAccountId"];
  order: Pick<OrderDetail, "orderNumber" | "movements" | "picks">;
  writes: readonly Write[];
  now: number;
};

/** The notifications about an order, its feedback, its stock movements, who picked it and the changes sent to BrickLink, newest first. `now`: milliseconds UTC. */
export function OrderHistory({ businessAccountId, order, writes, now }: OrderHistoryProps) {
  const { orderNumber, movements, picks } = order;
  const notifications = useQuery(api.marketplaces.bricklink.queue.log.forOrder, {
    businessAccountId,
    orderNumber,
  });
  const feedback = useQuery(api.orders.correspondence.feedback.forOrder, { businessAccountId, orderNumber });
  const entries = [
    ...(notifications ?? []).map((notification) => ({
      at: notification.processedAt ?? notification.receivedAt,
      sentence: historyText(notification),
    })),
    ...(feedback ?? []).map((entry) => ({ at: entry.ratedAt, sentence: feedbackText(entry) })),
    ...movements.map((movement) => ({
      at: movement.at,
      sentence: movementText(movement, movement.line, "a line since removed"),
    })),
    ...writes
      .filter(({ closedAt }) => closedAt !== null)
      .map((write) => ({ at: write.closedAt ?? write.requestedAt, sentence: writeHistoryText(write) })),
    ...picks.map((pick) => ({ at: pick.at, sentence: pickHistoryText(pick) })),
  ].sort((a, b) => b.at - a.at);
  return (
    <ol className={list.plain} aria-label="History">
      {entries.map(({ at, sentence }, index) => (
        <li key={`${at}-${index}`} className={classes.entry}>
          <Text size="sm">
            <time dateTime={new Date(at).toISOString()} title={formatDateTime(at)} className={text.soft}>
              {timeAgo(at, now)}
            </time>{" "}
            {sentence}
          </Text>
        </li>
      ))}
    </ol>
  );
}
