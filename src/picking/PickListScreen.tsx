import "./picking.css";
import { Anchor, Button, Skeleton, Text, Title } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { Link, useSearch } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { Failure } from "../ui/Failure";
import { Picture } from "../ui/Picture";
import { UNKNOWN_LOCATION } from "../orders/walk";
import { Tick } from "./Tick";
import { usePicking, type Picking } from "./usePicking";
import { orderNumbersOf, walkOf, type WalkStop } from "./walkList";

function Stop({ stop, isJoined, picking }: { stop: WalkStop; isJoined: boolean; picking: Picking }) {
  const { goods, quantity, shortQuantity, parts, isPicked, lineIds } = stop;
  const bin = goods.location === UNKNOWN_LOCATION || goods.location === "" ? "No bin" : goods.location;
  const kind = [
    goods.colorId === 0 ? null : (goods.colorName ?? `Colour ${goods.colorId}`),
    goods.condition === "new" ? "New" : "Used",
    goods.completeness,
  ].filter(Boolean);
  return (
    <li className="stop" data-picked={isPicked || undefined}>
      <Tick
        isPicked={isPicked}
        label={`${quantity} × ${goods.itemName} in ${bin} picked`}
        onTick={picking.tick && ((now) => picking.tick?.(lineIds, now))}
      />
      <div className="line-bin">{bin}</div>
      <Picture {...goods} />
      <div className="line-what">
        <div>
          <strong>{goods.partNumber}</strong> {goods.itemName}
        </div>
        <div>{kind.join(" · ")}</div>
        {isJoined && (
          <div className="soft">
            {parts.map((part) => `${part.quantity} for ${part.orderNumber}`).join(", ")}
          </div>
        )}
        {shortQuantity > 0 && <div className="stop-short">{shortQuantity} short: the bin has no more</div>}
      </div>
      <div className="line-quantity">
        {quantity}
        <span className="soft"> ×</span>
      </div>
    </li>
  );
}

/** One or several orders in one walk past the bins: to tick on a tablet, or to print. */
export function PickListScreen() {
  const { orders } = useSearch({ from: "/pick" });
  const { businessAccountId } = useBusiness();
  const orderNumbers = orderNumbersOf(orders);
  const found = useQuery(api.orders.picking.list, { businessAccountId, orderNumbers });
  const picking = usePicking();
  const stops = found ? walkOf(found) : [];
  const pickedStops = stops.filter(({ isPicked }) => isPicked).length;
  return (
    <div className="pick-list">
      <div className="pick-list-head">
        <Title order={1} size="h3">
          Pick list
        </Title>
        <Button
          className="no-print"
          variant="default"
          h={44}
          leftSection={<IconPrinter size={18} aria-hidden />}
          onClick={() => window.print()}
        >
          Print
        </Button>
      </div>
      <Failure message={picking.failure} />
      {found === undefined &&
        Array.from({ length: 8 }, (_, row) => <Skeleton key={row} height={64} mb={8} />)}
      {found?.length === 0 && (
        <Text>
          There is nothing to pick here.{" "}
          <Anchor component={Link} to="/">
            Choose orders
          </Anchor>
        </Text>
      )}
      {found && found.length > 0 && (
        <>
          <p className="pick-list-orders">
            {found.map(({ orderNumber, buyerName }) => (
              <span key={orderNumber}>
                <strong>{orderNumber}</strong> {buyerName ?? "buyer unknown"}
              </span>
            ))}
          </p>
          <p role="status" className="no-print">
            {pickedStops === stops.length
              ? "Everything is picked."
              : `${pickedStops} of ${stops.length} bins picked.`}
          </p>
          <ul className="lines" aria-label="Bins, in walking order">
            {stops.map((stop) => (
              <Stop key={stop.key} stop={stop} isJoined={found.length > 1} picking={picking} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
