/** How long an import goes on listing, decided on plain values. */
import { v, type Infer } from "convex/values";

/** Rounds in a row in which no further order was stored, until an import gives up. */
export const ROUNDS_WITHOUT_PROGRESS_MAX = 20;

/** Orders change every few seconds, or are being fetched. */
const FIRST_PAUSE_MS = 4_000;

/** Pauses of the first rounds without progress. The longer ones after them last until an order that failed twice is retried. */
const SHORT_PAUSES = 5;
const LONG_PAUSE_MS = 15_000;

/** What an import knows of its rounds. `fewestMissing`: the lowest number of listed orders that were not stored yet. */
export const patienceValidator = v.object({
  stalledRounds: v.number(),
  fewestMissing: v.optional(v.number()),
});
export type Patience = Infer<typeof patienceValidator>;

/**
 * After a round that another has to follow. `missing`: listed orders that are not stored as listed; absent when the round ended
 * for another reason. A store with hundreds of open orders takes as many rounds as it needs, while their number falls.
 */
export function nextPatience(patience: Patience, missing?: number): Patience {
  const isProgress = missing !== undefined && missing < (patience.fewestMissing ?? Number.POSITIVE_INFINITY);
  return isProgress
    ? { stalledRounds: 0, fewestMissing: missing }
    : { ...patience, stalledRounds: patience.stalledRounds + 1 };
}

/** How long to wait before the next round, in milliseconds. All pauses without progress are almost four minutes. */
export function pauseMs({ stalledRounds }: Patience): number {
  return stalledRounds > SHORT_PAUSES ? LONG_PAUSE_MS : FIRST_PAUSE_MS;
}
