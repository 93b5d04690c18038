import { Fragment } from "react";
import { PickBinButton } from "../../picking/PickBinButton";
import { useFocusFirstCheckbox } from "../../picking/useFocusFirstCheckbox";
import type { Picking } from "../../picking/usePicking";
import list from "../../ui/list.module.css";
import { sortInWalkingOrder } from "../bins";
import { LineItem } from "./LineItem";
import { lineItemText } from "./lineItemText";
import type { OrderDetail } from "../types";

type OrderLinesProps = {
  order: OrderDetail;
  /** Null for a closed order, whose lines can no longer be picked. */
  picking: Picking | null;
  /** Milliseconds UTC. */
  now: number;
};

/** The lines of an order in the order in which a packer walks past their bins. */
export function OrderLines({ order, picking, now }: OrderLinesProps) {
  const { orderNumber, tab } = order;
  const lines = sortInWalkingOrder(order.lines.map((line) => ({ ...line, orderNumber, tote: null })));
  const listRef = useFocusFirstCheckbox();
  return (
    <ul className={list.plain} aria-label={lineItemText.lines} ref={listRef}>
      {lines.map((line, index) => (
        <Fragment key={line.lineId}>
          <LineItem line={line} tab={tab} picking={picking} now={now} />
          {picking && lines[index + 1]?.location !== line.location && (
            <PickBinButton
              location={line.location}
              lineGroups={lines
                .filter(({ location }) => location === line.location)
                .map((sameBin) => [sameBin])}
              picking={picking}
            />
          )}
        </Fragment>
      ))}
    </ul>
  );
}
