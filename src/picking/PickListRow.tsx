import { IconAlertTriangle, IconHelpCircle } from "@tabler/icons-react";
import { binText, itemDetailsText } from "../orders/lineText";
import { Picture } from "../ui/Picture";
import print from "../ui/print.module.css";
import text from "../ui/text.module.css";
import classes from "./lines.module.css";
import { lossText } from "./lossText";
import { PickCheckbox } from "./PickCheckbox";
import type { PickListItem } from "./pickList";
import { quantityToTake } from "./pickQuantities";
import { ReportLoss } from "./ReportLoss";
import type { Picking } from "./usePicking";

type PickListRowProps = {
  item: PickListItem;
  /** The list joins several orders, so that the row says how many pieces go to which. */
  isJoined: boolean;
  picking: Picking;
};

/** One kind of goods in one bin: how many pieces to take, and for which orders. */
export function PickListRow({ item, isJoined, picking }: PickListRowProps) {
  const { lines, toTake, toReturn, shortQuantity, isPicked } = item;
  const { setPicked } = picking;
  const [goods] = lines;
  if (!goods) return null;
  const bin = binText(goods.location);
  const losses = lossText(lines);
  return (
    <li className={classes.pickListRow} data-picked={isPicked || undefined}>
      <PickCheckbox
        isPicked={isPicked}
        label={`${toTake} × ${goods.itemName} in ${bin} picked`}
        onChange={
          setPicked &&
          ((isNowPicked) =>
            setPicked(
              lines.map(({ lineId }) => lineId),
              isNowPicked,
            ))
        }
      />
      <div className={classes.bin} data-testid="bin">
        {bin}
      </div>
      <div className={classes.quantity}>
        {toTake}
        <span className={text.soft}> ×</span>
      </div>
      <Picture className={classes.picture} {...goods} />
      <div className={classes.item} data-testid="item">
        <div>
          <strong>{goods.partNumber}</strong> {goods.itemName}
        </div>
        <div>{itemDetailsText(goods)}</div>
        {losses !== "" && <div className={print.only}>Reported: {losses}</div>}
        {isJoined && (
          <div className={text.soft}>
            {lines.map((line) => (
              <div key={line.lineId}>
                {quantityToTake(line)} for {line.orderNumber}
              </div>
            ))}
          </div>
        )}
        {shortQuantity > 0 && (
          <div className={classes.short}>
            <IconAlertTriangle size={15} aria-hidden /> {shortQuantity} short: the bin has no more
          </div>
        )}
        {goods.matchedBy === "unmatched" && (
          <div className={classes.short}>
            <IconHelpCircle size={15} aria-hidden /> No lot of these goods: look for it by hand
            {goods.remarks !== "" && `. Seller's remark: ${goods.remarks}`}
          </div>
        )}
        {toReturn > 0 && <div className={classes.short}>Put {toReturn} back: the buyer wants fewer</div>}
      </div>
      {setPicked && <ReportLoss className={classes.report} lines={lines} />}
    </li>
  );
}
