/** The states of a write, as data. The diagram is in the README of this folder's parent. */
import { v, type Infer } from "convex/values";

/**
 * waiting: it is to be sent, or sent again. sending: under a lease. sent: BrickLink has it. refused: it will not be sent, and a
 * person decides. withdrawn: a person took it back. replaced: a newer one of its kind took its place.
 */
export const writeStatusValidator = v.union(
  v.literal("waiting"),
  v.literal("sending"),
  v.literal("sent"),
  v.literal("refused"),
  v.literal("withdrawn"),
  v.literal("replaced"),
);
export type WriteStatus = Infer<typeof writeStatusValidator>;

export type WriteStep = "claim" | "succeed" | "postpone" | "refuse" | "withdraw" | "replace" | "retry";

/** The status after each step. A step that a status does not list must not happen to it. */
const transitions: Record<WriteStatus, Partial<Record<WriteStep, WriteStatus>>> = {
  waiting: { claim: "sending", refuse: "refused", withdraw: "withdrawn", replace: "replaced" },
  // claim: the lease expired, or the run crashed.
  sending: { claim: "sending", succeed: "sent", postpone: "waiting", refuse: "refused" },
  refused: { retry: "waiting", replace: "replaced" },
  sent: {},
  withdrawn: {},
  replaced: {},
};

export function canStep(status: WriteStatus, step: WriteStep): boolean {
  return transitions[status][step] !== undefined;
}

/** The status after a step. Throws an Error, which rolls the transaction back, when the step is not allowed. */
export function writeStatusAfter(status: WriteStatus, step: WriteStep): WriteStatus {
  const next = transitions[status][step];
  if (next === undefined) throw new Error(`The step ${step} is not allowed for a write that is ${status}.`);
  return next;
}

/** How long a click can be taken back before it is sent. */
export const WITHDRAWABLE_FOR_MS = 10_000;

/** Five calls of at most 45 s each, as feedback takes, and two commits. After this long a run counts as crashed. */
export const LEASE_MS = 5 * 60_000;

/** A write that was not sent for this long is refused: it may no longer be what its person wants. */
export const EXPIRES_AFTER_MS = 24 * 60 * 60_000;

/**
 * What BrickLink was asked to do may show in the order only after a while, so long that a mail or feedback is not sent again before.
 * Assumed: no source says how long.
 */
export const SHOWS_WITHIN_MS = 2 * 60_000;
