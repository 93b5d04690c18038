import { IconAlertTriangle, IconCheck, IconHelpCircle } from "@tabler/icons-react";
import { pickableQuantity, quantityToPutBack, quantityToTake } from "../picking/pickable";
import { ReportLoss } from "../picking/ReportLoss";
import { Tick } from "../picking/Tick";
import type { Picking } from "../picking/usePicking";
import type { WalkLine } from "../picking/walkList";
import { Picture } from "../ui/Picture";
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
      <span className="stock-part" data-tone="short">
        <IconAlertTriangle size={15} aria-hidden />
        {line.shippedWithoutStock} sent without stock
      </span>
    ) : (
      <span className="soft">{line.fulfilledQuantity} sent</span>
    );
  }
  if (tab === "cancelled") return <span className="soft">released</span>;
  if (line.matchedBy === "unmatched") {
    return (
      <span className="stock-part" data-tone="unmatched">
        <IconHelpCircle size={15} aria-hidden />
        unmatched
      </span>
    );
  }
  if (line.shortQuantity > 0) {
    return (
      <>
        <span className="stock-part" data-tone="short">
          <IconAlertTriangle size={15} aria-hidden />
          {line.shortQuantity} short
        </span>
        <span className="soft" style={{ fontWeight: 400 }}>
          {line.reservedQuantity} reserved, there are no more
        </span>
      </>
    );
  }
  return (
    <span className="stock-part" data-tone="good">
      <IconCheck size={15} aria-hidden />
      {line.reservedQuantity} reserved
    </span>
  );
}

/** What to do about a line that was ticked before the order or its stock changed. */
function Change({ line }: { line: OrderLine }) {
  if (line.pickStatus !== "changed") return null;
  const putBack = quantityToPutBack(line);
  const fetch = quantityToTake(line);
  const what = putBack > 0 ? `put ${putBack} back` : fetch > 0 ? `fetch ${fetch} more` : "there is no more";
  return (
    <div className="put-back">
      {line.pickedQuantity} in the parcel, {line.quantity} wanted: {what}. Tick it when that is done.
    </div>
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
      className="line"
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
      <div className="line-bin" data-unknown={!isBin(line.location) || undefined}>
        <span className="visually-hidden">Bin </span>
        {bin}
      </div>
      <Picture {...line} />
      <div className="line-what">
        <div>
          <strong>{line.partNumber}</strong> {line.itemName}
        </div>
        <div>{kindWords(line)}</div>
        <div className="stock" style={{ flexWrap: "wrap", fontSize: 13.5 }}>
          <LineStock line={line} tab={tab} />
          {matchWords[line.matchedBy] !== null && (
            <span className="soft" style={{ fontWeight: 400 }}>
              {matchWords[line.matchedBy]}
            </span>
          )}
        </div>
        {line.matchedBy === "unmatched" && line.remarks !== "" && (
          <div>
            Seller&apos;s remark: <strong>{line.remarks}</strong>
          </div>
        )}
        <Change line={line} />
      </div>
      {picking?.tick && line.matchedBy !== "unmatched" && <ReportLoss lines={[line]} />}
      <div className="line-quantity">
        {take}
        <span className="soft"> ×</span>
        {take < line.quantity && <div className="line-of">of {line.quantity}</div>}
      </div>
    </li>
  );
}
