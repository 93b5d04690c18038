/**
 * The life of a notification, as data.
 *
 *   pending ──claim──▶ processing ──settle──▶ completed ◀──coalesce, note── pending, failed
 *      ▲                ▲  │ lease runs out: claim again
 *    repeat             │  └──fail──▶ failed: with nextAttemptAt it is tried again;
 *      └────── failed ──┴─claim       without, a person decides (giveUp leads here too)
 */
import { v, type Infer } from "convex/values";
import { RETRY_AFTER_MAX_MS } from "./circuit";

export const notificationStatusValidator = v.union(
  v.literal("pending"),
  v.literal("processing"),
  v.literal("completed"),
  v.literal("failed"),
);
export type NotificationStatus = Infer<typeof notificationStatusValidator>;

/** How an event reached us. */
export const sourceValidator = v.union(
  v.literal("webhook"),
  v.literal("poll"),
  v.literal("reconcile"),
  v.literal("manual"),
);
export type Source = Infer<typeof sourceValidator>;

/** Why a completed notification needed no more work. */
export const outcomeValidator = v.union(
  v.literal("applied"),
  v.literal("noted"),
  v.literal("coalesced"),
  v.literal("superseded"),
);
export type Outcome = Infer<typeof outcomeValidator>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Two calls of at most CALL_TIMEOUT_MS each and two commits, with room; after it the work counts as lost. */
export const LEASE_MS = 3 * MINUTE;

/** Waits before the second, third, … attempt. After the last the failure is final. */
export const RETRY_DELAYS_MS: readonly number[] = [
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
];

/** A missing or forbidden order is asked for twice, in case BrickLink had not caught up with itself. */
const REFUSED_ATTEMPTS_MAX = 2;

/** Share of a delay that chance adds, so that a store's failures do not come back all at once. */
const JITTER = 0.25;

/** The first attempt and one after each delay. */
export const ATTEMPTS_MAX = RETRY_DELAYS_MS.length + 1;

export type Retryability = "retry" | "retryOnce";

/**
 * When to try again after attempt number `attempt` (1 is the first) failed; undefined when that was the last.
 * `chance` in [0, 1); `retryAfterMs` as the server asked, honoured when it is longer than ours.
 */
export function nextAttemptDelayMs(
  attempt: number,
  retryability: Retryability,
  chance: number,
  retryAfterMs = 0,
): number | undefined {
  if (retryability === "retryOnce" && attempt >= REFUSED_ATTEMPTS_MAX) return undefined;
  const delay = RETRY_DELAYS_MS[attempt - 1];
  if (delay === undefined) return undefined;
  return Math.round(Math.max(delay * (1 + JITTER * chance), Math.min(retryAfterMs, RETRY_AFTER_MAX_MS)));
}

type Claimable = { status: NotificationStatus; nextAttemptAt?: number; leaseExpiresAt?: number };

/** Whether a run may take this notification at `now`: due, or left behind by a run whose lease ran out. */
export function isClaimable(notification: Claimable, now: number): boolean {
  switch (notification.status) {
    case "pending":
    case "failed":
      return notification.nextAttemptAt !== undefined && notification.nextAttemptAt <= now;
    case "processing":
      return notification.leaseExpiresAt !== undefined && notification.leaseExpiresAt <= now;
    case "completed":
      return false;
  }
}

/** What can happen to a notification. */
export type NotificationStep = "repeat" | "claim" | "settle" | "coalesce" | "note" | "fail" | "giveUp";

/** What may follow what. A step that a status does not name must not happen to it. */
const transitions: Record<NotificationStatus, Partial<Record<NotificationStep, NotificationStatus>>> = {
  pending: {
    repeat: "pending",
    claim: "processing",
    coalesce: "completed",
    note: "completed",
    giveUp: "failed",
  },
  // claim: its lease ran out, or its run died.
  processing: {
    claim: "processing",
    settle: "completed",
    note: "completed",
    fail: "failed",
    giveUp: "failed",
  },
  failed: {
    repeat: "pending",
    claim: "processing",
    coalesce: "completed",
    note: "completed",
    giveUp: "failed",
  },
  completed: {},
};

export function may(status: NotificationStatus, step: NotificationStep): boolean {
  return transitions[status][step] !== undefined;
}

/** The status after a step. Throws, and so rolls the transaction back, when the step may not happen. */
export function statusAfter(status: NotificationStatus, step: NotificationStep): NotificationStatus {
  const next = transitions[status][step];
  if (next === undefined) throw new Error(`A notification that is ${status} cannot ${step}.`);
  return next;
}
