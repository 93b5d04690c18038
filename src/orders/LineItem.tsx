import { IconAlertTriangle, IconCheck, IconHelpCircle } from "@tabler/icons-react";
import classes from "../picking/lines.module.css";
import { pickableQuantity, quantityToPutBack, quantityToTake } from "../picking/pickable";
import { ReportLoss } from "../picking/ReportLoss";
import { Tick } from "../picking/Tick";
import type { Picking } from "../picking/usePicking";
import type { WalkLine } from "../picking/walkList";
import { Notice } from "../ui/Notice";
import { Picture } from "../ui/Picture";
import { Tag } from "../ui/Tag";
import text from "../ui/text.module.css";
import { binName, isBin, kindWords } from "./lineWords";
import type { OrderLine } from "./types";

/** How a line found its lot, where that is worth a look: by BrickLink's own lot id is the rule and needs no words. */
const matchWords: Record<OrderLine["matchedBy"], string | null> = {
  sourceLot: null,
  exact: "matched by part, colour, condition and bin",
  onlyFit: "the only lot of these goods",
  unmatched: "no lot of these goods: look for it by hand",
};

function LineStock({ line, tab }: { line: OrderLine; tab: string }) {
  if (tab === "shipped") {
    return line.shippedWithoutStock > 0 ? (
      <Tag tone="warn">
        <IconAlertTriangle size={15} aria-hidden />
        {line.shippedWithoutStock} sent without stock
      </Tag>
    ) : (
      <span className={text.soft}>{line.fulfilledQuantity} sent</span>
    );
  }
  if (tab === "cancelled") return <span className={text.soft}>released</span>;
  if (line.matchedBy === "unmatched") {
    return (
      <Tag tone="bad">
        <IconHelpCircle size={15} aria-hidden />
        unmatched
      </Tag>
    );
  }
  if (line.shortQuantity > 0) {
    return (
      <>
        <Tag tone="warn">
          <IconAlertTriangle size={15} aria-hidden />
          {line.shortQuantity} short
        </Tag>
        <span className={text.soft}>{line.reservedQuantity} reserved, there are no more</span>
      </>
    );
  }
  return (
    <Tag tone="good">
      <IconCheck size={15} aria-hidden />
      {line.reservedQuantity} reserved
    </Tag>
  );
}

/** What to do about a line that was ticked before the order or its stock changed. */
function Change({ line }: { line: OrderLine }) {
  if (line.pickStatus !== "changed") return null;
  const putBack = quantityToPutBack(line);
  const fetch = quantityToTake(line);
  const what = putBack > 0 ? `put ${putBack} back` : fetch > 0 ? `fetch ${fetch} more` : "there is no more";
  return (
    <Notice>
      {line.pickedQuantity} in the parcel, {line.quantity} wanted: {what}. Tick it when that is done.
    </Notice>
  );
}

type LineItemProps = { line: WalkLine; tab: string; picking: Picking | null };

/** One line as a packer needs it: the bin first, then what it looks like, then how many. */
export function LineItem({ line, tab, picking }: LineItemProps) {
  const isPicked = line.pickStatus === "picked";
  const bin = binName(line.location);
  // What there is to take, as on the pick list; a closed order says what was ordered.
  const take = picking ? pickableQuantity(line) : line.quantity;
  return (
    <li
      className={classes.line}
      data-pickable={picking !== null || undefined}
      data-picked={(picking !== null && isPicked) || undefined}
    >
      {picking && (
        <Tick
          isPicked={isPicked}
          label={`${take} × ${line.itemName} in ${bin} picked`}
          onTick={picking.tick && ((isNow) => picking.tick?.([line.lineId], isNow))}
        />
      )}
      <div className={classes.bin} data-testid="bin" data-unknown={!isBin(line.location) || undefined}>
        <span className={text.visuallyHidden}>Bin </span>
        {bin}
      </div>
      <Picture className={classes.picture} {...line} />
      <div className={classes.item} data-testid="item">
        <div>
          <strong>{line.partNumber}</strong> {line.itemName}
        </div>
        <div>{kindWords(line)}</div>
        <div className={classes.stock}>
          <LineStock line={line} tab={tab} />
          {matchWords[line.matchedBy] !== null && (
            <span className={text.soft}>{matchWords[line.matchedBy]}</span>
          )}
        </div>
        {line.matchedBy === "unmatched" && line.remarks !== "" && (
          <div>
            Seller&apos;s remark: <strong>{line.remarks}</strong>
          </div>
        )}
        <Change line={line} />
      </div>
      {picking?.tick && line.matchedBy !== "unmatched" && (
        <ReportLoss className={classes.report} lines={[line]} />
      )}
      <div className={classes.quantity}>
        {take}
        <span className={text.soft}> ×</span>
        {take < line.quantity && <div className={classes.ordered}>of {line.quantity}</div>}
      </div>
    </li>
  );
}
