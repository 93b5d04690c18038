import { Button, Stack, Title } from "@mantine/core";
import { IconListCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Business } from "../account/business";
import { isToDo } from "../picking/pickQuantities";
import { PickProgress } from "../picking/PickProgress";
import { usePicking } from "../picking/usePicking";
import { formatCount } from "../ui/formatCount";
import { ErrorAlert } from "../ui/ErrorAlert";
import { AuditLogLink } from "../auditLog/AuditLogLink";
import { Notice } from "../ui/Notice";
import { DetailHeader } from "../ui/DetailDrawer";
import text from "../ui/text.module.css";
import { formatDateTime, useNow } from "../ui/time";
import { RelativeTime, Status, Stock } from "./cells";
import { BricklinkLink, BuyerFacts, Costs } from "./OrderFacts";
import { OrderHistory } from "./OrderHistory";
import { OrderLines } from "./OrderLines";
import classes from "./OrderPanel.module.css";
import { ReturnsToShelf } from "./ReturnsToShelf";
import { isOpenTab } from "./tabs";
import type { OrderDetail } from "./types";

type OrderPanelProps = { businessAccountId: Business["businessAccountId"]; order: OrderDetail };

/** Everything about one order, from what to do next to what happened before. */
export function OrderPanel({ businessAccountId, order: confirmed }: OrderPanelProps) {
  const now = useNow();
  const picking = usePicking();
  const order = { ...confirmed, lines: picking.withPending(confirmed.lines) };
  const isOpen = isOpenTab(order.tab);
  return (
    <Stack gap="lg" pb="xl">
      <DetailHeader>
        <Status {...order} />
        <span title={formatDateTime(order.orderedAt)}>
          <span className={text.soft}>placed </span>
          <RelativeTime at={order.orderedAt} now={now} />
        </span>
        <span>
          {formatCount(order.lotCount, "lot")}, {formatCount(order.pieceCount, "piece")}
        </span>
        {/* Returns and picking have their own sections below. */}
        <Stock order={{ ...order, returnCount: 0, pickedLines: 0 }} place="panel" />
        <BricklinkLink orderNumber={order.orderNumber} />
      </DetailHeader>
      {order.tab === "cancelled" && order.fulfilledQuantity > 0 && (
        <Notice>
          Cancelled after it was sent: {order.fulfilledQuantity} pieces left the shelf. If the parcel comes
          back, put them back and adjust the stock.
        </Notice>
      )}
      {order.tab === "toPack" && !order.isPaid && (
        <Notice>Not paid yet{order.paymentMethod !== null && `, by ${order.paymentMethod}`}.</Notice>
      )}
      <ReturnsToShelf order={order} />
      {isOpen && <PickSummary order={order} />}
      <div className={classes.failure}>
        <ErrorAlert message={picking.failure} />
      </div>
      <OrderLines order={order} picking={isOpen ? picking : null} now={now} />
      <Section title="Buyer">
        <BuyerFacts order={order} />
      </Section>
      <Section title="Costs">
        <Costs costs={order.costs} />
      </Section>
      <Section title="History">
        <OrderHistory businessAccountId={businessAccountId} order={order} now={now} />
        <AuditLogLink search={{ order: order.orderNumber }}>Audit log of this order</AuditLogLink>
      </Section>
    </Stack>
  );
}

/** How far the order is picked, and the next step: its pick list, then its status, which is set on BrickLink. */
function PickSummary({ order }: { order: OrderDetail }) {
  const { lines, shortQuantity, orderNumber } = order;
  const picked = lines.filter((line) => !isToDo(line)).length;
  return (
    <div className={classes.pickSummary}>
      <PickProgress picked={picked} total={lines.length} unit="line" shortQuantity={shortQuantity} />
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
