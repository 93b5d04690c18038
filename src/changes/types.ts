/** What the server takes and returns about changes of orders at BrickLink. */
import type { FunctionArgs, FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

type Outbox = typeof api.marketplaces.bricklink.outbox;

export type Change = FunctionArgs<Outbox["requests"]["request"]>["changes"][number];
export type Requested = FunctionReturnType<Outbox["requests"]["request"]>[number];
export type OrderChanges = FunctionReturnType<Outbox["writes"]["forOrder"]>;
export type Write = OrderChanges["writes"][number];
export type SellerStatus = OrderChanges["moves"][number];
