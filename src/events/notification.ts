import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

/** A notification from BrickLink as the list shows it. */
export type Notification = FunctionReturnType<
  typeof api.marketplaces.bricklink.queue.log.list
>["page"][number];

/** A notification with the ledger movements of its order. */
export type Timeline = NonNullable<FunctionReturnType<typeof api.marketplaces.bricklink.queue.log.timeline>>;

/** Where staff read messages and feedback whose order is not known here, which notifications do not contain. */
export const MY_BRICKLINK_URL = "https://www.bricklink.com/my.asp";
