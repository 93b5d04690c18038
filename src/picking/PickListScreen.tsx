import { Anchor, Button, Skeleton, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconPrinter } from "@tabler/icons-react";
import { Link, useCanGoBack, useRouter, useSearch } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { Fragment } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { statusWord } from "../orders/statuses";
import { isOpenTab } from "../orders/tabs";
import { Failure } from "../ui/Failure";
import list from "../ui/list.module.css";
import print from "../ui/print.module.css";
import { moment, useNow } from "../ui/time";
import { BinTick } from "./BinTick";
import lines from "./lines.module.css";
import classes from "./PickListScreen.module.css";
import { PickState } from "./PickState";
import { Stop } from "./Stop";
import { useFirstTick } from "./useFirstTick";
import { usePicking, type Picking } from "./usePicking";
import { orderNumbersOf, walkOf, type WalkOrder } from "./walkList";

function OrderNames({ orders }: { orders: readonly WalkOrder[] }) {
  return (
    <p className={classes.orders}>
      {orders.map((order) => (
        <span key={order.orderNumber}>
          <Link to="/" search={{ order: order.orderNumber }}>
            {order.orderNumber}
          </Link>{" "}
          {order.buyerName ?? "buyer unknown"}
          {!isOpenTab(order.tab) && (
            <span className={lines.short}> · {statusWord(order.status)}: nothing to pick</span>
          )}
          {isOpenTab(order.tab) && !order.isPaid && <span className={lines.short}> · not paid</span>}
        </span>
      ))}
    </p>
  );
}

function Walk({ orders, picking }: { orders: readonly WalkOrder[]; picking: Picking }) {
  const bins = walkOf(orders);
  const stops = bins.flatMap((bin) => bin.stops);
  const firstTick = useFirstTick();
  return (
    <>
      <div className={`${classes.state} ${print.hidden}`}>
        <PickState
          picked={stops.filter(({ isPicked }) => isPicked).length}
          all={stops.length}
          shortQuantity={stops.reduce((sum, { shortQuantity }) => sum + shortQuantity, 0)}
        />
        <Failure message={picking.failure} />
      </div>
      <ul className={list.plain} aria-label="Bins, in walking order" ref={firstTick}>
        {bins.map(({ location, stops }) => (
          <Fragment key={location}>
            {stops.map((stop) => (
              <Stop key={stop.key} stop={stop} isJoined={orders.length > 1} picking={picking} />
            ))}
            <BinTick location={location} ticks={stops.map(({ lines }) => lines)} picking={picking} />
          </Fragment>
        ))}
      </ul>
    </>
  );
}

/** One or several orders in one walk past the bins: to tick on a tablet, or to print. */
export function PickListScreen() {
  const { orders } = useSearch({ from: "/pick" });
  const { businessAccountId } = useBusiness();
  const orderNumbers = orderNumbersOf(orders);
  const found = useQuery(api.orders.picking.list, { businessAccountId, orderNumbers });
  const picking = usePicking();
  const now = useNow();
  const router = useRouter();
  const canGoBack = useCanGoBack();
  // Back to the table as it was filtered, if that is where one came from.
  const back = () => (canGoBack ? router.history.back() : void router.navigate({ to: "/" }));
  const open = found?.filter(({ tab }) => isOpenTab(tab)) ?? [];
  const absent = found
    ? orderNumbers.filter((number) => !found.some(({ orderNumber }) => orderNumber === number))
    : [];
  return (
    <div className={classes.screen} data-testid="pick-list">
      <title>Pick list</title>
      <div className={classes.head}>
        <Button
          className={print.hidden}
          variant="subtle"
          px="xs"
          leftSection={<IconArrowLeft size={18} aria-hidden />}
          onClick={back}
        >
          Back
        </Button>
        <Title order={1}>Pick list</Title>
        <span className={print.only}>Printed {moment(now)}</span>
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
      {found && found.length > 0 && <OrderNames orders={found} />}
      {found && absent.length > 0 && <Text>This store has no order {absent.join(", ")}.</Text>}
      {found && open.length === 0 && (
        <Text>
          There is nothing to pick here.{" "}
          <Anchor component={Link} to="/">
            Choose orders
          </Anchor>
        </Text>
      )}
      {open.length > 0 && <Walk orders={open} picking={picking} />}
    </div>
  );
}
