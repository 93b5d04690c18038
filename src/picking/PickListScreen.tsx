import { Anchor, Button, Skeleton, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconPrinter } from "@tabler/icons-react";
import { Link, useCanGoBack, useRouter, useSearch } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { Fragment } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { statusText } from "../orders/statusText";
import { isOpenTab } from "../orders/tabs";
import { PackingSlipsLink } from "../parcels/PackingSlipsLink";
import { ErrorAlert } from "../ui/ErrorAlert";
import list from "../ui/list.module.css";
import { Notice } from "../ui/Notice";
import print from "../ui/print.module.css";
import { formatDateTime, useNow } from "../ui/time";
import lines from "./lines.module.css";
import { PickBinButton } from "./PickBinButton";
import { parseOrderNumbers, toPickList, type PickListOrder } from "./pickList";
import { PickListRow } from "./PickListRow";
import classes from "./PickListScreen.module.css";
import { leftOutText } from "./pickListText";
import { PickProgress } from "./PickProgress";
import { useFocusFirstCheckbox } from "./useFocusFirstCheckbox";
import { usePicking, type Picking } from "./usePicking";

/** The orders on the list, and which of them are closed or not paid. */
function PickListOrders({ orders }: { orders: readonly PickListOrder[] }) {
  return (
    <p className={classes.orders}>
      {orders.map((order) => (
        <span key={order.orderNumber}>
          <Link to="/" search={{ order: order.orderNumber }}>
            {order.orderNumber}
          </Link>{" "}
          {order.buyerName ?? "buyer unknown"}
          {!isOpenTab(order.tab) && (
            <span className={lines.short}> · {statusText(order.status)}: nothing to pick</span>
          )}
          {isOpenTab(order.tab) && !order.isPaid && <span className={lines.short}> · not paid</span>}
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
        Open the other list
      </Link>
    </Notice>
  );
}

function PickList({ orders, picking }: { orders: readonly PickListOrder[]; picking: Picking }) {
  const bins = toPickList(orders);
  const items = bins.flatMap((bin) => bin.items);
  const listRef = useFocusFirstCheckbox();
  return (
    <>
      <div className={`${classes.state} ${print.hidden}`}>
        <PickProgress
          picked={items.filter(({ isPicked }) => isPicked).length}
          total={items.length}
          shortQuantity={items.reduce((sum, { shortQuantity }) => sum + shortQuantity, 0)}
        />
        <PackingSlipsLink orders={orders} isPicked={items.every(({ isPicked }) => isPicked)} />
        <ErrorAlert message={picking.failure} />
      </div>
      <ul className={list.plain} aria-label="Bins, in walking order" ref={listRef}>
        {bins.map(({ location, items: itemsInBin }) => (
          <Fragment key={location}>
            {itemsInBin.map((item) => (
              <PickListRow key={item.key} item={item} isJoined={orders.length > 1} picking={picking} />
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

/** The pick list of one or several orders, bin by bin, to work through on a tablet or to print. */
export function PickListScreen() {
  const { orders } = useSearch({ from: "/pick" });
  const { businessAccountId } = useBusiness();
  const orderNumbers = parseOrderNumbers(orders);
  const found = useQuery(api.orders.picking.pickList.get, { businessAccountId, orderNumbers });
  const picking = usePicking();
  const now = useNow();
  const router = useRouter();
  const canGoBack = useCanGoBack();
  // Going back in the history restores the filters of the orders table, if the list was opened from there.
  const goBack = () => (canGoBack ? router.history.back() : void router.navigate({ to: "/" }));
  const open = found?.orders.filter(({ tab }) => isOpenTab(tab)) ?? [];
  const knownNumbers = found && [...found.orders.map(({ orderNumber }) => orderNumber), ...found.leftOut];
  const unknownNumbers = orderNumbers.filter((number) => knownNumbers?.includes(number) === false);
  return (
    <div className={classes.screen} data-testid="pick-list">
      <title>Pick list</title>
      <div className={classes.head}>
        <Button
          className={print.hidden}
          variant="subtle"
          px="xs"
          leftSection={<IconArrowLeft size={18} aria-hidden />}
          onClick={goBack}
        >
          Back
        </Button>
        <Title order={1}>Pick list</Title>
        <span className={print.only}>Printed {formatDateTime(now)}</span>
        <Button
          className={print.hidden}
          variant="default"
          leftSection={<IconPrinter size={18} aria-hidden />}
          onClick={() => window.print()}
        >
          Print
        </Button>
      </div>
      {found === undefined &&
        Array.from({ length: 8 }, (_, row) => <Skeleton key={row} height={64} mb="xs" />)}
      {found && found.orders.length > 0 && <PickListOrders orders={found.orders} />}
      {unknownNumbers.length > 0 && <Text>This store has no order {unknownNumbers.join(", ")}.</Text>}
      {found && found.leftOut.length > 0 && <LeftOutOrders orderNumbers={found.leftOut} />}
      {found && open.length === 0 && (
        <Text>
          There is nothing to pick here.{" "}
          <Anchor component={Link} to="/">
            Choose orders
          </Anchor>
        </Text>
      )}
      {open.length > 0 && <PickList orders={open} picking={picking} />}
    </div>
  );
}
