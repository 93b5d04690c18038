/** What the server returns about orders. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

export type OrderRow = FunctionReturnType<typeof api.orders.table.list>["page"][number];
export type OrderCounts = FunctionReturnType<typeof api.orders.counts.get>;
export type OrderDetail = NonNullable<FunctionReturnType<typeof api.orders.detail.get>>;
export type OrderLine = OrderDetail["lines"][number];
