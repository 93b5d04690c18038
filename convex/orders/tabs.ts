/**
 * Where an order stands in the store's work. Marketplaces have statuses of their own; their adapters map each to one of
 * these tabs, and everything about stock follows from the tab.
 */
import { v, type Infer } from "convex/values";
import type { Phase } from "../inventory/reservation";

/** The tab under which staff find an order. problem: open, but a person has to look at it. */
export const tabValidator = v.union(
  v.literal("toPack"),
  v.literal("problem"),
  v.literal("shipped"),
  v.literal("cancelled"),
);
export type Tab = Infer<typeof tabValidator>;

const phases: Record<Tab, Phase> = {
  toPack: "open",
  problem: "open",
  shipped: "shipped",
  cancelled: "cancelled",
};

export function phaseOf(tab: Tab): Phase {
  return phases[tab];
}

export function isOpenTab(tab: Tab): boolean {
  return phases[tab] === "open";
}

/** The tabs of open orders, whose goods are promised. */
export const openTabs = ["toPack", "problem"] as const satisfies readonly Tab[];
