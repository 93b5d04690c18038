import { Title } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconClock, IconHelpCircle, IconUser } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { isKnownBin } from "../orders/bins";
import { binText, itemDetailsText } from "../orders/lineText";
import { ItemName } from "../ui/ItemName";
import { Notice } from "../ui/Notice";
import { Picture } from "../ui/Picture";
import text from "../ui/text.module.css";
import { pickedText } from "./pickedText";
import classes from "./StopCard.module.css";
import { quantitiesByTote, type Stop } from "./stops";
import { ToteMark } from "./ToteMark";
import { walkText } from "./walkText";

/** How many pieces go into which tote; of a single order, only how many. */
function Quantities({ stop }: { stop: Stop }) {
  const byTote = quantitiesByTote(stop).filter(({ quantity }) => quantity > 0);
  return (
    <>
      <p className={classes.total} data-testid="to-take">
        {walkText.take} <strong>{stop.toTake}</strong>
      </p>
      <ul className={classes.totes} aria-label={walkText.intoTotes}>
        {byTote.map(
          ({ orderNumber, tote, quantity }) =>
            tote !== null && (
              <li key={orderNumber}>
                <strong>{quantity}</strong> → <ToteMark number={tote} size={44} />
                <span>
                  {walkText.tote(tote)} <span className={text.soft}>{walkText.order(orderNumber)}</span>
                </span>
              </li>
            ),
        )}
      </ul>
    </>
  );
}

/** What keeps the stop from being an ordinary one. */
function Exceptions({ stop }: { stop: Stop }) {
  const { lines, toTake, toReturn, shortQuantity } = stop;
  const [goods] = lines;
  return (
    <>
      {shortQuantity > 0 && (
        <Notice>
          <IconAlertTriangle className={classes.icon} size={18} aria-hidden />{" "}
          {toTake === 0 ? walkText.shortAndNothing(shortQuantity) : walkText.short(shortQuantity)}
        </Notice>
      )}
      {goods?.matchedBy === "unmatched" && (
        <Notice>
          <IconHelpCircle className={classes.icon} size={18} aria-hidden />{" "}
          {goods.remarks === "" ? walkText.noLot : walkText.noLotRemarked(goods.remarks)}
        </Notice>
      )}
      {toReturn > 0 && <Notice>{walkText.putBackWhy(toReturn)}</Notice>}
    </>
  );
}

/** What to look for in the bin. */
export function Goods({ stop }: { stop: Stop }) {
  const [goods] = stop.lines;
  if (!goods) return null;
  return (
    <div className={classes.goods} data-testid="item">
      <Picture className={classes.picture} {...goods} />
      <div>
        <div>
          <strong>{goods.partNumber}</strong> <ItemName name={goods.itemName} />
        </div>
        <div className={text.soft}>{itemDetailsText(goods)}</div>
      </div>
    </div>
  );
}

type StopCardProps = {
  stop: Stop;
  /** Milliseconds UTC. */
  now: number;
  /** Which colleagues stand here, in words; null when none does. */
  presence: string | null;
  /** What to do about a bin that is short; absent for viewers. */
  children?: ReactNode;
};

/** One stop, read from an arm's length: bin, part, how many and for which totes. */
export function StopCard({ stop, now, presence, children }: StopCardProps) {
  const [goods] = stop.lines;
  if (!goods) return null;
  const picked = pickedText(stop.lines, now);
  // Where no lot says in which bin the goods are, the seller's remark is the best there is to look for.
  const place = isKnownBin(stop.location) || goods.remarks === "" ? binText(stop.location) : goods.remarks;
  return (
    <div className={classes.card}>
      <Title order={1} className={classes.bin} data-testid="bin" data-long={place.length > 9 || undefined}>
        <span className={text.visuallyHidden}>{walkText.bin} </span>
        {place}
      </Title>
      {presence !== null && (
        <div role="status">
          <Notice>
            <IconUser className={classes.icon} size={18} aria-hidden /> {presence}
          </Notice>
        </div>
      )}
      <Goods stop={stop} />
      {stop.isPicked ? (
        <p className={classes.picked} data-pending={stop.isPending || undefined}>
          {stop.isPending ? (
            <IconClock size={26} aria-hidden />
          ) : (
            <IconCheck size={26} stroke={3} aria-hidden />
          )}
          {picked ?? walkText.picked}
        </p>
      ) : (
        <>
          {stop.toTake > 0 && <Quantities stop={stop} />}
          {picked !== null && <p className={text.soft}>{picked}</p>}
        </>
      )}
      <Exceptions stop={stop} />
      {children}
    </div>
  );
}
