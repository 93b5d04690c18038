/**
 * The time that a query's or mutation's own code may take. Time in the database does not count, as on Convex, nor does
 * time in which other work, such as an action that computes, held up the whole process.
 */

/** Convex's limit for user code (DATABASE_UDF_USER_TIMEOUT). */
const USER_TIME_LIMIT_MS = 1_000;

/** How often waiting code is looked at; a longer hold-up of the process counts as one look. */
const LOOK_EVERY_MS = 50;

/** Taken now: the limit is of real time, whatever a test does to the clock. */
const real = { setImmediate, clearImmediate, setInterval, clearInterval };

function timedOut(path: string): Error {
  return new Error(`Function execution timed out (maximum duration: 1s): ${path}`);
}

/** Ends waiting for work that waits too long itself, and fails work that computed too long. */
export async function withinTimeLimit<T>(
  path: string,
  databaseMs: () => number,
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  // Code that waits for the database alone runs through in one turn of the event loop: all of the turn's time is its own.
  let isSameTurn = true;
  const turn = real.setImmediate(() => (isSameTurn = false));
  let looker: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    let waitedMs = 0;
    looker = real.setInterval(() => {
      waitedMs += LOOK_EVERY_MS;
      if (waitedMs >= USER_TIME_LIMIT_MS) reject(timedOut(path));
    }, LOOK_EVERY_MS);
  });
  try {
    const result = await Promise.race([work(), limit]);
    const ownMs = performance.now() - startedAt - databaseMs();
    if (isSameTurn && ownMs > USER_TIME_LIMIT_MS) throw timedOut(path);
    return result;
  } finally {
    real.clearImmediate(turn);
    real.clearInterval(looker);
  }
}
