import { Anchor, Button, Skeleton, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconPrinter, IconWalk } from "@tabler/icons-react";
import { Link, useSearch } from "@tanstack/react-router";
import { Fragment } from "react";
import { statusText } from "../orders/statusText";
import { isOpenTab } from "../orders/tabs";
import { PackingSlipsLink } from "../parcels/PackingSlipsLink";
import { EmptyState } from "../ui/EmptyState";
import list from "../ui/list.module.css";
import { Notice } from "../ui/Notice";
import print from "../ui/print.module.css";
import { formatDateTime, useNow } from "../ui/time";
import { useGoBack } from "../ui/useGoBack";
import lines from "./lines.module.css";
import { PickBinButton } from "./PickBinButton";
import { toPickList, type PickListOrder } from "./pickList";
import { PickListRow } from "./PickListRow";
import classes from "./PickListScreen.module.css";
import { leftOutText, pickListText } from "./pickListText";
import { PickProgress } from "./PickProgress";
import { TickNotices } from "./TickNotices";
import { ToteMark } from "./ToteMark";
import { useColleagues } from "./useColleagues";
import { useFocusFirstCheckbox } from "./useFocusFirstCheckbox";
import { usePickList } from "./usePickList";
import { usePicking, type Picking } from "./usePicking";

/** The orders on the list, and which of them are closed or not paid. */
function PickListOrders({ orders }: { orders: readonly PickListOrder[] }) {
  return (
    <p className={classes.orders}>
      {orders.map((order) => (
        <span key={order.orderNumber} className={classes.order}>
          {order.tote !== null && <ToteMark number={order.tote} size={26} />}
          <Link to="/" search={{ order: order.orderNumber }}>
            {order.orderNumber}
          </Link>{" "}
          {order.buyerName ?? pickListText.buyerUnknown}
          {!isOpenTab(order.tab) && (
            <span className={lines.short}> · {pickListText.closed(statusText(order.status))}</span>
          )}
          {isOpenTab(order.tab) && !order.isPaid && (
            <span className={lines.short}> · {pickListText.notPaid}</span>
          )}
        </span>
      ))}
    </p>
  );
}

/** The orders for which the list has no room, with a link to a list of them. */
function LeftOutOrders({ orderNumbers }: { orderNumbers: readonly number[] }) {
  return (
    <Notice>
      {leftOutText(orderNumbers)}{" "}
      <Link className={print.hidden} to="/pick" search={{ orders: orderNumbers.join("-") }}>
        {pickListText.openOther}
      </Link>
    </Notice>
  );
}

type PickListProps = { orders: readonly PickListOrder[]; picking: Picking; now: number };

function PickList({ orders, picking, now }: PickListProps) {
  const bins = toPickList(orders);
  const items = bins.flatMap((bin) => bin.items);
  const presenceAt = useColleagues();
  const listRef = useFocusFirstCheckbox();
  return (
    <>
      <div className={`${classes.state} ${print.hidden}`}>
        <PickProgress
          picked={items.filter((item) => !item.isToDo).length}
          total={items.length}
          shortQuantity={items.reduce((sum, { shortQuantity }) => sum + shortQuantity, 0)}
        />
        <PackingSlipsLink orders={orders} isPicked={items.every(({ isPicked }) => isPicked)} />
      </div>
      <ul className={list.plain} aria-label={pickListText.bins} ref={listRef}>
        {bins.map(({ location, items: itemsInBin }) => (
          <Fragment key={location}>
            {itemsInBin.map((item) => (
              <PickListRow
                key={item.key}
                item={item}
                isJoined={orders.length > 1}
                picking={picking}
                now={now}
                presence={presenceAt(item.key)}
              />
            ))}
            <PickBinButton
              location={location}
              lineGroups={itemsInBin.map(({ lines }) => lines)}
              picking={picking}
            />
          </Fragment>
        ))}
      </ul>
    </>
  );
}

/** Where to go when none of the orders has anything to pick. */
export function NothingToPick() {
  return (
    <EmptyState>
      <Text>{pickListText.nothingToPick}</Text>
      <Anchor component={Link} to="/">
        {pickListText.chooseOrders}
      </Anchor>
    </EmptyState>
  );
}

/** The pick list of one or several orders, bin by bin, to work through on a tablet or to print. */
export function PickListScreen() {
  const search = useSearch({ from: "/pick" });
  const picking = usePicking();
  const { isLoading, orders, open, leftOut, unknown } = usePickList(picking);
  const now = useNow();
  const goBack = useGoBack();
  return (
    <div className={classes.screen} data-testid="pick-list">
      <title>{pickListText.title}</title>
      <div className={classes.head}>
        <Button
          className={print.hidden}
          variant="subtle"
          px="xs"
          leftSection={<IconArrowLeft size={18} aria-hidden />}
          onClick={goBack}
        >
          {pickListText.back}
        </Button>
        <Title order={1}>{pickListText.title}</Title>
        <span className={print.only}>{pickListText.printed(formatDateTime(now))}</span>
        {open.length > 0 && (
          <Button
            className={print.hidden}
            variant="default"
            leftSection={<IconWalk size={18} aria-hidden />}
            // Without the stop, so that the walk goes on at the next one to do; in place of the list, so that both lead back to where
            // picking was opened.
            renderRoot={(props) => (
              <Link {...props} to="/pick" search={{ orders: search.orders, view: "stop" }} replace />
            )}
          >
            {pickListText.oneByOne}
          </Button>
        )}
        <Button
          className={print.hidden}
          variant="default"
          disabled={open.length === 0}
          leftSection={<IconPrinter size={18} aria-hidden />}
          onClick={() => window.print()}
        >
          {pickListText.print}
        </Button>
      </div>
      <TickNotices notices={picking.notices} />
      {isLoading && Array.from({ length: 8 }, (_, row) => <Skeleton key={row} height={64} mb="xs" />)}
      {orders.length > 0 && <PickListOrders orders={orders} />}
      {unknown.length > 0 && <Text>{pickListText.unknownOrders(unknown)}</Text>}
      {leftOut.length > 0 && <LeftOutOrders orderNumbers={leftOut} />}
      {!isLoading && open.length === 0 && <NothingToPick />}
      {open.length > 0 && <PickList orders={open} picking={picking} now={now} />}
    </div>
  );
}
