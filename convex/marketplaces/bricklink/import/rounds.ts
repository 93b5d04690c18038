/** How long an import goes on listing, decided on plain values. */
import { v, type Infer } from "convex/values";

/** Rounds in a row in which no further order was stored, until an import gives up. Their pauses alone are 80 seconds. */
export const ROUNDS_WITHOUT_PROGRESS_MAX = 20;

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
