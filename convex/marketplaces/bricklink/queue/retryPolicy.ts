/** When a failed notification is tried again, and when its failure is final. Decided on plain values. */
import { RETRY_AFTER_MAX_MS, type FailureCode } from "../api/failure";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Delays before the second, third, … attempt, each 3 to 5 times the one before: short for a failure of seconds, and 8 h 42 min
 * in all, longer than a night of maintenance. After the last, a failure of the order's own is final.
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

/**
 * retryUntilOld: a failure of the store's connection. Its attempts are not counted, since they are also made whenever calls seem to
 * work again; it is final when only this order has failed for as long as all delays take.
 */
type Retryability = "retry" | "retryOnce" | "retryUntilOld";

const retryability: Record<FailureCode, Retryability> = {
  unreachable: "retryUntilOld",
  timeout: "retryUntilOld",
  unavailable: "retryUntilOld",
  rateLimited: "retryUntilOld",
  unrecognized: "retryUntilOld",
  malformed: "retry",
  // BrickLink answers 401 in waves during maintenance (BrickSync FAQ), so that one 401 does not prove wrong keys.
  auth: "retryUntilOld",
  authAddress: "retryUntilOld",
  authClock: "retryUntilOld",
  forbidden: "retryOnce",
  notFound: "retryOnce",
  rejected: "retryOnce",
  // The order's own fetch may take as long as any.
  orderMissing: "retry",
  internal: "retry",
};

export function retryabilityOf(code: FailureCode): Retryability {
  return retryability[code];
}

const LONGEST_DELAY_MS = Math.max(...RETRY_DELAYS_MS);
const FAILING_MAX_MS = RETRY_DELAYS_MS.reduce((sum, delay) => sum + delay, 0);

/** What is known of a failed attempt. */
export type FailedAttempt = {
  /** 1 is the first. */
  attempt: number;
  retryable: Retryability;
  /** How long the attempts have failed, in milliseconds. */
  failingForMs: number;
  /** Whether the store's circuit breaker has opened, so that no failure says anything about the order. */
  isOutage: boolean;
  /** What the server asked for, which counts when it is longer than our own delay. */
  retryAfterMs?: number | undefined;
};

function isFinal({ attempt, retryable, failingForMs, isOutage }: FailedAttempt): boolean {
  switch (retryable) {
    case "retryOnce":
      return attempt >= RETRY_ONCE_ATTEMPTS_MAX;
    case "retry":
      return attempt >= ATTEMPTS_MAX;
    case "retryUntilOld":
      return !isOutage && failingForMs >= FAILING_MAX_MS;
  }
}

/** The delay in milliseconds until the next attempt; undefined when the failure is final. `random`: in [0, 1). */
export function nextAttemptDelayMs(failed: FailedAttempt, random: number): number | undefined {
  if (isFinal(failed)) return undefined;
  const delay = RETRY_DELAYS_MS[failed.attempt - 1] ?? LONGEST_DELAY_MS;
  const asked = Math.min(failed.retryAfterMs ?? 0, RETRY_AFTER_MAX_MS);
  return Math.round(Math.max(delay * (1 + JITTER * random), asked));
}
