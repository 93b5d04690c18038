import { Button } from "@mantine/core";
import { useMutation } from "convex/react";
import { api } from "../../../convex/_generated/api";
import { isPermitted } from "../../../convex/accounts/permissions";
import { useBusiness } from "../../account/business";
import { ErrorAlert } from "../../ui/ErrorAlert";
import list from "../../ui/list.module.css";
import { Notice } from "../../ui/Notice";
import { useAsyncTask } from "../../ui/useAsyncTask";
import { sortInWalkingOrder } from "../bins";
import { orderText } from "./orderText";
import classes from "./ReturnsToShelf.module.css";
import { returnReasonText, returnText } from "../returnText";
import type { OrderDetail } from "../types";

type ReturnToShelf = OrderDetail["returnsToShelf"][number];

/** One kind of goods to put back, with the button to confirm it; viewers see no button. */
function ReturnItem({ toReturn }: { toReturn: ReturnToShelf }) {
  const { businessAccountId, role } = useBusiness();
  const confirm = useAsyncTask(useMutation(api.orders.picking.returnsToShelf.confirm));
  const sentence = returnText(toReturn);
  return (
    <li className={classes.item}>
      <span>{sentence}</span>
      {isPermitted(role, "orders.picking.returnsToShelf.confirm") && (
        <Button
          variant="default"
          aria-label={orderText.isBackOf(sentence)}
          loading={confirm.isRunning}
          onClick={() => confirm.run({ businessAccountId, returnId: toReturn.returnId })}
        >
          {orderText.isBack}
        </Button>
      )}
      <ErrorAlert message={confirm.errorMessage} />
    </li>
  );
}

function Returns({ returns, isCancelled }: { returns: readonly ReturnToShelf[]; isCancelled: boolean }) {
  if (returns.length === 0) return null;
  return (
    <Notice>
      {returnReasonText(isCancelled)}
      <ul className={list.plain} aria-label={orderText.toPutBack}>
        {sortInWalkingOrder(returns).map((toReturn) => (
          <ReturnItem key={toReturn.returnId} toReturn={toReturn} />
        ))}
      </ul>
    </Notice>
  );
}

/** Goods that were picked and that nobody wants any more; staff confirm each once it is back in its bin. */
export function ReturnsToShelf({ order: { returnsToShelf } }: { order: OrderDetail }) {
  return (
    <>
      <Returns returns={returnsToShelf.filter(({ lineId }) => lineId !== null)} isCancelled />
      <Returns returns={returnsToShelf.filter(({ lineId }) => lineId === null)} isCancelled={false} />
    </>
  );
}
