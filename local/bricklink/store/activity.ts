/**
 * Simulated activity of a demo store: buyers order, add to orders, pay, cancel, write and rate; the seller packs and ships. The
 * numbers of open and of unfiled orders are bounded, so that a demo can run for weeks.
 */
import type { Random } from "../random";
import { makeFeedback, makeMessage } from "./buyers";
import { feedbackAbout } from "./feedback";
import type { Order } from "./model";
import type { Store } from "./store";

/** At this number of open orders the seller processes orders more often than buyers place them. Chosen: one screen. */
const OPEN_MAX = 30;

/** How many completed and cancelled orders stay unfiled. BrickLink itself removes orders after some six months. */
const CLOSED_MAX = 300;

const nextOfStatus: Record<string, string> = { PAID: "PACKED", PACKED: "SHIPPED", SHIPPED: "COMPLETED" };

function unfiledOrders(store: Store, ...statuses: string[]): Order[] {
  return [...store.model.orders.values()].filter(
    (order) => !order.isFiled && statuses.includes(order.status),
  );
}

function payOrder(store: Store, random: Random): boolean {
  const unpaid = unfiledOrders(store, "PENDING", "UPDATED");
  if (unpaid.length === 0) return false;
  store.pay(random.pick(unpaid).id);
  return true;
}

function addToOrder(store: Store, random: Random): boolean {
  const pending = unfiledOrders(store, "PENDING");
  if (pending.length === 0) return false;
  store.addBatch(random.pick(pending).id);
  return true;
}

/** Moves the oldest paid order to its next status. BrickLink does not notify sellers of their own changes. */
function processOldestOrder(store: Store): boolean {
  const [oldest] = unfiledOrders(store, "PACKED", "PAID", "SHIPPED");
  const next = oldest && nextOfStatus[oldest.status];
  if (!oldest || next === undefined) return false;
  // The buyer sets "COMPLETED", and BrickLink does notify the seller of a buyer's change.
  store.setStatus(oldest.id, next, { notify: next === "COMPLETED" });
  return true;
}

function cancelOrder(store: Store, random: Random): boolean {
  const pending = unfiledOrders(store, "PENDING");
  if (pending.length === 0) return false;
  store.setStatus(random.pick(pending).id, "CANCELLED", { notify: true, restock: true });
  return true;
}

function writeMessage(store: Store, random: Random): boolean {
  const open = unfiledOrders(store, "PAID", "PACKED", "SHIPPED");
  if (open.length === 0) return false;
  store.sendMessage(random.pick(open).id, makeMessage(random));
  return true;
}

/** The buyer of a completed order rates the seller (help 1138: feedback is possible once an order is completed). */
function leaveFeedback(store: Store, random: Random): boolean {
  const unrated = unfiledOrders(store, "COMPLETED").filter((order) => !feedbackAbout(order, "seller"));
  if (unrated.length === 0) return false;
  store.leaveFeedback(random.pick(unrated).id, makeFeedback(random), false);
  return true;
}

function fileOldOrders(store: Store): void {
  const closed = unfiledOrders(store, "COMPLETED", "CANCELLED");
  for (const order of closed.slice(0, Math.max(0, closed.length - CLOSED_MAX))) store.file(order.id);
}

/** Performs one random event in the store; places an order when no other event applies. */
export function simulateActivity(store: Store, random: Random): void {
  fileOldOrders(store);
  const open = unfiledOrders(store, "PENDING", "UPDATED", "PAID", "PACKED").length;
  // The shares are chosen so that the number of open orders stays steady below OPEN_MAX.
  const roll = random.next();
  if (roll < 0.2 && payOrder(store, random)) return;
  if (roll < 0.27 && addToOrder(store, random)) return;
  if (roll > 0.97 && writeMessage(store, random)) return;
  if (roll > 0.94 && leaveFeedback(store, random)) return;
  if ((roll < 0.45 || open >= OPEN_MAX) && processOldestOrder(store)) return;
  if (roll < 0.48 && cancelOrder(store, random)) return;
  store.placeOrder();
}
