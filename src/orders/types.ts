/** What the server returns about orders. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

export type OrderRow = FunctionReturnType<typeof api.orders.table.list>["page"][number];
export type OrderCounts = FunctionReturnType<typeof api.orders.counts.get>;
type StoredOrder = NonNullable<FunctionReturnType<typeof api.orders.detail.get>>;
export type OrderDetail = Omit<StoredOrder, "lines"> & { lines: OrderLine[] };
/** `isPending`: the line has a tick that the server has not confirmed; see src/picking/pendingTicks.ts. */
export type OrderLine = StoredOrder["lines"][number] & { isPending?: boolean };

/** How many orders of a stage have a status. */
export type StatusCount = { status: string; count: number };
