/** The states of a notification, as data. The diagram is in the README of this folder's parent. */
import { v, type Infer } from "convex/values";
import { isLeaseHeld, isStillAhead } from "../../../lib/timeGates";

export const notificationStatusValidator = v.union(
  v.literal("pending"),
  v.literal("processing"),
  v.literal("completed"),
  v.literal("failed"),
);
export type NotificationStatus = Infer<typeof notificationStatusValidator>;

/**
 * How a notification was completed. applied: the order was fetched and stored. superseded: it was fetched, but a newer
 * snapshot was stored already. fetched: the messages or the feedback were fetched and stored with their order. coalesced: another
 * notification's fetch served it too. noted: what it announces is not here, and a person reads it at BrickLink.
 */
export const outcomeValidator = v.union(
  v.literal("applied"),
  v.literal("noted"),
  v.literal("coalesced"),
  v.literal("superseded"),
  v.literal("fetched"),
);
export type Outcome = Infer<typeof outcomeValidator>;

/** A fetch is two calls of at most 45 s each and two commits. After this long the run counts as crashed. */
export const LEASE_MS = 3 * 60_000;

/** What can happen to a notification. */
export type NotificationStep = "requeue" | "claim" | "complete" | "coalesce" | "note" | "fail" | "giveUp";

/** The status after each step. A step that a status does not list must not happen to it. */
const transitions: Record<NotificationStatus, Partial<Record<NotificationStep, NotificationStatus>>> = {
  pending: {
    requeue: "pending",
    claim: "processing",
    coalesce: "completed",
    note: "completed",
    giveUp: "failed",
  },
  // claim: the lease expired, or the run crashed.
  processing: {
    claim: "processing",
    complete: "completed",
    note: "completed",
    fail: "failed",
    giveUp: "failed",
  },
  failed: {
    requeue: "pending",
    claim: "processing",
    coalesce: "completed",
    note: "completed",
    giveUp: "failed",
  },
  completed: {},
};

export function isAllowed(status: NotificationStatus, step: NotificationStep): boolean {
  return transitions[status][step] !== undefined;
}

/** The status after a step. Throws an Error, which rolls the transaction back, when the step is not allowed. */
export function statusAfter(status: NotificationStatus, step: NotificationStep): NotificationStatus {
  const next = transitions[status][step];
  if (next === undefined) throw new Error(`The step ${step} is not allowed for a ${status} notification.`);
  return next;
}

/** No retry is set further ahead: six hours, and up to a quarter more. */
export const NEXT_ATTEMPT_MAX_MS = 8 * 60 * 60_000;

type Claimable = { status: NotificationStatus; nextAttemptAt?: number; leaseExpiresAt?: number };

/** Whether a run may claim this notification at `now` (milliseconds UTC): it is due, or its run's lease expired. */
export function isClaimable(notification: Claimable, now: number): boolean {
  switch (notification.status) {
    case "pending":
      return true;
    case "failed":
      return (
        notification.nextAttemptAt !== undefined &&
        !isStillAhead(notification.nextAttemptAt, now, NEXT_ATTEMPT_MAX_MS)
      );
    case "processing":
      return !isLeaseHeld(notification.leaseExpiresAt, now);
    case "completed":
      return false;
  }
}
