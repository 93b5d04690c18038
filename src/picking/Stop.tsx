import { IconAlertTriangle } from "@tabler/icons-react";
import { binName, kindWords } from "../orders/lineWords";
import { Picture } from "../ui/Picture";
import { ReportLoss } from "./ReportLoss";
import { Tick } from "./Tick";
import type { Picking } from "./usePicking";
import type { WalkStop } from "./walkList";

/** One kind of goods in one bin: how many to take, and for whom. */
export function Stop({ stop, isJoined, picking }: { stop: WalkStop; isJoined: boolean; picking: Picking }) {
  const { lines, take, putBack, shortQuantity, isPicked } = stop;
  const [goods] = lines;
  if (!goods) return null;
  const bin = binName(goods.location);
  return (
    <li className="stop" data-picked={isPicked || undefined}>
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
      <div className="line-bin">{bin}</div>
      <Picture {...goods} />
      <div className="line-what">
        <div>
          <strong>{goods.partNumber}</strong> {goods.itemName}
        </div>
        <div>{kindWords(goods)}</div>
        {isJoined && (
          <div className="soft">
            {lines.map(({ quantity, orderNumber }) => `${quantity} for ${orderNumber}`).join(", ")}
          </div>
        )}
        {shortQuantity > 0 && (
          <div className="stop-short">
            <IconAlertTriangle size={15} aria-hidden /> {shortQuantity} short: the bin has no more
          </div>
        )}
        {putBack > 0 && <div className="stop-short">Put {putBack} back: the buyer wants fewer</div>}
      </div>
      {picking.tick && <ReportLoss lines={lines} />}
      <div className="line-quantity">
        {take}
        <span className="soft"> ×</span>
      </div>
    </li>
  );
}
