import { IconAlertTriangle, IconCheck, IconHelpCircle } from "@tabler/icons-react";
import { Picture } from "../ui/Picture";
import { ReportLoss } from "../picking/ReportLoss";
import { Tick } from "../picking/Tick";
import type { Picking } from "../picking/usePicking";
import type { OrderLine } from "./types";
import { UNKNOWN_LOCATION } from "./walk";

/** How a line found its lot, where that is worth a look: by BrickLink's own lot id is the rule and needs no words. */
const matchWords: Record<OrderLine["matchedBy"], string | null> = {
  sourceLot: null,
  exact: "matched by part, colour, condition and bin",
  onlyFit: "the only lot of these goods",
  unmatched: "no lot of these goods: import the inventory, or look for it by hand",
};

const completenessWords = { complete: "complete", incomplete: "incomplete", sealed: "sealed" };

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
      <span className="stock-part" data-tone="short">
        <IconAlertTriangle size={15} aria-hidden />
        {line.reservedQuantity} reserved, {line.shortQuantity} short: the bin has no more to promise
      </span>
    );
  }
  return (
    <span className="stock-part" data-tone="good">
      <IconCheck size={15} aria-hidden />
      {line.reservedQuantity} reserved
    </span>
  );
}

/** One line as a packer needs it: the bin first, then what it looks like, then how many. */
export function LineItem({ line, tab, picking }: { line: OrderLine; tab: string; picking: Picking | null }) {
  const isPicked = line.pickStatus === "picked";
  const isUnknown = line.location === UNKNOWN_LOCATION || line.location === "";
  const kind = [
    line.colorId === 0 ? null : (line.colorName ?? `Colour ${line.colorId}`),
    line.condition === "new" ? "New" : "Used",
    line.completeness && completenessWords[line.completeness],
    line.batch > 0 && `added later (batch ${line.batch + 1})`,
  ].filter(Boolean);
  return (
    <li
      className="line"
      data-pickable={picking !== null || undefined}
      data-picked={(picking !== null && isPicked) || undefined}
    >
      {picking && (
        <Tick
          isPicked={isPicked}
          label={`${line.quantity} × ${line.itemName} in ${isUnknown ? "no bin" : line.location} picked`}
          onTick={picking.tick && ((now) => picking.tick?.([line.lineId], now))}
        />
      )}
      <div className="line-bin" data-unknown={isUnknown || undefined}>
        <span className="visually-hidden">Bin </span>
        {isUnknown ? "No bin" : line.location}
      </div>
      <Picture {...line} />
      <div className="line-what">
        <div>
          <strong>{line.partNumber}</strong> {line.itemName}
        </div>
        <div>{kind.join(" · ")}</div>
        <div className="stock" style={{ flexWrap: "wrap", fontSize: 13.5 }}>
          <LineStock line={line} tab={tab} />
          {matchWords[line.matchedBy] !== null && (
            <span className="soft" style={{ fontWeight: 400 }}>
              {matchWords[line.matchedBy]}
            </span>
          )}
        </div>
        {line.matchedBy === "unmatched" && line.remarks !== "" && (
          <div className="soft">Seller&apos;s remark: {line.remarks}</div>
        )}
        {line.pickStatus === "changed" && (
          <div className="put-back">
            {line.pickedQuantity < line.quantity
              ? `Picked ${line.pickedQuantity}; the buyer now wants ${line.quantity}: fetch ${line.quantity - line.pickedQuantity} more.`
              : `Picked ${line.pickedQuantity}; the buyer now wants ${line.quantity}: put ${line.pickedQuantity - line.quantity} back.`}{" "}
            Tick it when that is done.
          </div>
        )}
        {picking?.tick && line.matchedBy !== "unmatched" && <ReportLoss line={line} picking={picking} />}
      </div>
      <div className="line-quantity">
        {line.quantity}
        <span className="soft"> ×</span>
      </div>
    </li>
  );
}
