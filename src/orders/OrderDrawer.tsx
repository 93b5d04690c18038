import { Button, Drawer, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconListCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMutation, useQuery } from "convex/react";
import { Fragment, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness, type Business } from "../account/business";
import { BinTick } from "../picking/BinTick";
import { PickState } from "../picking/PickState";
import { useFirstTick } from "../picking/useFirstTick";
import { usePicking, type Picking } from "../picking/usePicking";
import { Failure } from "../ui/Failure";
import { count } from "../ui/count";
import list from "../ui/list.module.css";
import { Notice } from "../ui/Notice";
import { PanelHead } from "../ui/Panel";
import text from "../ui/text.module.css";
import { useTask } from "../ui/useTask";
import { useNow, moment } from "../ui/time";
import { Status, Stock, When } from "./cells";
import { LineItem } from "./LineItem";
import classes from "./OrderDrawer.module.css";
import { BricklinkLink, BuyerFacts, Costs, History } from "./OrderFacts";
import { isOpenTab } from "./tabs";
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
    <Drawer.Root opened onClose={close} size="min(680px, 100%)">
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

/** How far the order is picked, and the way on: to its pick list, then to BrickLink, where its status is set. */
function PickProgress({ order }: { order: OrderDetail }) {
  const { lines, shortQuantity, orderNumber } = order;
  const picked = lines.filter(({ pickStatus }) => pickStatus === "picked").length;
  return (
    <div className={classes.progress}>
      <PickState picked={picked} all={lines.length} unit="line" shortQuantity={shortQuantity} />
      <Button
        renderRoot={(props) => <Link {...props} to="/pick" search={{ orders: String(orderNumber) }} />}
        variant="default"
        leftSection={<IconListCheck size={18} aria-hidden />}
      >
        Pick list
      </Button>
      {picked === lines.length && (
        <span className={text.soft}>
          Once it is packed, set its status on BrickLink; it changes here by itself.
        </span>
      )}
    </div>
  );
}

/** Bin after bin, as they are walked past. */
function Lines({ order, picking }: { order: OrderDetail; picking: Picking | null }) {
  const { orderNumber, tab } = order;
  const lines = inWalkingOrder(order.lines.map((line) => ({ ...line, orderNumber })));
  const firstTick = useFirstTick();
  return (
    <ul className={list.plain} aria-label="Lines, in walking order" ref={firstTick}>
      {lines.map((line, place) => (
        <Fragment key={line.lineId}>
          <LineItem line={line} tab={tab} picking={picking} />
          {picking && lines[place + 1]?.location !== line.location && (
            <BinTick
              location={line.location}
              ticks={lines.filter(({ location }) => location === line.location).map((same) => [same])}
              picking={picking}
            />
          )}
        </Fragment>
      ))}
    </ul>
  );
}

function PutBacks({ order }: { order: OrderDetail }) {
  const { businessAccountId, role } = useBusiness();
  const done = useTask(useMutation(api.orders.picking.putBackDone));
  return (
    <>
      <Failure message={done.failure} />
      {order.putBacks.map(({ partNumber, itemName, location, quantity, markedAt }, place) => (
        <Notice key={`${partNumber}-${location}-${markedAt}`}>
          The buyer no longer wants this: put back {quantity} × {partNumber} {itemName} in {location}.{" "}
          {role !== "viewer" && (
            <Button
              variant="default"
              loading={done.isRunning}
              onClick={() => done.run({ businessAccountId, orderNumber: order.orderNumber, place })}
            >
              It is back
            </Button>
          )}
        </Notice>
      ))}
    </>
  );
}

function Detail({ order }: { order: OrderDetail }) {
  const now = useNow();
  const picking = usePicking();
  const isOpen = isOpenTab(order.tab);
  return (
    <Stack gap="lg" pb="xl">
      <PanelHead>
        <Status {...order} />
        <span title={moment(order.orderedAt)}>
          <span className={text.soft}>placed </span>
          <When at={order.orderedAt} now={now} />
        </span>
        <span>
          {count(order.lotCount, "lot")}, {count(order.pieceCount, "piece")}
        </span>
        <Stock order={{ ...order, putBackCount: 0, pickedLines: 0 }} place="panel" />
        <BricklinkLink orderNumber={order.orderNumber} />
      </PanelHead>
      {order.tab === "cancelled" && order.fulfilledQuantity > 0 && (
        <Notice>
          Cancelled after it was sent: {order.fulfilledQuantity} pieces left the shelf. If the parcel comes
          back, put them back and adjust the stock.
        </Notice>
      )}
      {order.tab === "toPack" && !order.isPaid && (
        <Notice>Not paid yet{order.paymentMethod !== null && `, by ${order.paymentMethod}`}.</Notice>
      )}
      <PutBacks order={order} />
      {isOpen && <PickProgress order={order} />}
      <div className={classes.failure}>
        <Failure message={picking.failure} />
      </div>
      <Lines order={order} picking={isOpen ? picking : null} />
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

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}
