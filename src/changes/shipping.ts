/** What people enter about a parcel, and the change that it makes. */
import type { OrderDetail } from "../orders/types";
import type { Change, Write } from "./types";

export type ShippingValues = {
  trackingNumber: string;
  trackingLink: string;
  /** Of the viewer's calendar, YYYY-MM-DD; empty for none. */
  date: string;
  /** Of a method of the store; null for the one that the order has, which may be none of them. */
  methodId: number | null;
};

/** What is decided about a parcel: at BrickLink, or on its way there. */
export type DecidedShipping = Pick<
  OrderDetail,
  "trackingNumber" | "trackingLink" | "shippedAt" | "shippingMethod" | "shippingMethodId"
>;

/** Within so long what was sent has come back with the order. */
const READ_BACK_WITHIN_MS = 60_000;

/**
 * What is decided about an order's parcel, at BrickLink or on its way there: a form that began without what is on its way would keep,
 * unseen, each of its fields that is not entered again. `now`: milliseconds UTC.
 */
export function decidedShipping(
  order: DecidedShipping,
  writes: readonly Write[],
  now: number,
): DecidedShipping {
  const onItsWay = writes.find(
    ({ change, status, closedAt }) =>
      change.kind === "shipping" &&
      (["waiting", "sending"].includes(status) ||
        (status === "sent" && now - (closedAt ?? 0) < READ_BACK_WITHIN_MS)),
  );
  if (onItsWay?.change.kind !== "shipping") return order;
  const { trackingNumber, trackingLink, shippedAt, methodId } = onItsWay.change;
  return {
    trackingNumber: trackingNumber ?? order.trackingNumber,
    trackingLink: trackingLink ?? order.trackingLink,
    shippedAt: shippedAt ?? order.shippedAt,
    shippingMethod: order.shippingMethod,
    shippingMethodId: methodId ?? order.shippingMethodId,
  };
}

/** A day of the viewer's calendar as a date field has it. `at`: milliseconds since the epoch, UTC. */
function dateOf(at: number): string {
  const date = new Date(at);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/** What is decided, with today as the date where none is. */
export function shippingValues(
  { trackingNumber, trackingLink, shippedAt }: DecidedShipping,
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
  return text.trim() === "" || (URL.canParse(text.trim()) && /^https?:\/\/\S+$/i.test(text.trim()));
}

/** The change from what is decided to what was entered; null when that is the same. */
export function shippingChange(values: ShippingValues, decided: DecidedShipping): Change | null {
  const { methodId } = values;
  const trackingNumber = values.trackingNumber.trim();
  const trackingLink = values.trackingLink.trim();
  // Noon of the viewer's day, so that it is the same day in most of the world.
  const shippedAt = values.date === "" ? undefined : new Date(`${values.date}T12:00:00`).getTime();
  const isSameDay = decided.shippedAt !== null && dateOf(decided.shippedAt) === values.date;
  const change = {
    kind: "shipping" as const,
    ...(trackingNumber !== (decided.trackingNumber ?? "") && { trackingNumber }),
    ...(trackingLink !== (decided.trackingLink ?? "") && { trackingLink }),
    ...(shippedAt !== undefined && !isSameDay && { shippedAt }),
    ...(methodId !== null && methodId !== decided.shippingMethodId && { methodId }),
  };
  return Object.keys(change).length === 1 ? null : change;
}
