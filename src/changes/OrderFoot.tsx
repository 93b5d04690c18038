import { Button, Menu } from "@mantine/core";
import { IconArrowRight, IconChevronUp, IconListCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { OrderDetail } from "../orders/types";
import { isOpenTab } from "../orders/tabs";
import { isToDo } from "../../convex/orders/picking/pickQuantities";
import { PickProgress } from "../picking/PickProgress";
import { ErrorAlert } from "../ui/ErrorAlert";
import text from "../ui/text.module.css";
import { useIsSettled } from "../ui/useIsSettled";
import { changeText, leftOutText, moveEffects, moveLabels, parcelConcerns } from "./changeText";
import { ConfirmMove } from "./ConfirmMove";
import { dialogsText } from "./dialogsText";
import { nextMove } from "./nextMove";
import classes from "./OrderFoot.module.css";
import { OrderWrites } from "./OrderWrites";
import { OtherChangeForm, type OtherChange } from "./OtherChangeForm";
import { ShipForm } from "./ShipForm";
import type { Change, OrderChanges, SellerStatus } from "./types";
import { useChanges, type SeenOrder } from "./useChanges";

/** `changes`: undefined until they are loaded, which without a connection they are not. */
type OrderFootProps = {
  order: OrderDetail;
  changes: OrderChanges | undefined;
  /** Opens the next order of the table; null at its end. */
  onNext: (() => void) | null;
};

const { foot } = dialogsText;

const none: Pick<OrderChanges, "moves" | "writes"> = { moves: [], writes: [] };

/** `seen`: the order as it was when the dialog was opened, which covers what happens to it meanwhile. */
type Dialog = { kind: "ship" | "confirm" | OtherChange; seen: SeenOrder; mayGoBack: boolean };

/** Stays in view under an order: how far it is, and the next thing to do. What else can be changed is in a menu. */
export function OrderFoot({ order, changes, onNext }: OrderFootProps) {
  const { request, isRunning, failure } = useChanges();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const open = (kind: Dialog["kind"], mayGoBack = false) => setDialog({ kind, seen: order, mayGoBack });
  const [leftOut, setLeftOut] = useState<string | null>(null);
  const send = (seen: SeenOrder, sent: Change[], mayGoBack = false) => {
    setLeftOut(null);
    request?.([seen], sent, {
      mayGoBack,
      onRequested: (requested) => setLeftOut(leftOutText(requested, sent)),
    });
  };
  const { orderNumber, lines, shortQuantity } = order;
  const pickedLines = lines.filter((line) => !isToDo(line)).length;
  const { moves, writes } = changes ?? none;
  const step = nextMove(order, { moves, writes });
  const concerns = parcelConcerns({ ...order, pickedLines, lineCount: lines.length });
  const set = (status: SellerStatus, mayGoBack = false) => {
    if (status === "SHIPPED") open("ship");
    else if (status === "PACKED" && concerns.length > 0) open("confirm", mayGoBack);
    else send(order, [{ kind: "status", status }], mayGoBack);
  };
  const isOpen = isOpenTab(order.tab);
  // After a press on "Mark as packed", "Next order" takes its place.
  const isSettled = useIsSettled(String(step));
  return (
    <div className={classes.foot}>
      <ErrorAlert message={failure ?? leftOut} />
      <OrderWrites writes={writes} which="pending" />
      <div className={classes.row}>
        {isOpen && (
          <PickProgress picked={pickedLines} total={lines.length} unit="line" shortQuantity={shortQuantity} />
        )}
        {isOpen && changes?.isReadOnly === true && pickedLines === lines.length && (
          <span className={text.soft}>{foot.readOnly}</span>
        )}
        <div className={classes.actions}>
          {request && changes?.isReadOnly === false && (
            <Menu position="top-end" withinPortal>
              <Menu.Target>
                <Button variant="default" rightSection={<IconChevronUp size={16} aria-hidden />}>
                  {foot.change}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {moves.length > 0 && <Menu.Label>{foot.status}</Menu.Label>}
                {moves.map((status) => (
                  <Menu.Item key={status} onClick={() => set(status, true)}>
                    {moveLabels[status]}
                  </Menu.Item>
                ))}
                <Menu.Divider />
                <Menu.Item onClick={() => open("shipping")}>{foot.shipping}</Menu.Item>
                <Menu.Item onClick={() => open("payment")}>{foot.payment}</Menu.Item>
                <Menu.Item onClick={() => open("remarks")}>{foot.remarks}</Menu.Item>
                {!order.isDriveThruSent && (
                  <Menu.Item onClick={() => open("driveThru")}>{foot.driveThru}</Menu.Item>
                )}
                <Menu.Item onClick={() => send(order, [{ kind: "filing", isFiled: !order.isFiled }])}>
                  {order.isFiled ? changeText({ kind: "filing", isFiled: false }) : foot.file}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
          {isOpen && pickedLines < lines.length && (
            <Button
              renderRoot={(props) => <Link {...props} to="/pick" search={{ orders: String(orderNumber) }} />}
              variant={step === "pick" && request && order.isPaid ? "filled" : "default"}
              leftSection={<IconListCheck size={18} aria-hidden />}
            >
              {foot.pickList}
            </Button>
          )}
          {onNext && pickedLines === lines.length && (
            <Button
              variant={step === null ? "filled" : "default"}
              rightSection={<IconArrowRight size={18} aria-hidden />}
              aria-disabled={!isSettled || undefined}
              onClick={() => isSettled && onNext()}
            >
              {foot.next}
            </Button>
          )}
          {request && step !== null && step !== "pick" && (
            <Button
              title={moveEffects[step]}
              loading={isRunning}
              aria-disabled={!isSettled || undefined}
              onClick={() => isSettled && set(step)}
            >
              {dialogsText.mark[step]}
            </Button>
          )}
        </div>
      </div>
      {dialog?.kind === "confirm" && (
        <ConfirmMove
          shortQuantity={shortQuantity}
          concerns={concerns}
          onClose={() => setDialog(null)}
          onConfirm={() => send(dialog.seen, [{ kind: "status", status: "PACKED" }], dialog.mayGoBack)}
        />
      )}
      {dialog?.kind === "ship" && (
        <ShipForm
          order={order}
          writes={writes}
          concerns={concerns}
          onClose={() => setDialog(null)}
          onSend={(sent) => send(dialog.seen, sent)}
        />
      )}
      {dialog !== null && dialog.kind !== "ship" && dialog.kind !== "confirm" && (
        <OtherChangeForm
          kind={dialog.kind}
          order={order}
          writes={writes}
          onClose={() => setDialog(null)}
          onSend={(change) => send(dialog.seen, [change])}
        />
      )}
    </div>
  );
}
