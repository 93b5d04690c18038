import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

/** How orders reach a store, as the backend knows it. All times are milliseconds since the epoch, UTC. */
export type StoreHealth = FunctionReturnType<typeof api.marketplaces.bricklink.limits.health.strip>;

/** Events that no callback announced, where there are several in a row; null while callbacks arrive. */
export type Silence = FunctionReturnType<typeof api.marketplaces.bricklink.limits.silence.get>;

/** This page's connection to the backend. `isOnline`: whether the device has a network at all. */
export type PageConnection = { isConnected: boolean; isOnline: boolean; hasEverConnected: boolean };

const DAY_MS = 24 * 60 * 60_000;

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
