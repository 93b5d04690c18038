import { Button, Title } from "@mantine/core";
import { IconAlertTriangle, IconArrowLeft, IconBasket, IconCheck, IconClock } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { beforePacked } from "../changes/nextMove";
import { WriteToBuyer } from "../orders/order/ShortSteps";
import list from "../ui/list.module.css";
import { Tag } from "../ui/Tag";
import text from "../ui/text.module.css";
import type { PickListOrder } from "./pickList";
import { toteStateOf, type ToteState } from "./stops";
import classes from "./ToteBoard.module.css";
import { ToteMark } from "./ToteMark";
import { boardText, shortLineText, toteBoardText, toteStateText } from "./toteBoardText";

const tones = { toPick: "soft", pending: "soft", short: "warn", complete: "good" } as const;
const icons = { toPick: IconBasket, pending: IconClock, short: IconAlertTriangle, complete: IconCheck };

function StateTag({ tote }: { tote: ToteState }) {
  const Icon = icons[tote.state];
  return (
    <Tag tone={tones[tote.state]}>
      <Icon size={18} aria-hidden />
      {toteStateText(tote)}
    </Tag>
  );
}

/** To the order, whose next step it is, and the others that are picked around it. */
function PackLink({ orderNumber }: Pick<PickListOrder, "orderNumber">) {
  return (
    <Button
      variant="light"
      aria-label={toteBoardText.packOrder(orderNumber)}
      renderRoot={(props) => <Link {...props} to="/" search={{ stage: "picked", order: orderNumber }} />}
    >
      {toteBoardText.pack}
    </Button>
  );
}

type ToteListProps = {
  orders: readonly PickListOrder[];
  /** Whether to offer the next step of each order: to pack it, or to agree with its buyer on what is missing. */
  canPack?: boolean;
};

function isReadyToPack({ state, order }: ToteState): boolean {
  return state === "complete" && beforePacked.includes(order.status);
}

/** Each tote with its order, how far it is filled, and what it lacks and why. */
export function ToteList({ orders, canPack = false }: ToteListProps) {
  return (
    <ul className={list.divided} aria-label={toteBoardText.title}>
      {orders.map((order) => {
        const tote = toteStateOf(order);
        const { orderNumber, buyerName } = order;
        return (
          <li key={orderNumber} className={classes.tote}>
            {order.tote !== null && <ToteMark number={order.tote} size={44} />}
            <div>
              <Link className={classes.order} to="/" search={{ order: orderNumber }}>
                {toteBoardText.order(orderNumber)}
              </Link>{" "}
              <span className={text.soft}>{buyerName ?? toteBoardText.buyerUnknown}</span>
              <div>
                <StateTag tote={tote} />
              </div>
              {tote.short.map((line) => (
                <div key={line.lineId} className={classes.reason}>
                  {shortLineText(line)}
                </div>
              ))}
              {canPack && tote.state === "short" && <WriteToBuyer orderNumber={orderNumber} />}
            </div>
            {/* The large button packs a single one. */}
            {canPack && orders.length > 1 && isReadyToPack(tote) && <PackLink orderNumber={orderNumber} />}
          </li>
        );
      })}
    </ul>
  );
}

type ToteBoardProps = {
  orders: readonly PickListOrder[];
  canPack: boolean;
  /** To the last stop; undefined when there is none. */
  onBack: (() => void) | undefined;
  onUndo: (() => void) | undefined;
  /** To a stop that was skipped; undefined when none is left. */
  onGoOn: (() => void) | undefined;
  onFinish: () => void;
  /** The picker leaves for the orders to pack. */
  onPack: () => void;
};

/** The end of the walk: which totes are complete and can be packed, and which are short and why. The large button leads on. */
export function ToteBoard({ orders, canPack, onBack, onUndo, onGoOn, onFinish, onPack }: ToteBoardProps) {
  const totes = orders.map(toteStateOf);
  const isPackNext = canPack && totes.every(isReadyToPack);
  const [first] = orders;
  const toPack = { stage: "picked", order: orders.length === 1 ? first?.orderNumber : undefined } as const;
  return (
    <>
      <div className={classes.board}>
        <Title order={1}>{toteBoardText.title}</Title>
        <p role="status" className={classes.summary}>
          {boardText(totes)}
        </p>
        <ToteList orders={orders} canPack={canPack} />
      </div>
      <div className={classes.buttons}>
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={18} aria-hidden />}
          disabled={!onBack}
          onClick={onBack}
        >
          {toteBoardText.back}
        </Button>
        {onUndo && (
          <Button variant="default" onClick={onUndo}>
            {toteBoardText.undo}
          </Button>
        )}
        {isPackNext ? (
          <>
            <Button variant="default" onClick={onFinish}>
              {toteBoardText.finish}
            </Button>
            <Button
              className={classes.large}
              h={76}
              renderRoot={(props) => <Link {...props} to="/" search={toPack} onClick={onPack} />}
            >
              {toteBoardText.packOrders(orders.length)}
            </Button>
          </>
        ) : (
          <Button className={classes.large} h={76} onClick={onGoOn ?? onFinish}>
            {onGoOn ? toteBoardText.pickRest : toteBoardText.finish}
          </Button>
        )}
      </div>
    </>
  );
}
