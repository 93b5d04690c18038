/**
 * When BrickLink fails a store again and again, the store as a whole waits, instead of every order using up its
 * attempts. Decided here on plain values.
 *
 *   well ──failure──▶ troubled ──5th in a row──▶ held back ──pause over──▶ probing: one call at a time
 *     ▲                  │                          ▲                        │  │
 *     └────success───────┴──────────────────────────┼───────success──────────┘  │
 *                                                   └─────────failure, longer───┘
 */
import { v, type Infer } from "convex/values";
import type { Failure, FailureCode } from "./failure";

export const outageValidator = v.object({
  code: v.string(),
  message: v.string(),
  startedAt: v.number(),
  /** Failures in a row. */
  failures: v.number(),
  /** Set once the store is held back: no call before it. */
  resumesAt: v.optional(v.number()),
});
export type Outage = Infer<typeof outageValidator>;

/** Failures that say nothing about one order: another would meet the same. */
const concernsStore: Record<FailureCode, boolean> = {
  unreachable: true,
  timeout: true,
  unavailable: true,
  rateLimited: true,
  auth: true,
  malformed: false,
  forbidden: false,
  notFound: false,
  rejected: false,
  internal: false,
};

const FAILURES_BORNE = 4;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Pauses, each longer; the last repeats. Short enough that an outage's end is noticed within a quarter of an hour. */
const PAUSES_MS = [1, 2, 5, 10, 15].map((minutes) => minutes * MINUTE_MS);
const LONGEST_PAUSE_MS = Math.max(...PAUSES_MS);

/** No server may send a store away for longer than this. */
export const RETRY_AFTER_MAX_MS = 6 * HOUR_MS;

function pauseMs(failures: number): number {
  return PAUSES_MS[failures - FAILURES_BORNE - 1] ?? LONGEST_PAUSE_MS;
}

export function isHeldBack(outage: Outage | undefined, now: number): boolean {
  return outage?.resumesAt !== undefined && outage.resumesAt > now;
}

/** Whether the next call is to show if the outage is over, so that it should be the only one. */
export function isProbing(outage: Outage | undefined, now: number): boolean {
  return outage?.resumesAt !== undefined && outage.resumesAt <= now;
}

/** The store's outage after a call failed; undefined when there is none. A success ends it: that needs no function. */
export function outageAfter(outage: Outage | undefined, failure: Failure, now: number): Outage | undefined {
  // Calls that were under way when the pause began say nothing new.
  if (!concernsStore[failure.code] || isHeldBack(outage, now)) return outage;
  // A store that is out of calls has nothing to try: its pause begins at once.
  const failures =
    failure.code === "rateLimited"
      ? Math.max(outage?.failures ?? 0, FAILURES_BORNE) + 1
      : (outage?.failures ?? 0) + 1;
  const next = {
    code: failure.code,
    message: failure.message,
    startedAt: outage?.startedAt ?? now,
    failures,
  };
  if (failures <= FAILURES_BORNE) return next;
  const pause = Math.max(pauseMs(failures), Math.min(failure.retryAfterMs ?? 0, RETRY_AFTER_MAX_MS));
  return { ...next, resumesAt: now + pause };
}
