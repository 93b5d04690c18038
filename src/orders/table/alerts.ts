/** Alerts for new orders, by sound and by desktop notification, for people who are not looking at the page. */
import { playTones, type Tone } from "../../ui/tones";
import type { OrderRow } from "../types";
import { tableText } from "./tableText";

/** Two short tones, a rising fourth (about E5 and A5). */
const TONES: readonly Tone[] = [
  { frequencyHz: 660, startSeconds: 0 },
  { frequencyHz: 880, startSeconds: 0.14 },
];

/** Announces new orders. As silent as `playTones` before the first click. */
export function playChime(): void {
  playTones(TONES);
}

/** Asks for permission to show desktop notifications. Resolves to whether it was granted. */
export async function requestDesktopNotifications(): Promise<boolean> {
  // The API does not exist on pages without HTTPS and in some mobile browsers.
  if (!("Notification" in window)) return false;
  return (await Notification.requestPermission()) === "granted";
}

/** Shows one notification for all `orders`. It names no buyer, because it may appear on a locked screen. */
export function showDesktopNotification(
  orders: readonly OrderRow[],
  onOpen: (orderNumber: number) => void,
): void {
  const [first] = orders;
  if (!first || !("Notification" in window) || Notification.permission !== "granted") return;
  const title =
    orders.length === 1 ? tableText.newOrder(first.orderNumber) : tableText.newOrders(orders.length);
  const pieces = orders.reduce((sum, { pieceCount }) => sum + pieceCount, 0);
  try {
    const notification = new Notification(title, {
      body: tableText.toPack(pieces),
      tag: String(first.orderNumber),
    });
    notification.onclick = () => {
      window.focus();
      onOpen(first.orderNumber);
      notification.close();
    };
  } catch {
    // Chrome on Android grants the permission but throws here; the count in the page's title still shows the orders.
  }
}
