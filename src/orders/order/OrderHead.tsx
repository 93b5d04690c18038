import { ActionIcon, Drawer, Menu } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconDots } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { isPermitted } from "../../../convex/accounts/permissions";
import { useBusiness } from "../../account/business";
import { countryText } from "../../parcels/countries";
import { PrintItems } from "../../parcels/PrintMenu";
import { formatMoney } from "../../ui/money";
import text from "../../ui/text.module.css";
import { useNow } from "../../ui/time";
import { bricklinkOrderUrl } from "../bricklinkOrderUrl";
import { RelativeTime, Status } from "../cells";
import type { Neighbours } from "./neighbours";
import classes from "./OrderHead.module.css";
import { orderText } from "./orderText";
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
        <Drawer.Title>{orderText.title(orderNumber)}</Drawer.Title>
        {order && <Status {...order} />}
        <div className={classes.actions}>
          <GoButton label={orderText.previous} to={neighbours.previous} onGo={onGo} icon={IconChevronUp} />
          <GoButton label={orderText.next} to={neighbours.next} onGo={onGo} icon={IconChevronDown} />
          {order && <OrderMenu orderNumber={orderNumber} />}
          <Drawer.CloseButton aria-label={orderText.close} size={44} m={0} data-autofocus />
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
        <ActionIcon variant="subtle" color="gray" aria-label={orderText.moreAbout} title={orderText.more}>
          <IconDots size={22} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={bricklinkOrderUrl(orderNumber)} target="_blank" rel="noreferrer">
          {orderText.openOnBricklink}
        </Menu.Item>
        <PrintItems orderNumbers={[orderNumber]} />
        {isPermitted(role, "accounts.auditLog.list") && (
          <Menu.Item
            renderRoot={(props) => <Link {...props} to="/audit-log" search={{ order: orderNumber }} />}
          >
            {orderText.auditLog}
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
        <strong>{buyerName ?? orderText.unknownBuyer}</strong>
        {countryCode !== null && <span>{countryText(countryCode)}</span>}
        <span>{shippingMethod ?? orderText.noShippingMethod}</span>
        <span>{formatMoney(order.costs.grandTotal, order.costs.currency)}</span>
        <span>{orderText.size(order.lotCount, order.pieceCount)}</span>
        <span>
          <span className={text.soft}>{orderText.placed} </span>
          <RelativeTime at={order.orderedAt} now={now} />
        </span>
      </div>
      {remarks !== null && <div className={classes.remarks}>{remarks}</div>}
    </>
  );
}
