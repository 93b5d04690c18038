import { IconAlertTriangle, IconHelpCircle, IconUser } from "@tabler/icons-react";
import { isShortBin } from "../orders/bins";
import { binText, itemDetailsText } from "../orders/lineText";
import { ItemName } from "../ui/ItemName";
import { Picture } from "../ui/Picture";
import print from "../ui/print.module.css";
import text from "../ui/text.module.css";
import classes from "./lines.module.css";
import { lossText, lossWords } from "./lossText";
import { NothingToTake, PickCheckbox } from "./PickCheckbox";
import { pickedText } from "./pickedText";
import { linesToMark, type PickListItem } from "./pickList";
import { pickListText } from "./pickListText";
import { ReportLoss } from "./ReportLoss";
import { quantitiesByTote } from "./stops";
import { ToteMark } from "./ToteMark";
import type { Picking } from "./usePicking";

type PickListRowProps = {
  item: PickListItem;
  /** The list joins several orders, so that the row says how many pieces go to which. */
  isJoined: boolean;
  picking: Picking;
  /** Milliseconds UTC. */
  now: number;
  /** Which colleagues stand here, in words; null when none does. */
  presence: string | null;
};

/** One kind of goods in one bin: how many pieces to take, and for which orders. */
export function PickListRow({ item, isJoined, picking, now, presence }: PickListRowProps) {
  const { lines, toTake, toReturn, shortQuantity, isPicked, isToDo } = item;
  const { setPicked } = picking;
  const [goods] = lines;
  if (!goods) return null;
  const bin = binText(goods.location);
  const losses = lossText(lines);
  const picked = pickedText(lines, now);
  return (
    <li className={classes.pickListRow} data-picked={isPicked || undefined}>
      {isToDo || isPicked ? (
        <PickCheckbox
          isPicked={isPicked}
          isPending={item.isPending}
          label={pickListText.pickLabel(toTake, goods.itemName, bin)}
          onChange={setPicked && ((isNowPicked) => setPicked(linesToMark(item, isNowPicked), isNowPicked))}
        />
      ) : (
        <NothingToTake />
      )}
      <div className={classes.bin} data-testid="bin" data-short={isShortBin(goods.location) || undefined}>
        {bin}
      </div>
      <div className={classes.quantity}>{toTake}</div>
      <Picture className={classes.picture} {...goods} />
      <div className={classes.item} data-testid="item">
        <div>
          <strong>{goods.partNumber}</strong> <ItemName name={goods.itemName} />
        </div>
        <div>{itemDetailsText(goods)}</div>
        {losses !== "" && <div className={print.only}>{lossWords.reported(losses)}</div>}
        {isJoined && (
          <div className={text.soft}>
            {quantitiesByTote(item).map(({ orderNumber, tote, quantity }) => (
              <div key={orderNumber} className={classes.tote}>
                {quantity} →{" "}
                {tote !== null && (
                  <>
                    <ToteMark number={tote} size={22} /> {pickListText.tote(tote)}
                  </>
                )}
              </div>
            ))}
          </div>
        )}
        {presence !== null && (
          <div className={print.hidden}>
            <IconUser size={15} aria-hidden /> {presence}
          </div>
        )}
        {picked !== null && <div className={`${text.soft} ${print.hidden}`}>{picked}</div>}
        {shortQuantity > 0 && (
          <div className={classes.short}>
            <IconAlertTriangle size={15} aria-hidden /> {pickListText.short(shortQuantity)}
          </div>
        )}
        {goods.matchedBy === "unmatched" && (
          <div className={classes.short}>
            <IconHelpCircle size={15} aria-hidden />{" "}
            {goods.remarks === "" ? pickListText.noLot : pickListText.noLotRemarked(goods.remarks)}
          </div>
        )}
        {toReturn > 0 && <div className={classes.short}>{pickListText.putBack(toReturn)}</div>}
      </div>
      {setPicked && <ReportLoss lines={lines} />}
    </li>
  );
}
