/** Whether an order still has goods to pick. `tab`: as the server has it; see convex/orders/tabs.ts. */
export function isOpenTab(tab: string): boolean {
  return tab === "toPack" || tab === "problem";
}
