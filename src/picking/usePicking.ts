import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useBusiness, type Business } from "../account/business";
import type { OrderLine } from "../orders/types";
import { useTask, type Task } from "../ui/useTask";

type LineId = OrderLine["lineId"];
type Reason = "missing" | "damaged";

export type Picking = {
  /** Undefined for those who may only look. */
  tick: ((lineIds: LineId[], isPicked: boolean) => void) | undefined;
  report: Task<[LineId, number, Reason]>;
  undoReport: Task<[LineId, number]>;
  failure: string | null;
};

function ticked(line: OrderLine, isPicked: boolean): OrderLine {
  const pickable = line.matchedBy === "unmatched" ? line.quantity : line.quantity - line.shortQuantity;
  return { ...line, pickStatus: isPicked ? "picked" : "unpicked", pickedQuantity: isPicked ? pickable : 0 };
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
  const reportLoss = useMutation(api.orders.picking.report);
  const takeBack = useMutation(api.orders.picking.undoReport);
  const report = useTask((lineId: LineId, quantity: number, reason: Reason) =>
    reportLoss({ businessAccountId, lineId, quantity, reason }),
  );
  const undoReport = useTask((lineId: LineId, quantity: number) =>
    takeBack({ businessAccountId, lineId, quantity }),
  );
  return {
    tick: role === "viewer" ? undefined : tick.run,
    report,
    undoReport,
    failure: tick.failure ?? report.failure ?? undoReport.failure,
  };
}
