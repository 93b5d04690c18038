import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useBusiness, type Business } from "../account/business";
import type { OrderLine } from "../orders/types";
import { useTask } from "../ui/useTask";
import { pickableQuantity } from "./pickable";

type LineId = OrderLine["lineId"];

export type Picking = {
  /** Undefined for those who may only look. */
  tick: ((lineIds: LineId[], isPicked: boolean) => void) | undefined;
  failure: string | null;
};

function ticked(line: OrderLine, isPicked: boolean): OrderLine {
  return {
    ...line,
    pickStatus: isPicked ? "picked" : "unpicked",
    pickedQuantity: isPicked ? pickableQuantity(line) : 0,
  };
}

/** Ticks show at once; the server's word follows, and a refusal takes them back. */
function useTick(businessAccountId: Business["businessAccountId"]) {
  return useMutation(api.orders.picking.setPicked).withOptimisticUpdate((store, { lineIds, isPicked }) => {
    const wanted = new Set<string>(lineIds);
    const after = (lines: OrderLine[]) =>
      lines.map((line) => (wanted.has(line.lineId) ? ticked(line, isPicked) : line));
    for (const { args, value } of store.getAllQueries(api.orders.detail.get)) {
      if (args.businessAccountId !== businessAccountId || !value) continue;
      store.setQuery(api.orders.detail.get, args, { ...value, lines: after(value.lines) });
    }
    for (const { args, value } of store.getAllQueries(api.orders.picking.list)) {
      if (args.businessAccountId !== businessAccountId || !value) continue;
      const orders = value.map((order) => ({ ...order, lines: after(order.lines) }));
      store.setQuery(api.orders.picking.list, args, orders);
    }
  });
}

/** What a packer does to lines. */
export function usePicking(): Picking {
  const { businessAccountId, role } = useBusiness();
  const setPicked = useTick(businessAccountId);
  const tick = useTask((lineIds: LineId[], isPicked: boolean) =>
    setPicked({ businessAccountId, lineIds, isPicked }),
  );
  return { tick: role === "viewer" ? undefined : tick.run, failure: tick.failure };
}
