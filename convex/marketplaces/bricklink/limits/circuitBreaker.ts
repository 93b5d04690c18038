/**
 * The circuit breaker of a store. When BrickLink fails call after call, the store as a whole waits, instead of every order
 * using up its attempts. Decided on plain values; the states are drawn in the README of this folder's parent.
 */
import { v, type Infer } from "convex/values";
import { isStillAhead } from "../../../lib/timeGates";
import { RETRY_AFTER_MAX_MS, type Failure, type FailureCode } from "../api/failure";

/** Stored while there are failures in a row; absent when the last call succeeded. Times in milliseconds UTC. */
export const circuitBreakerValidator = v.object({
  code: v.string(),
  detail: v.optional(v.string()),
  startedAt: v.number(),
  /** Failures in a row. */
  failures: v.number(),
  /** Set once the circuit has opened: no call before it, then one at a time. */
  openUntil: v.optional(v.number()),
});
export type CircuitBreaker = Infer<typeof circuitBreakerValidator>;

/** closed: calls are made. open: none is. halfOpen: one call at a time is made, to see whether BrickLink is back. */
export type CircuitState = "closed" | "open" | "halfOpen";

/** Whether a failure is about the store's connection, so that any other call would meet it too, or about one order. */
const storeWide: Record<FailureCode, boolean> = {
  unreachable: true,
  timeout: true,
  unavailable: true,
  rateLimited: true,
  auth: true,
  authAddress: true,
  authClock: true,
  unrecognized: true,
  malformed: false,
  forbidden: false,
  notFound: false,
  rejected: false,
  orderMissing: false,
  internal: false,
};

/** Whether a stored failure is about one order. False for a code that says neither, such as "crashed". */
export function isAboutOneOrder(code: string): boolean {
  return Object.hasOwn(storeWide, code) && !storeWide[code as FailureCode];
}

/** Whether a stored failure is about the store's connection. False for a code that says neither, such as "crashed". */
export function isStoreWide(code: string): boolean {
  return Object.hasOwn(storeWide, code) && storeWide[code as FailureCode];
}

/** Failures in a row that open the circuit. Four are tolerated, since BrickLink fails single calls now and then. */
const FAILURE_THRESHOLD = 5;

const MINUTE_MS = 60_000;

/**
 * How long the circuit stays open, each time longer. The last repeats: with a call that takes its 45 s to fail, an outage's end is
 * seen within five minutes unless BrickLink asked for longer, and an outage of six hours costs fewer than a hundred calls.
 */
const OPEN_FOR_MS = [1, 2, 3, 4].map((minutes) => minutes * MINUTE_MS);
const LONGEST_OPEN_MS = Math.max(...OPEN_FOR_MS);

export function stateOf(breaker: CircuitBreaker | undefined, now: number): CircuitState {
  if (breaker?.openUntil === undefined) return "closed";
  return isStillAhead(breaker.openUntil, now, RETRY_AFTER_MAX_MS) ? "open" : "halfOpen";
}

/** The circuit breaker after a call failed; undefined when nothing is to be stored. A success deletes it. */
export function breakerAfterFailure(
  breaker: CircuitBreaker | undefined,
  failure: Failure,
  now: number,
): CircuitBreaker | undefined {
  // Calls that were in flight when the circuit opened add nothing.
  if (!storeWide[failure.code] || stateOf(breaker, now) === "open") return breaker;
  const inARow = (breaker?.failures ?? 0) + 1;
  // Further calls of a store that made too many would be refused too, so the circuit opens at once.
  const failures = failure.code === "rateLimited" ? Math.max(inARow, FAILURE_THRESHOLD) : inARow;
  const next = {
    code: failure.code,
    ...(failure.detail !== undefined && { detail: failure.detail }),
    startedAt: breaker?.startedAt ?? now,
    failures,
  };
  if (failures < FAILURE_THRESHOLD) return next;
  const openForMs = OPEN_FOR_MS[failures - FAILURE_THRESHOLD] ?? LONGEST_OPEN_MS;
  const askedForMs = Math.min(failure.retryAfterMs ?? 0, RETRY_AFTER_MAX_MS);
  return { ...next, openUntil: now + Math.max(openForMs, askedForMs) };
}
