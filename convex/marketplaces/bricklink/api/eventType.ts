/** What kinds of events BrickLink notifies of. Apart from the payloads, which mutations and the schema do not need. */
import { v, type Infer } from "convex/values";

/** BrickLink's three event types (API manual, "Push notification"). */
export const eventTypeValidator = v.union(v.literal("Order"), v.literal("Message"), v.literal("Feedback"));
export type EventType = Infer<typeof eventTypeValidator>;
