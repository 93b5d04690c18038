import { IconAlertTriangle, IconHelpCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { pickableQuantity } from "../../../convex/orders/picking/pickQuantities";
import classes from "../../picking/lines.module.css";
import { NothingToTake, PickCheckbox } from "../../picking/PickCheckbox";
import type { PickListLine } from "../../picking/pickList";
import { pickedText } from "../../picking/pickedText";
import { isToDo, quantityToReturn, quantityToTake } from "../../../convex/orders/picking/pickQuantities";
import { ReportLoss } from "../../picking/ReportLoss";
import type { Picking } from "../../picking/usePicking";
import { ItemName } from "../../ui/ItemName";
import { Notice } from "../../ui/Notice";
import { Picture } from "../../ui/Picture";
import { Tag } from "../../ui/Tag";
import text from "../../ui/text.module.css";
import { isKnownBin, isShortBin } from "../bins";
import { cellsText } from "../cellsText";
import { binText, itemDetailsText, matchLabels, unreadFieldsText } from "../lineText";
import { cancelledLineText } from "../returnText";
import type { OrderLine } from "../types";
import { lineItemText } from "./lineItemText";
import { ShortSteps } from "./ShortSteps";

/** What became of the line's stock, by the tab of its order. An open line whose pieces are all reserved needs no word. */
function stockOf(line: OrderLine, tab: string): ReactNode {
  if (tab === "shipped") {
    const { losses, otherBins, shippedWithoutStock } = line;
    const fetched = otherBins.reduce((sum, { quantity }) => sum + quantity, 0);
    const lost = Math.max(0, losses.missing + losses.damaged - fetched);
    const notInParcel = Math.min(shippedWithoutStock, lost);
    const sentWithout = shippedWithoutStock - notInParcel;
    return shippedWithoutStock > 0 ? (
      <Tag tone="warn">
        <IconAlertTriangle size={15} aria-hidden />
        {[
          notInParcel > 0 && lineItemText.notInParcel(notInParcel),
          sentWithout > 0 && lineItemText.sentWithoutStock(sentWithout),
        ]
          .filter(Boolean)
          .join(", ")}
      </Tag>
    ) : line.fulfilledQuantity === line.quantity ? null : (
      <span className={text.soft}>{cellsText.sent(line.fulfilledQuantity)}</span>
    );
  }
  if (tab === "cancelled") return <span className={text.soft}>{cancelledLineText(line)}</span>;
  if (line.matchedBy === "unmatched") {
    return (
      <Tag tone="bad">
        <IconHelpCircle size={15} aria-hidden />
        {lineItemText.unmatched}
      </Tag>
    );
  }
  if (line.shortQuantity > 0) {
    return (
      <>
        <Tag tone="warn">
          <IconAlertTriangle size={15} aria-hidden />
          {cellsText.short(line.shortQuantity)}
        </Tag>
        <span className={text.soft}>{lineItemText.noMore}</span>
      </>
    );
  }
  return null;
}

/** What to do about a line whose order or stock changed after it was marked picked. */
function ChangedLineNotice({ line }: { line: OrderLine }) {
  if (line.pickStatus !== "changed") return null;
  const { changed } = lineItemText;
  const { pickedQuantity, quantity } = line;
  const toReturn = quantityToReturn(line);
  const sentence = !isToDo(line)
    ? changed.noMore(pickedQuantity, quantity)
    : toReturn > 0
      ? changed.putBack(pickedQuantity, quantity, toReturn)
      : changed.fetch(pickedQuantity, quantity, quantityToTake(line));
  return <Notice>{sentence}</Notice>;
}

type LineItemProps = {
  line: PickListLine;
  tab: string;
  /** Null for a closed order, whose lines can no longer be picked. */
  picking: Picking | null;
  /** Milliseconds UTC. */
  now: number;
};

/** One line, in the order in which a packer reads it: bin, quantity, picture, item. */
export function LineItem({ line, tab, picking, now }: LineItemProps) {
  const isPicked = line.pickStatus === "picked";
  const bin = binText(line.location);
  const stock = stockOf(line, tab);
  const matchLabel = matchLabels[line.matchedBy];
  const unreadText = unreadFieldsText(line.unreadFields);
  const picked = pickedText([line], now);
  const setPicked = picking?.setPicked;
  // An open order shows how many there are to take, as the pick list does; a closed one shows how many were ordered.
  const shownQuantity = picking ? pickableQuantity(line) : line.quantity;
  return (
    <li
      className={classes.line}
      data-pickable={picking !== null || undefined}
      data-picked={(picking !== null && isPicked) || undefined}
    >
      {picking &&
        (isPicked || isToDo(line) ? (
          <PickCheckbox
            isPicked={isPicked}
            isPending={line.isPending}
            label={lineItemText.picked(shownQuantity, line.itemName, bin)}
            onChange={setPicked && ((isNowPicked) => setPicked([line], isNowPicked))}
          />
        ) : (
          <NothingToTake />
        ))}
      <div
        className={classes.bin}
        data-testid="bin"
        data-unknown={!isKnownBin(line.location) || undefined}
        data-short={isShortBin(line.location) || undefined}
      >
        <span className={text.visuallyHidden}>{lineItemText.bin} </span>
        {bin}
      </div>
      <div className={classes.quantity}>
        {shownQuantity}
        {shownQuantity < line.quantity && (
          <div className={classes.ordered}>{lineItemText.ofOrdered(line.quantity)}</div>
        )}
      </div>
      <Picture className={classes.picture} {...line} />
      <div className={classes.item} data-testid="item">
        <div>
          <strong>{line.partNumber}</strong> <ItemName name={line.itemName} />
        </div>
        <div>
          {itemDetailsText(line)}
          {picking && picked !== null && <span className={text.soft}> · {picked}</span>}
        </div>
        {(stock !== null || matchLabel !== null) && (
          <div className={classes.stock}>
            {stock}
            {matchLabel !== null && <span className={text.soft}>{matchLabel}</span>}
          </div>
        )}
        {unreadText !== null && <div className={text.soft}>{unreadText}</div>}
        {line.matchedBy === "unmatched" && line.remarks !== "" && (
          <div>
            {lineItemText.remark}{" "}
            <strong className={isShortBin(line.remarks) ? text.unbroken : undefined}>{line.remarks}</strong>
          </div>
        )}
        {picking && <ChangedLineNotice line={line} />}
        {setPicked && line.matchedBy !== "unmatched" && line.shortQuantity > 0 && <ShortSteps line={line} />}
      </div>
      {setPicked && line.matchedBy !== "unmatched" && <ReportLoss lines={[line]} />}
    </li>
  );
}
