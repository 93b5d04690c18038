import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useBusiness } from "../account/business";
import { OrderWrites } from "../changes/OrderWrites";
import { unreadText } from "../correspondence/unreadText";
import { variantText } from "../inventory/lot";
import { takenText } from "../inventory/recountText";
import { binText } from "../orders/lineText";
import { Card } from "../ui/Card";
import list from "../ui/list.module.css";
import { PageScreen } from "../ui/Screen";
import text from "../ui/text.module.css";
import { timeAgo, useNow } from "../ui/time";
import classes from "./AttentionScreen.module.css";
import { attentionReasons, attentionText, type Reason } from "./attentionText";
import { needsYouText } from "./needsYouText";
import { useAttention, type Attention, type AttentionOrder } from "./useAttention";

type RecountLot = Attention["recounts"][number];

/** Everything that waits for a person, each with what to do and the button to do it. */
export function AttentionScreen() {
  const business = useBusiness();
  const attention = useAttention(business);
  const now = useNow();
  return (
    <PageScreen title={needsYouText.title}>
      {attention === undefined && <Skeleton height={240} />}
      {attention?.count === 0 && (
        <Card title={attentionText.nothing}>
          <Text>{attentionText.whatIsListed}</Text>
        </Card>
      )}
      {attention && attention.refused.length > 0 && (
        <Card title={attentionText.refused}>
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
        <Card title={attentionText.failed}>
          <div className={classes.row}>
            <span className={classes.what}>
              <strong>
                {attention.failed.isMore
                  ? attentionText.failedMoreThan(attention.failed.count)
                  : attentionText.failedCount(attention.failed.count)}
              </strong>{" "}
              <span className={text.soft}>{attentionText.failedAdvice}</span>
            </span>
            <Button
              variant="default"
              renderRoot={(props) => <Link {...props} to="/events" search={{ filter: "failed" }} />}
            >
              {attentionText.seeFailed}
            </Button>
          </div>
        </Card>
      )}
      {attention && attention.unread.length > 0 && (
        <Card title={attentionText.unread}>
          <ul className={list.divided}>
            {attention.unread.map(({ orderNumber, count }) => (
              <li key={orderNumber} className={classes.row}>
                <span className={classes.what}>
                  <strong>{attentionText.order(orderNumber)}</strong>{" "}
                  <span className={text.soft}>{attentionText.unreadAdvice(unreadText(count))}</span>
                </span>
                <OpenOrder orderNumber={orderNumber} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {attention && attention.orders.length > 0 && (
        <Card title={attentionText.orders}>
          <OrderList orders={attention.orders} reasonsOf={attentionReasons} now={now} />
        </Card>
      )}
      {attention && attention.late.length > 0 && (
        <Card title={attentionText.late(business.waitingLimitHours)}>
          <OrderList orders={attention.late} reasonsOf={() => []} now={now} />
        </Card>
      )}
      {attention && attention.recounts.length > 0 && (
        <Card title={attentionText.recounts}>
          <RecountList lots={attention.recounts} />
        </Card>
      )}
      {attention?.isMore && <Text>{attentionText.more}</Text>}
    </PageScreen>
  );
}

function OrderLink({ orderNumber }: Pick<AttentionOrder, "orderNumber">) {
  return (
    <Link to="/" search={{ order: orderNumber }}>
      {attentionText.order(orderNumber)}
    </Link>
  );
}

function OpenOrder({ orderNumber }: Pick<AttentionOrder, "orderNumber">) {
  return (
    <Button
      variant="default"
      aria-label={attentionText.openOrder(orderNumber)}
      renderRoot={(props) => <Link {...props} to="/" search={{ order: orderNumber }} />}
    >
      {attentionText.open}
    </Button>
  );
}

/** Why a lot is on the list, and what to do. */
function recountAdvice(lot: RecountLot): string {
  const variant = variantText(lot);
  const taken = takenText(lot.recount);
  if (taken === null) return attentionText.recountWhy(variant, lot.onHand);
  if (lot.recount.quantity === 0) return attentionText.lowerWhy(variant, taken);
  return `${attentionText.recountWhy(variant, lot.onHand)} ${taken}`;
}

/** Each with the way to its count, which takes it off the list. */
function RecountList({ lots }: { lots: readonly RecountLot[] }) {
  return (
    <ul className={list.divided}>
      {lots.map((lot) => {
        const isToCount = lot.recount.quantity > 0;
        const label = isToCount ? attentionText.countItem : attentionText.openItem;
        return (
          <li key={lot.lotId} className={classes.row}>
            <span className={classes.what}>
              <strong>{binText(lot.location)}</strong> {lot.itemName}{" "}
              <span className={text.soft}>{recountAdvice(lot)}</span>
            </span>
            <Button
              variant="default"
              aria-label={label(lot.itemName, binText(lot.location))}
              renderRoot={(props) => <Link {...props} to="/inventory" search={{ lot: lot.lotId }} />}
            >
              {isToCount ? attentionText.count : attentionText.open}
            </Button>
          </li>
        );
      })}
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
            <strong>{attentionText.order(order.orderNumber)}</strong>{" "}
            <span className={text.soft}>
              {order.buyerName ?? attentionText.unknownBuyer}, {timeAgo(order.since, now)}
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
