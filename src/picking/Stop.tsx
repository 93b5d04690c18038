import { IconAlertTriangle, IconHelpCircle } from "@tabler/icons-react";
import { binName, kindWords } from "../orders/lineWords";
import { Picture } from "../ui/Picture";
import print from "../ui/print.module.css";
import text from "../ui/text.module.css";
import classes from "./lines.module.css";
import { lossReasons } from "./lossReasons";
import { quantityToTake } from "./pickable";
import { ReportLoss } from "./ReportLoss";
import { Tick } from "./Tick";
import type { Picking } from "./usePicking";
import type { WalkLine, WalkStop } from "./walkList";

/** "2 missing, 1 damaged", over all orders. */
function lostWords(lines: readonly WalkLine[]): string {
  return lossReasons
    .map((reason) => [lines.reduce((sum, { lostPieces }) => sum + lostPieces[reason], 0), reason] as const)
    .filter(([quantity]) => quantity > 0)
    .map(([quantity, reason]) => `${quantity} ${reason}`)
    .join(", ");
}

/** One kind of goods in one bin: how many to take, and for whom. */
export function Stop({ stop, isJoined, picking }: { stop: WalkStop; isJoined: boolean; picking: Picking }) {
  const { lines, take, putBack, shortQuantity, isPicked } = stop;
  const [goods] = lines;
  if (!goods) return null;
  const bin = binName(goods.location);
  return (
    <li className={classes.stop} data-picked={isPicked || undefined}>
      <Tick
        isPicked={isPicked}
        label={`${take} × ${goods.itemName} in ${bin} picked`}
        onTick={
          picking.tick &&
          ((isNow) =>
            picking.tick?.(
              lines.map(({ lineId }) => lineId),
              isNow,
            ))
        }
      />
      <div className={classes.bin} data-testid="bin">
        {bin}
      </div>
      <div className={classes.quantity}>
        {take}
        <span className={text.soft}> ×</span>
      </div>
      <Picture className={classes.picture} {...goods} />
      <div className={classes.item} data-testid="item">
        <div>
          <strong>{goods.partNumber}</strong> {goods.itemName}
        </div>
        <div>{kindWords(goods)}</div>
        {lostWords(lines) !== "" && <div className={print.only}>Reported: {lostWords(lines)}</div>}
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
        {putBack > 0 && <div className={classes.short}>Put {putBack} back: the buyer wants fewer</div>}
      </div>
      {picking.tick && <ReportLoss className={classes.report} lines={lines} />}
    </li>
  );
}
