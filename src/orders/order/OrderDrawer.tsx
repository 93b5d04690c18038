import { Drawer, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { api } from "../../../convex/_generated/api";
import type { Business } from "../../account/business";
import { useLayer } from "../../keyboard/registry";
import type { Neighbours } from "./neighbours";
import { OrderHead } from "./OrderHead";
import { OrderPanel } from "./OrderPanel";
import { orderText } from "./orderText";

type OrderDrawerProps = {
  businessAccountId: Business["businessAccountId"];
  orderNumber: number;
  neighbours: Neighbours;
  /** Opens another order in place of this one. */
  onGo: (orderNumber: number) => void;
  onClose: () => void;
};

/** One order over the table, updated live while it is open. Closing it returns the focus to the order's row. */
export default function OrderDrawer(props: OrderDrawerProps) {
  const { businessAccountId, orderNumber, neighbours, onGo, onClose } = props;
  const order = useQuery(api.orders.detail.get, { businessAccountId, orderNumber });
  const close = () => {
    onClose();
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-order-number="${orderNumber}"]`)?.focus();
    });
  };
  useLayer("drawer", close);
  return (
    <Drawer.Root opened onClose={close} size="min(680px, 100%)">
      <Drawer.Overlay />
      <Drawer.Content>
        <OrderHead orderNumber={orderNumber} order={order} neighbours={neighbours} onGo={onGo} />
        <Drawer.Body pt="sm">
          {order === undefined && <Loading />}
          {order === null && <Text>{orderText.noSuchOrder(orderNumber)}</Text>}
          {order && (
            <OrderPanel
              key={orderNumber}
              businessAccountId={businessAccountId}
              order={order}
              onNext={
                neighbours.next === null ? null : () => neighbours.next !== null && onGo(neighbours.next)
              }
            />
          )}
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
