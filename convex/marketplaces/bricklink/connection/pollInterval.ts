/** How often a store's unread notifications are read, decided on plain values. */
import type { Doc } from "../../../_generated/dataModel";
import { isRecent } from "../../../lib/timeGates";

/** How often the cron runs, and the shortest interval: 480 of a day's 5,000 calls. */
export const POLL_INTERVAL_MINUTES = 3;

/** The intervals that an owner can choose, all multiples of the cron's. Each poll is one of the day's calls. */
export const POLL_INTERVALS_MINUTES: readonly number[] = [3, 6, 15, 30, 60];

export function pollIntervalOf({ pollIntervalMinutes }: Doc<"marketplaceCredentials">): number {
  return pollIntervalMinutes ?? POLL_INTERVAL_MINUTES;
}

/**
 * Whether a store is to be polled in this run of the cron: when more than its interval minus one cron interval has passed
 * since the last poll. Times in milliseconds UTC.
 */
export function isPollDue(intervalMinutes: number, lastPolledAt: number | undefined, now: number): boolean {
  return !isRecent(lastPolledAt, now, (intervalMinutes - POLL_INTERVAL_MINUTES) * 60_000);
}
