import { Drawer, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { useNow, moment } from "../ui/time";
import { Status, Stock, When } from "./cells";
import { LineItem } from "./LineItem";
import { BricklinkLink, BuyerFacts, Costs, History } from "./OrderFacts";
import type { OrderDetail } from "./types";
import { inWalkingOrder } from "./walk";

type OrderDrawerProps = {
  businessAccountId: Business["businessAccountId"];
  orderNumber: number;
  onClose: () => void;
};

/** One order over the table, live while it is open. The focus goes back to its row. */
export default function OrderDrawer({ businessAccountId, orderNumber, onClose }: OrderDrawerProps) {
  const order = useQuery(api.orders.detail.get, { businessAccountId, orderNumber });
  const close = () => {
    onClose();
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-order-number="${orderNumber}"]`)?.focus();
    });
  };
  return (
    <Drawer.Root
      opened
      onClose={close}
      position="right"
      size="min(680px, 100%)"
      returnFocus={false}
      transitionProps={{ duration: 120 }}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        {/* Not a second banner of the page, which a bare header element would be. */}
        <Drawer.Header role="presentation">
          <Drawer.Title>Order {orderNumber}</Drawer.Title>
          <Drawer.CloseButton aria-label="Close the order" size={44} />
        </Drawer.Header>
        <Drawer.Body>
          {order === undefined && <Loading />}
          {order === null && (
            <Text>There is no order {orderNumber} in this store. It may not have arrived yet.</Text>
          )}
          {order && <Detail order={order} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Loading() {
  return (
    <Stack aria-busy="true">
      {Array.from({ length: 6 }, (_, line) => (
        <Skeleton key={line} height={56} />
      ))}
    </Stack>
  );
}

function Detail({ order }: { order: OrderDetail }) {
  const now = useNow();
  return (
    <Stack gap="lg" pb="xl">
      <div className="order-head">
        <Status status={order.status} tab={order.tab} />
        <span title={moment(order.orderedAt)}>
          <span className="soft">placed </span>
          <When at={order.orderedAt} now={now} />
        </span>
        <span>
          {order.lotCount} lots, {order.pieceCount} pieces
        </span>
        <Stock {...order} putBackCount={0} />
        <BricklinkLink orderNumber={order.orderNumber} />
      </div>
      {order.tab === "cancelled" && order.fulfilledQuantity > 0 && (
        <div className="put-back">
          Cancelled after it was sent: {order.fulfilledQuantity} pieces left the shelf. If the parcel comes
          back, put them back and adjust the stock.
        </div>
      )}
      {order.putBacks.map(({ partNumber, itemName, location, quantity, markedAt }) => (
        <div className="put-back" key={`${partNumber}-${location}-${markedAt}`}>
          The buyer no longer wants this: put back {quantity} × {partNumber} {itemName} in {location}.
        </div>
      ))}
      <ul className="lines" aria-label="Lines, in walking order">
        {inWalkingOrder(order.lines).map((line) => (
          <LineItem key={line.lineId} line={line} tab={order.tab} />
        ))}
      </ul>
      <Section title="Buyer">
        <BuyerFacts order={order} />
      </Section>
      <Section title="Costs">
        <Costs costs={order.costs} />
      </Section>
      <Section title="History">
        <History history={order.history} now={now} />
      </Section>
    </Stack>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <Title order={3} size="h5" mb={8}>
        {title}
      </Title>
      {children}
    </section>
  );
}
