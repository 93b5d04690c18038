import { useConvex } from "convex/react";
import { useBusiness } from "../account/business";
import { ExportButton } from "../ui/ExportButton";
import type { OrdersView } from "./view";

/** Downloads all orders of the current view as CSV, including those that the table has not loaded. */
export function ExportOrdersButton({ view }: { view: OrdersView }) {
  const client = useConvex();
  const { businessAccountId } = useBusiness();
  return (
    <ExportButton
      label="Export what the table shows as CSV"
      noun="orders"
      exportRows={async (onProgress) => {
        const { exportOrders, EXPORT_MAX } = await import("./exportOrders");
        const { isMore } = await exportOrders(client, businessAccountId, view, onProgress);
        return { most: isMore ? EXPORT_MAX : null };
      }}
    />
  );
}
