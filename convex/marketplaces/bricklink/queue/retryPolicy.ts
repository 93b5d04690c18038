/** When a failed notification is tried again, and when its failure is final. Decided on plain values. */
import { RETRY_AFTER_MAX_MS, type FailureCode } from "../api/failure";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Delays before the second, third, … attempt, each 3 to 5 times the one before: short for a failure of seconds, and 8 h 42 min
 * in all, longer than a night of maintenance. After the last, a failure is final.
 */
export const RETRY_DELAYS_MS: readonly number[] = [
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
];

/** The first attempt and one after each delay. */
export const ATTEMPTS_MAX = RETRY_DELAYS_MS.length + 1;

/** An order that BrickLink does not have or show is asked for twice, in case BrickLink is not consistent yet. */
const RETRY_ONCE_ATTEMPTS_MAX = 2;

/** Share of a delay that is added at random, so that a store's failures are not all retried at the same moment. */
const JITTER = 0.25;

type Retryability = "retry" | "retryOnce";

const retryability: Record<FailureCode, Retryability> = {
  unreachable: "retry",
  timeout: "retry",
  unavailable: "retry",
  rateLimited: "retry",
  unrecognized: "retry",
  malformed: "retry",
  // BrickLink answers 401 in waves during maintenance (BrickSync FAQ), so that one 401 does not prove wrong keys.
  auth: "retry",
  authAddress: "retry",
  authClock: "retry",
  forbidden: "retryOnce",
  notFound: "retryOnce",
  rejected: "retryOnce",
  internal: "retry",
};

export function retryabilityOf(code: FailureCode): Retryability {
  return retryability[code];
}

/**
 * The delay in milliseconds after attempt number `attempt` (1 is the first) failed; undefined when that was the last.
 * `random`: in [0, 1). `retryAfterMs`: what the server asked for, which counts when it is longer than our own delay.
 */
export function nextAttemptDelayMs(
  attempt: number,
  retryable: Retryability,
  random: number,
  retryAfterMs = 0,
): number | undefined {
  if (retryable === "retryOnce" && attempt >= RETRY_ONCE_ATTEMPTS_MAX) return undefined;
  const delay = RETRY_DELAYS_MS[attempt - 1];
  if (delay === undefined) return undefined;
  return Math.round(Math.max(delay * (1 + JITTER * random), Math.min(retryAfterMs, RETRY_AFTER_MAX_MS)));
}
