/** The table's tabs, as the address names them. */
export const tabs = ["toPack", "problem", "shipped", "cancelled", "all"] as const;

export type Tab = (typeof tabs)[number];

/** Whether orders of a tab are still to be picked. */
export function isOpenTab(tab: Tab): boolean {
  return tab === "toPack" || tab === "problem";
}
