/**
 * The demo store's past. Its first orders come in as all others do; then each is moved back in time with everything that came of it, in the
 * simulated BrickLink and in the store, so that the demo looks as if it had been in use for a week. Only the demo's creation calls this.
 */
import type { JSONValue } from "convex/values";
import type { WantedLine } from "./bricklink/store/model";
import type { Store } from "./bricklink/store/store";
import type { Deployment } from "./host/deployment";
import { newestDocuments } from "./host/store/exportImport";
import type { Store as HostStore } from "./host/store/store";

const HOUR_MS = 60 * 60_000;

/** How long the store has been in use, longer than its oldest order is old. */
const STORE_AGE_MS = 8 * 24 * HOUR_MS;

/** One order of the past: when it was placed, and its status now. */
type PastOrder = { hoursAgo: number; status: string };

/** Few, because each is fetched as any other order is, and the first start waits for that. */
export const closedOrders: readonly PastOrder[] = [
  ...[165, 158, 142, 137, 118, 113, 94, 88, 71, 66].map((hoursAgo) => ({ hoursAgo, status: "COMPLETED" })),
  { hoursAgo: 109, status: "CANCELLED" },
  ...[52, 45, 33].map((hoursAgo) => ({ hoursAgo, status: "SHIPPED" })),
];

/** Young enough that nobody has to hurry, and one at least for every tab of the dashboard. */
export const openOrders: readonly PastOrder[] = [
  { hoursAgo: 29, status: "NPB" },
  { hoursAgo: 26, status: "PACKED" },
  { hoursAgo: 21, status: "PAID" },
  { hoursAgo: 15, status: "PAID" },
  { hoursAgo: 9, status: "READY" },
  { hoursAgo: 5, status: "PENDING" },
  { hoursAgo: 2, status: "PENDING" },
];

/** Lots that are left to other orders, from the first. */
const LOTS_KEPT = 3;

/**
 * Lines for each of `count` orders, from lots that no other of them has: a lot's ledger is listed in the order in which it was written,
 * which is that of the moved times only while one order moves it.
 */
export function linesOfPast(store: Store, count: number): WantedLine[][] {
  const lots = [...store.model.lots.values()].filter(
    ({ quantity, stockRoom }) => quantity > 6 && stockRoom === null,
  );
  const free = lots.slice(LOTS_KEPT);
  return Array.from({ length: count }, (_, order) =>
    free
      .splice(0, 2 + (order % 4))
      .map(({ inventoryId }, line) => ({ inventoryId, quantity: 1 + ((order + line) % 5) })),
  );
}

/** `hoursAgo` by order number. `placedUntil`: what happened from then on was no part of placing the orders; milliseconds UTC. */
export type Past = { hoursAgo: ReadonlyMap<number, number>; placedUntil: number };

/** How an order's times move: its placing by its whole age, what followed by half of it. */
function moverOf({ hoursAgo, placedUntil }: Past, orderNumber: number): ((at: number) => number) | null {
  const hours = hoursAgo.get(orderNumber);
  if (hours === undefined) return null;
  return (at) => at - (at < placedUntil ? 1 : 0.5) * hours * HOUR_MS;
}

/** The value with each of its times moved: the numbers of fields that are named `at`, `…At` or `…Since`. */
function moved(value: JSONValue, move: (at: number) => number): JSONValue {
  if (Array.isArray(value)) return value.map((entry) => moved(entry, move));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const isTime = name === "at" || name.endsWith("At") || name.endsWith("Since");
      return [name, isTime && typeof field === "number" ? move(field) : moved(field ?? null, move)];
    }),
  );
}

/** Moves the orders in the simulated BrickLink. */
export function moveBricklink(store: Store, past: Past): void {
  for (const id of past.hoursAgo.keys()) {
    const move = moverOf(past, id);
    if (move === null) continue;
    store.model.change(id, (order) => ({
      ...order,
      orderedAt: move(order.orderedAt),
      statusChangedAt: move(order.statusChangedAt),
      paidAt: order.paidAt === null ? null : move(order.paidAt),
    }));
  }
  store.save();
}

/** Tables whose rows are as old as the store, unless they are about one of its orders. */
const tablesOfStore = [
  "businessAccounts",
  "members",
  "auditLog",
  "marketplaceCredentials",
  "inventoryItems",
  "inventoryImports",
  "inventoryLedger",
];

/** Tables whose rows are about an order, by the field with its number. */
const tablesOfOrders = {
  bricklinkOrders: "orderNumber",
  bricklinkNotifications: "resourceId",
  inventoryLedger: "orderNumber",
} as const;

/** One of so many callbacks of the past was lost, and its event found by the poll. */
const LOST_CALLBACKS = 12;
const POLLED_AFTER_MS = 80_000;

type Row = { _id: string; [field: string]: JSONValue };

function rowsOf(store: HostStore, table: string): Row[] {
  return [...newestDocuments(store, table, Number.MAX_SAFE_INTEGER)].map((line) => JSON.parse(line) as Row);
}

/** Moves what the store has of the orders, and the store itself, in one transaction. Lines keep their times, which nobody sees. */
export async function moveStore({ transact }: Deployment, store: HostStore, past: Past): Promise<void> {
  await transact((transaction) => {
    const patch = ({ _id, _creationTime: _time, ...fields }: Row, move: (at: number) => number) =>
      transaction.patch(_id, moved(fields, move));
    for (const [table, field] of Object.entries(tablesOfOrders)) {
      for (const row of rowsOf(store, table)) {
        const move = moverOf(past, Number(row[field]));
        if (move) patch(row, move);
      }
    }
    for (const table of tablesOfStore) {
      for (const row of rowsOf(store, table)) {
        if (row.orderNumber === undefined) patch(row, (at) => at - STORE_AGE_MS);
      }
    }
    const callbacks = rowsOf(store, "bricklinkNotifications").filter(({ resourceId }) =>
      past.hoursAgo.has(Number(resourceId)),
    );
    callbacks.forEach(({ _id }, index) => {
      if (index % LOST_CALLBACKS !== 0) return;
      const { receivedAt, processedAt } = transaction.get(_id) ?? {};
      transaction.patch(_id, {
        source: "poll",
        receivedAt: Number(receivedAt) + POLLED_AFTER_MS,
        processedAt: Number(processedAt) + POLLED_AFTER_MS,
      });
    });
  });
}
