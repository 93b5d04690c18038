/** The boundary for notifications: what a callback or BrickLink's list of them says, as our type. */
import { z } from "zod";
import type { EventType } from "./eventType";
import { identifier } from "./fields";

/** What BrickLink notifies a store of. `occurredAt`: milliseconds UTC, by BrickLink's clock. */
export type NotificationEvent = { eventType: EventType; resourceId: number; occurredAt: number };

/** A notification whose `resource_id` is read as `resourceId`. The time must name its zone: ISO 8601 without one is local. */
function notification(resourceId: z.ZodType<number>): z.ZodType<NotificationEvent> {
  return z
    .object({
      event_type: z.enum(["Order", "Message", "Feedback"]),
      resource_id: resourceId,
      timestamp: z.iso.datetime({ offset: true }),
    })
    .transform(({ event_type, resource_id, timestamp }) => ({
      eventType: event_type,
      resourceId: resource_id,
      occurredAt: Date.parse(timestamp),
    }));
}

/** One push notification, as a callback has it. */
export const notificationEvent = notification(z.number().int().positive());

/** One unread notification, read as leniently as every other id: BrickLink sends it once, so nothing of it may be dropped. */
export const unreadNotification = notification(identifier);
