import { Drawer, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { useLayer } from "../keyboard/registry";
import { OrderPanel } from "./OrderPanel";

type OrderDrawerProps = {
  businessAccountId: Business["businessAccountId"];
  orderNumber: number;
  onClose: () => void;
};

/** One order over the table, updated live while it is open. Closing it returns the focus to the order's row. */
export default function OrderDrawer({ businessAccountId, orderNumber, onClose }: OrderDrawerProps) {
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
        {/* A bare header element would be a second banner landmark of the page. */}
        <Drawer.Header role="presentation">
          <Drawer.Title>Order {orderNumber}</Drawer.Title>
          <Drawer.CloseButton aria-label="Close the order" size={44} />
        </Drawer.Header>
        <Drawer.Body>
          {order === undefined && <Loading />}
          {order === null && (
            <Text>There is no order {orderNumber} in this store. It may not have arrived yet.</Text>
          )}
          {order && <OrderPanel businessAccountId={businessAccountId} order={order} />}
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
