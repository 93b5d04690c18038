import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

/** How orders reach a store, as the backend knows it. All times are milliseconds since the epoch, UTC. */
export type StoreHealth = FunctionReturnType<typeof api.marketplaces.bricklink.limits.health.strip>;

/** Events that no callback announced, where there are several in a row; null while callbacks arrive. */
export type Silence = FunctionReturnType<typeof api.marketplaces.bricklink.limits.silence.get>;

/** This page's connection to the backend. `isOnline`: whether the device has a network at all. */
export type PageConnection = { isConnected: boolean; isOnline: boolean; hasEverConnected: boolean };

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** One and a half times the longest poll interval that a store can choose, 60 minutes. */
const POLL_LATE_MS = 90 * 60_000;

/** Four times the interval of the comparison, 15 minutes. */
const COMPARISON_LATE_MS = HOUR_MS;

/** Whether BrickLink has not been asked for unread events for too long. The first time is not late: it comes by itself. */
export function isPollLate({ lastPolledAt }: StoreHealth, now: number): boolean {
  return lastPolledAt !== null && now - lastPolledAt >= POLL_LATE_MS;
}

/** Whether all orders have not been compared for too long. */
export function isComparisonLate({ lastReconciledAt }: StoreHealth, now: number): boolean {
  return lastReconciledAt !== null && now - lastReconciledAt >= COMPARISON_LATE_MS;
}

/**
 * Calls to BrickLink in the 24 hours up to the newest hour with a call, which starts at `latestHourStartedAt`; 0 once that hour is
 * a day old. The backend cannot subtract what has expired since, because a query does not know the current time.
 */
export function callsToday(
  { callsInLastDay: { count, latestHourStartedAt } }: StoreHealth,
  now: number,
): number {
  return now - latestHourStartedAt < DAY_MS ? count : 0;
}
