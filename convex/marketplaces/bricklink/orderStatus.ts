/**
 * What each BrickLink order status means here. One row a status; everything else asks this table.
 * Sources: help = BrickLink help page 41; live = seen in answers or parsed by a mature client, undocumented.
 */
import { v, type Infer } from "convex/values";
import type { Phase } from "../../inventory/reservation";

/** Where staff look for an order. */
export const tabValidator = v.union(
  v.literal("toPack"),
  v.literal("problem"),
  v.literal("shipped"),
  v.literal("cancelled"),
);
export type Tab = Infer<typeof tabValidator>;

type Meaning = { phase: Phase; tab: Tab; source: "help" | "live" };

const meanings: Record<string, Meaning> = {
  PENDING: { phase: "open", tab: "toPack", source: "help" },
  UPDATED: { phase: "open", tab: "toPack", source: "help" },
  PROCESSING: { phase: "open", tab: "toPack", source: "help" },
  READY: { phase: "open", tab: "toPack", source: "help" },
  PAID: { phase: "open", tab: "toPack", source: "help" },
  "PAID-PENDING": { phase: "open", tab: "toPack", source: "live" },
  PACKED: { phase: "open", tab: "toPack", source: "help" },
  SHIPPED: { phase: "shipped", tab: "shipped", source: "help" },
  RECEIVED: { phase: "shipped", tab: "shipped", source: "help" },
  COMPLETED: { phase: "shipped", tab: "shipped", source: "help" },
  // Problems keep their goods: a request or an alert may be withdrawn, which returns the order to PENDING.
  OCR: { phase: "open", tab: "problem", source: "help" },
  NPB: { phase: "open", tab: "problem", source: "help" },
  NPX: { phase: "open", tab: "problem", source: "help" },
  NRS: { phase: "open", tab: "problem", source: "help" },
  NSS: { phase: "open", tab: "problem", source: "help" },
  CANCELLED: { phase: "cancelled", tab: "cancelled", source: "help" },
  PURGED: { phase: "cancelled", tab: "cancelled", source: "help" },
};

/** A status BrickLink has not told us of: goods stay promised, and a person looks. */
const unknownMeaning: Meaning = { phase: "open", tab: "problem", source: "live" };

function meaningOf(status: string): Meaning {
  return Object.hasOwn(meanings, status) ? (meanings[status] ?? unknownMeaning) : unknownMeaning;
}

/** The tabs of orders whose goods are promised. */
export const openTabs = ["toPack", "problem"] as const satisfies readonly Tab[];

export function phaseOf(status: string): Phase {
  return meaningOf(status).phase;
}

export function tabOf(status: string): Tab {
  return meaningOf(status).tab;
}

/** A purged order has no items left on BrickLink (help 41): asking for them fails, and ours must stay. */
export function hasItems(status: string): boolean {
  return status !== "PURGED";
}

export const knownStatuses: readonly string[] = Object.keys(meanings);

/** Orders that were over before the store was connected are its past, not its work. */
export function isOverSince(order: { status: string; orderedAt: number }, connectedAt: number): boolean {
  return phaseOf(order.status) !== "open" && order.orderedAt < connectedAt;
}
