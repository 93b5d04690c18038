/** Where a device keeps ticks; apart from pendingTicks.ts, so that the first route's script need not have the rest. */

export const TICKS_KEY = "picking.pendingTicks";

/** Whether an earlier visit left ticks on the device. */
export function hasStoredTicks(): boolean {
  try {
    return (localStorage.getItem(TICKS_KEY) ?? "[]") !== "[]";
  } catch {
    // A browser that refuses storage has none.
    return false;
  }
}
