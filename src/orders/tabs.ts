/** The tabs of the orders table, by their names in the URL and in the order shown. */
export const tabs = ["toPack", "problem", "shipped", "cancelled", "all"] as const;

export type Tab = (typeof tabs)[number];

/** Whether the orders of a tab still have goods to pick. As the server has it; see convex/orders/stages.ts. */
export function isOpenTab(tab: Tab): boolean {
  return tab === "toPack" || tab === "problem";
}
