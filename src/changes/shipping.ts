/** What people enter about a parcel, and the change that it makes. */
import type { OrderDetail } from "../orders/types";
import type { Change } from "./types";

export type ShippingValues = {
  trackingNumber: string;
  trackingLink: string;
  /** Of the viewer's calendar, YYYY-MM-DD; empty for none. */
  date: string;
  /** Of a method of the store; null for the one that the order has, which may be none of them. */
  methodId: number | null;
};

type Shipped = Pick<OrderDetail, "trackingNumber" | "trackingLink" | "shippedAt" | "shippingMethodId">;

/** A day of the viewer's calendar as a date field has it. `at`: milliseconds since the epoch, UTC. */
function dateOf(at: number): string {
  const date = new Date(at);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/** What an order has, with today as the date where it has none. */
export function shippingValues(
  { trackingNumber, trackingLink, shippedAt }: Shipped,
  now: number,
): ShippingValues {
  return {
    trackingNumber: trackingNumber ?? "",
    trackingLink: trackingLink ?? "",
    date: dateOf(shippedAt ?? now),
    methodId: null,
  };
}

/** Whether a text can be opened as a link. An empty one is none, which is fine too. */
export function isLinkOrEmpty(text: string): boolean {
  return text.trim() === "" || (URL.canParse(text.trim()) && /^https?:/i.test(text.trim()));
}

/** The change from what an order has to what was entered; null when that is the same. */
export function shippingChange(values: ShippingValues, order: Shipped): Change | null {
  const { methodId } = values;
  const trackingNumber = values.trackingNumber.trim();
  const trackingLink = values.trackingLink.trim();
  // Noon of the viewer's day, so that it is the same day in most of the world.
  const shippedAt = values.date === "" ? undefined : new Date(`${values.date}T12:00:00`).getTime();
  const isSameDay = order.shippedAt !== null && dateOf(order.shippedAt) === values.date;
  const change = {
    kind: "shipping" as const,
    ...(trackingNumber !== (order.trackingNumber ?? "") && { trackingNumber }),
    ...(trackingLink !== (order.trackingLink ?? "") && { trackingLink }),
    ...(shippedAt !== undefined && !isSameDay && { shippedAt }),
    ...(methodId !== null && methodId !== order.shippingMethodId && { methodId }),
  };
  return Object.keys(change).length === 1 ? null : change;
}
