import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { pickableQuantity } from "../../convex/orders/picking/pickableQuantity";
import { useBusiness, type Business } from "../account/business";
import type { OrderLine } from "../orders/types";
import { useAsyncTask } from "../ui/useAsyncTask";

type LineId = OrderLine["lineId"];

export type Picking = {
  /** Marks lines picked or not picked. Undefined for viewers, who may not change anything. */
  setPicked: ((lineIds: LineId[], isPicked: boolean) => void) | undefined;
  failure: string | null;
};

function withPickStatus(line: OrderLine, isPicked: boolean): OrderLine {
  return {
    ...line,
    pickStatus: isPicked ? "picked" : "unpicked",
    pickedQuantity: isPicked ? pickableQuantity(line) : 0,
  };
}

/** The mutation shows its result at once, before the server answers; Convex rolls the change back if the server refuses it. */
function useSetPicked(businessAccountId: Business["businessAccountId"]) {
  return useMutation(api.orders.picking.pickStatus.setPicked).withOptimisticUpdate(
    (store, { lineIds, isPicked }) => {
      const changedIds = new Set<string>(lineIds);
      const updated = (lines: OrderLine[]) =>
        lines.map((line) => (changedIds.has(line.lineId) ? withPickStatus(line, isPicked) : line));
      for (const { args, value } of store.getAllQueries(api.orders.detail.get)) {
        if (args.businessAccountId !== businessAccountId || !value) continue;
        store.setQuery(api.orders.detail.get, args, { ...value, lines: updated(value.lines) });
      }
      for (const { args, value } of store.getAllQueries(api.orders.picking.pickList.get)) {
        if (args.businessAccountId !== businessAccountId || !value) continue;
        const orders = value.orders.map((order) => ({ ...order, lines: updated(order.lines) }));
        store.setQuery(api.orders.picking.pickList.get, args, { ...value, orders });
      }
    },
  );
}

/** Marks lines picked, on the order's panel and on the pick list alike. */
export function usePicking(): Picking {
  const { businessAccountId, role } = useBusiness();
  const mutate = useSetPicked(businessAccountId);
  const task = useAsyncTask((lineIds: LineId[], isPicked: boolean) =>
    mutate({ businessAccountId, lineIds, isPicked }),
  );
  return {
    setPicked: isPermitted(role, "orders.picking.pickStatus.setPicked") ? task.run : undefined,
    failure: task.errorMessage,
  };
}
