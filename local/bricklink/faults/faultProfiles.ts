/**
 * Fault profiles: how often the simulated BrickLink fails, as probabilities. Every draw comes from one seeded generator,
 * so the same seed reproduces the same faults.
 */
import type { Random } from "../random";

export const faultKinds = [
  "html503",
  "html403",
  "html200",
  "error500",
  "envelope401",
  "http429",
  "timeout",
  "reset",
  "truncated",
  "slow",
  "drip",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Faults that only writes have: the connection ends after the write took effect, or before. The caller cannot tell. */
export const writeFaultKinds = ["answerLost", "writeLost"] as const;
export type WriteFaultKind = (typeof writeFaultKinds)[number];

/** Faults of a call that has not reached the store: a write that fails so has no effect. Chosen for "error500". */
const endsBeforeStore = new Set<FaultKind | WriteFaultKind>([
  "html503",
  "html403",
  "html200",
  "error500",
  "envelope401",
  "http429",
  "writeLost",
]);

export function preventsWrite(kind: FaultKind | WriteFaultKind): boolean {
  return endsBeforeStore.has(kind);
}

export function isWriteFault(kind: FaultKind | WriteFaultKind): kind is WriteFaultKind {
  return (writeFaultKinds as readonly string[]).includes(kind);
}

export type FaultProfile = {
  /** Probability that an API call fails, and the kinds of fault to choose from. */
  fault: number;
  kinds: readonly FaultKind[];
  /** Probabilities that a callback is never sent, is sent two or three times, and that a copy is sent late. */
  suppress: number;
  repeat: number;
  delay: number;
};

const noFaults: FaultProfile = { fault: 0, kinds: [], suppress: 0, repeat: 0, delay: 0 };

/** The profiles that `PUT /control/fault-profile` accepts by name. The probabilities are chosen, not measured. */
export const faultProfiles = {
  none: noFaults,
  // Every kind of fault, in API calls and callbacks.
  mixed: { fault: 0.3, kinds: faultKinds, suppress: 0.3, repeat: 0.3, delay: 0.3 },
  // Rare faults, without timeouts, which would slow a long run down; callbacks are unreliable.
  intermittent: {
    fault: 0.08,
    kinds: faultKinds.filter((kind) => kind !== "timeout"),
    suppress: 0.2,
    repeat: 0.3,
    delay: 0.2,
  },
  // API calls succeed; callbacks are lost, duplicated and late.
  webhookChaos: { ...noFaults, suppress: 0.3, repeat: 0.3, delay: 0.3 },
  // During maintenance BrickLink answers 401 in waves (BrickSync FAQ), and 503 between them.
  maintenance: { ...noFaults, fault: 0.9, kinds: ["envelope401", "html503"] },
  // BrickLink cannot be reached, or a page answers for it.
  outage: { ...noFaults, fault: 1, kinds: ["html503", "html403", "html200", "reset", "timeout"] },
  // The callback URL is wrong or no longer registered.
  noWebhooks: { ...noFaults, suppress: 1 },
} as const satisfies Record<string, FaultProfile>;
export type FaultProfileName = keyof typeof faultProfiles;

export const faultProfileNames = Object.keys(faultProfiles) as [FaultProfileName, ...FaultProfileName[]];

/** Draws the fault of one API call; undefined when the call succeeds. */
export function drawFault({ fault, kinds }: FaultProfile, random: Random): FaultKind | undefined {
  return kinds.length > 0 && random.chance(fault) ? random.pick(kinds) : undefined;
}

/** Chosen: enough to prove that duplicates are recognized. */
const COPIES_MAX = 3;
/** Chosen: longer than the poll interval of three minutes, so that a poll may report an event before its callback. */
const DELAY_MS_MAX = 10 * 60_000;

/** Draws the delay in milliseconds of each copy of a callback; empty when it is never sent. */
export function drawCallbackDelays({ suppress, repeat, delay }: FaultProfile, random: Random): number[] {
  if (random.chance(suppress)) return [];
  const copies = random.chance(repeat) ? random.between(2, COPIES_MAX) : 1;
  return Array.from({ length: copies }, () => (random.chance(delay) ? random.between(1, DELAY_MS_MAX) : 0));
}
