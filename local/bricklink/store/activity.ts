/** Life in a demo store: buyers order, add and pay; the seller packs and ships what is older. Calm, and bounded. */
import type { Order } from "./model";
import type { Random } from "../random";
import type { Store } from "./store";

/** Orders kept waiting to be packed; past it the seller works faster than buyers order. */
const OPEN_MAX = 30;

/** BrickLink wipes orders after some six months; the demo keeps this many closed ones in sight. */
const UNFILED_MAX = 300;

const nextOfStatus: Record<string, string> = { PAID: "PACKED", PACKED: "SHIPPED", SHIPPED: "COMPLETED" };

function ofStatus(store: Store, ...statuses: string[]): Order[] {
  return [...store.model.orders.values()].filter(
    (order) => !order.isFiled && statuses.includes(order.status),
  );
}

function pay(store: Store, random: Random): boolean {
  const unpaid = ofStatus(store, "PENDING", "UPDATED");
  if (unpaid.length === 0) return false;
  store.pay(random.pick(unpaid).id);
  return true;
}

function addTo(store: Store, random: Random): boolean {
  const pending = ofStatus(store, "PENDING");
  if (pending.length === 0) return false;
  store.addBatch(random.pick(pending).id);
  return true;
}

/** The seller moves the oldest paid order on. BrickLink does not notify a seller of their own changes. */
function progress(store: Store): boolean {
  const [oldest] = ofStatus(store, "PACKED", "PAID", "SHIPPED");
  const next = oldest && nextOfStatus[oldest.status];
  if (!oldest || next === undefined) return false;
  // "COMPLETED" is what the buyer says, and buyers' changes are notified.
  store.setStatus(oldest.id, next, { notify: next === "COMPLETED" });
  return true;
}

function cancel(store: Store, random: Random): boolean {
  const pending = ofStatus(store, "PENDING");
  if (pending.length === 0) return false;
  store.setStatus(random.pick(pending).id, "CANCELLED", { notify: true, restock: true });
  return true;
}

function fileOld(store: Store): void {
  const closed = ofStatus(store, "COMPLETED", "CANCELLED");
  for (const order of closed.slice(0, Math.max(0, closed.length - UNFILED_MAX))) store.file(order.id);
}

/** One thing happens in the store. */
export function liveOn(store: Store, random: Random): void {
  fileOld(store);
  const open = ofStatus(store, "PENDING", "UPDATED", "PAID", "PACKED").length;
  const roll = random.next();
  if (roll < 0.2 && pay(store, random)) return;
  if (roll < 0.27 && addTo(store, random)) return;
  if ((roll < 0.45 || open >= OPEN_MAX) && progress(store)) return;
  if (roll < 0.48 && cancel(store, random)) return;
  store.placeOrder();
}
