import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useBusiness } from "../account/business";
import { OrderWrites } from "../changes/OrderWrites";
import { unreadText } from "../correspondence/unreadText";
import { variantText } from "../inventory/lot";
import { binText } from "../orders/lineText";
import { Card } from "../ui/Card";
import { formatCount } from "../ui/formatCount";
import list from "../ui/list.module.css";
import { PageScreen } from "../ui/Screen";
import text from "../ui/text.module.css";
import { timeAgo, useNow } from "../ui/time";
import classes from "./AttentionScreen.module.css";
import { attentionReasons, lateText, type Reason } from "./attentionText";
import { useAttention, type Attention, type AttentionOrder } from "./useAttention";

/** Everything that waits for a person, each with what to do and the button to do it. */
export function AttentionScreen() {
  const business = useBusiness();
  const attention = useAttention(business);
  const now = useNow();
  return (
    <PageScreen title="Needs you">
      {attention === undefined && <Skeleton height={240} />}
      {attention?.count === 0 && (
        <Card title="Nothing needs you">
          <Text>
            Orders that are short, refused changes, failed events, unread messages and lots to count are
            listed here.
          </Text>
        </Card>
      )}
      {attention && attention.refused.length > 0 && (
        <Card title="Changes that BrickLink does not have">
          <Stack gap="sm">
            {attention.refused.map((write) => (
              <div key={write.writeId}>
                <OrderLink orderNumber={write.orderNumber} />
                <OrderWrites writes={[write]} which="refused" />
              </div>
            ))}
          </Stack>
        </Card>
      )}
      {attention && attention.failed.count > 0 && (
        <Card title="Events that could not be processed">
          <div className={classes.row}>
            <span className={classes.what}>
              <strong>
                {attention.failed.isMore && "More than "}
                {formatCount(attention.failed.count, "event")}
              </strong>{" "}
              <span className={text.soft}>failed for good. See why, and retry them.</span>
            </span>
            <Button
              variant="default"
              renderRoot={(props) => <Link {...props} to="/events" search={{ filter: "failed" }} />}
            >
              See what failed
            </Button>
          </div>
        </Card>
      )}
      {attention && attention.unread.length > 0 && (
        <Card title="Messages that nobody has read">
          <ul className={list.divided}>
            {attention.unread.map(({ orderNumber, count }) => (
              <li key={orderNumber} className={classes.row}>
                <span className={classes.what}>
                  <strong>Order {orderNumber}</strong>{" "}
                  <span className={text.soft}>{unreadText(count)}. Read it here, answer on BrickLink.</span>
                </span>
                <OpenOrder orderNumber={orderNumber} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {attention && attention.orders.length > 0 && (
        <Card title="Orders">
          <OrderList orders={attention.orders} reasonsOf={attentionReasons} now={now} />
        </Card>
      )}
      {attention && attention.late.length > 0 && (
        <Card title={lateText(business.waitingLimitHours)}>
          <OrderList orders={attention.late} reasonsOf={() => []} now={now} />
        </Card>
      )}
      {attention && attention.recounts.length > 0 && (
        <Card title="Lots to count">
          <RecountList lots={attention.recounts} />
        </Card>
      )}
      {attention?.isMore && <Text>There is more. It is listed here as these are done.</Text>}
    </PageScreen>
  );
}

function OrderLink({ orderNumber }: Pick<AttentionOrder, "orderNumber">) {
  return (
    <Link to="/" search={{ order: orderNumber }}>
      Order {orderNumber}
    </Link>
  );
}

function OpenOrder({ orderNumber }: Pick<AttentionOrder, "orderNumber">) {
  return (
    <Button
      variant="default"
      aria-label={`Open order ${orderNumber}`}
      renderRoot={(props) => <Link {...props} to="/" search={{ order: orderNumber }} />}
    >
      Open
    </Button>
  );
}

/** Each with the way to its count, which takes it off the list. */
function RecountList({ lots }: { lots: Attention["recounts"] }) {
  return (
    <ul className={list.divided}>
      {lots.map((lot) => (
        <li key={lot.lotId} className={classes.row}>
          <span className={classes.what}>
            <strong>{binText(lot.location)}</strong> {lot.itemName}{" "}
            <span className={text.soft}>
              {variantText(lot)}. Pieces were reported lost, so {formatCount(lot.onHand, "piece")} on hand may
              be wrong.
            </span>
          </span>
          <Button
            variant="default"
            aria-label={`Count ${lot.itemName} in ${binText(lot.location)}`}
            renderRoot={(props) => <Link {...props} to="/inventory" search={{ lot: lot.lotId }} />}
          >
            Count
          </Button>
        </li>
      ))}
    </ul>
  );
}

type OrderListProps = {
  orders: readonly AttentionOrder[];
  reasonsOf: (order: AttentionOrder) => Reason[];
  now: number;
};

function OrderList({ orders, reasonsOf, now }: OrderListProps) {
  return (
    <ul className={list.divided}>
      {orders.map((order) => (
        <li key={order.orderNumber} className={classes.row}>
          <span className={classes.what}>
            <strong>Order {order.orderNumber}</strong>{" "}
            <span className={text.soft}>
              {order.buyerName ?? "unknown buyer"}, {timeAgo(order.since, now)}
            </span>
            {reasonsOf(order).map(({ title, advice }) => (
              <span key={title} className={classes.reason}>
                <strong>{title}.</strong> {advice}
              </span>
            ))}
          </span>
          <OpenOrder orderNumber={order.orderNumber} />
        </li>
      ))}
    </ul>
  );
}
