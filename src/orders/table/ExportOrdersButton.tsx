import { useConvex } from "convex/react";
import { useBusiness } from "../../account/business";
import { ExportButton } from "../../ui/ExportButton";
import type { OrdersView } from "../views/view";
import { tableText } from "./tableText";

/** Downloads all orders of the current view as CSV, including those that the table has not loaded. */
export function ExportOrdersButton({ view }: { view: OrdersView }) {
  const client = useConvex();
  const { businessAccountId } = useBusiness();
  return (
    <ExportButton
      label={tableText.exportAll}
      noun={tableText.orders}
      exportRows={async (onProgress) => {
        const [{ fetchView, VIEW_MAX }, { downloadOrders }] = await Promise.all([
          import("./fetchView"),
          import("./csv"),
        ]);
        const { orders, isMore } = await fetchView(client, businessAccountId, view, onProgress);
        downloadOrders(orders);
        return { most: isMore ? VIEW_MAX : null };
      }}
    />
  );
}
