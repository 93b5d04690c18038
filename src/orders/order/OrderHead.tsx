import { ActionIcon, Drawer, Menu } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconDots } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { isPermitted } from "../../../convex/accounts/permissions";
import { useBusiness } from "../../account/business";
import { countryText } from "../../parcels/countries";
import { PrintItems } from "../../parcels/PrintMenu";
import { formatCount } from "../../ui/formatCount";
import { formatMoney } from "../../ui/money";
import text from "../../ui/text.module.css";
import { useNow } from "../../ui/time";
import { RelativeTime, Status } from "../cells";
import type { Neighbours } from "./neighbours";
import classes from "./OrderHead.module.css";
import type { OrderDetail } from "../types";

type OrderHeadProps = {
  orderNumber: number;
  /** Undefined while it is loaded; null where there is no such order. */
  order: OrderDetail | null | undefined;
  neighbours: Neighbours;
  onGo: (orderNumber: number) => void;
};

/** Stays in view over an order: which it is, for whom and where to, and the way to the orders around it. */
export function OrderHead({ orderNumber, order, neighbours, onGo }: OrderHeadProps) {
  return (
    // A bare header element would be a second banner landmark of the page.
    <Drawer.Header role="presentation" className={classes.head}>
      <div className={classes.row}>
        <Drawer.Title>Order {orderNumber}</Drawer.Title>
        {order && <Status {...order} />}
        <div className={classes.actions}>
          <GoButton label="Previous order" to={neighbours.previous} onGo={onGo} icon={IconChevronUp} />
          <GoButton label="Next order" to={neighbours.next} onGo={onGo} icon={IconChevronDown} />
          {order && <OrderMenu orderNumber={orderNumber} />}
          <Drawer.CloseButton aria-label="Close the order" size={44} m={0} data-autofocus />
        </div>
      </div>
      {order && <Facts order={order} />}
    </Drawer.Header>
  );
}

type GoButtonProps = {
  label: string;
  to: number | null;
  onGo: (orderNumber: number) => void;
  icon: typeof IconChevronUp;
};

function GoButton({ label, to, onGo, icon: Icon }: GoButtonProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      disabled={to === null}
      onClick={() => to !== null && onGo(to)}
    >
      <Icon size={22} aria-hidden />
    </ActionIcon>
  );
}

/** What is seldom done with an order. */
function OrderMenu({ orderNumber }: Pick<OrderDetail, "orderNumber">) {
  const { role } = useBusiness();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label="More about this order" title="More">
          <IconDots size={22} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component="a"
          href={`https://www.bricklink.com/orderDetail.asp?ID=${orderNumber}`}
          target="_blank"
          rel="noreferrer"
        >
          Open on BrickLink
        </Menu.Item>
        <PrintItems orderNumbers={[orderNumber]} />
        {isPermitted(role, "accounts.auditLog.list") && (
          <Menu.Item
            renderRoot={(props) => <Link {...props} to="/audit-log" search={{ order: orderNumber }} />}
          >
            Audit log of this order
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function Facts({ order }: { order: OrderDetail }) {
  const now = useNow();
  const { buyerName, countryCode, shippingMethod, remarks } = order;
  return (
    <>
      <div className={classes.facts}>
        <strong>{buyerName ?? "unknown buyer"}</strong>
        {countryCode !== null && <span>{countryText(countryCode)}</span>}
        <span>{shippingMethod ?? "no shipping method"}</span>
        <span>{formatMoney(order.costs.grandTotal, order.costs.currency)}</span>
        <span>
          {formatCount(order.lotCount, "lot")}, {formatCount(order.pieceCount, "piece")}
        </span>
        <span>
          <span className={text.soft}>placed </span>
          <RelativeTime at={order.orderedAt} now={now} />
        </span>
      </div>
      {remarks !== null && <div className={classes.remarks}>{remarks}</div>}
    </>
  );
}
