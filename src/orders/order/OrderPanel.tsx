import { Stack, Title } from "@mantine/core";
import { useQuery } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import type { Business } from "../../account/business";
import { OrderFoot } from "../../changes/OrderFoot";
import { OrderWrites } from "../../changes/OrderWrites";
import { Feedback } from "../../correspondence/Feedback";
import { Messages, UnreadNotice } from "../../correspondence/Messages";
import { TickNotices } from "../../picking/TickNotices";
import { usePicking } from "../../picking/usePicking";
import { Notice } from "../../ui/Notice";
import { useNow } from "../../ui/time";
import { BuyerFacts, Costs } from "./OrderFacts";
import { OrderHistory } from "./OrderHistory";
import { OrderLines } from "./OrderLines";
import classes from "./OrderPanel.module.css";
import { orderText } from "./orderText";
import { ReturnsToShelf } from "./ReturnsToShelf";
import { isOpenTab } from "../tabs";
import type { OrderDetail } from "../types";

type OrderPanelProps = {
  businessAccountId: Business["businessAccountId"];
  order: OrderDetail;
  /** Opens the next order of the table; null at its end. */
  onNext: (() => void) | null;
};

/** Everything about one order, from what to do next to what happened before. */
export function OrderPanel({ businessAccountId, order: confirmed, onNext }: OrderPanelProps) {
  const now = useNow();
  const picking = usePicking();
  const order = { ...confirmed, lines: picking.withPending(confirmed.lines) };
  const isOpen = isOpenTab(order.tab);
  const { orderNumber } = order;
  const changes = useQuery(api.marketplaces.bricklink.outbox.writes.forOrder, {
    businessAccountId,
    orderNumber,
  });
  return (
    <Stack gap="lg">
      {order.tab === "cancelled" && order.fulfilledQuantity > 0 && (
        <Notice>{orderText.cancelledAfterSent(order.fulfilledQuantity)}</Notice>
      )}
      {order.tab === "toPack" && !order.isPaid && (
        <Notice>
          {order.paymentMethod === null ? orderText.notPaid : orderText.notPaidBy(order.paymentMethod)}
        </Notice>
      )}
      <UnreadNotice orderNumber={orderNumber} />
      {changes && <OrderWrites writes={changes.writes} which="refused" />}
      <ReturnsToShelf order={order} />
      <div className={classes.notices}>
        <TickNotices notices={picking.notices} />
      </div>
      <OrderLines order={order} picking={isOpen ? picking : null} now={now} />
      <Section title={orderText.buyer}>
        <BuyerFacts order={order} />
      </Section>
      <Messages orderNumber={orderNumber} now={now} />
      <Feedback order={order} now={now} />
      <Section title={orderText.costs}>
        <Costs costs={order.costs} />
      </Section>
      <Section title={orderText.history}>
        <OrderHistory
          businessAccountId={businessAccountId}
          order={order}
          writes={changes?.writes ?? []}
          now={now}
        />
      </Section>
      <OrderFoot order={order} changes={changes} onNext={onNext} />
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
