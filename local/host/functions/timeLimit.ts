/**
 * The limit for the time that a query's or mutation's own code takes. Time in the database does not count, as on Convex,
 * nor does time in which a module was loaded, or in which other work, such as an action, blocked the event loop.
 */

/** Convex's limit for user code (environment variable DATABASE_UDF_USER_TIMEOUT_SECONDS of the self-hosted backend). */
const USER_TIME_LIMIT_MS = 1_000;

/** How often waiting code is checked. A period in which the event loop was blocked counts as one check. */
const CHECK_INTERVAL_MS = 50;

/** Bound at load time, so that the limit applies to real time when a test installs fake timers. */
const realTimers = { setImmediate, clearImmediate, setInterval, clearInterval };

function timedOut(path: string): Error {
  return new Error(`Function execution timed out (maximum duration: 1s): ${path}`);
}

/**
 * Resolves as `work` does. Rejects when it has waited longer than the limit, or has ended after computing longer than
 * the limit. `hostMs` returns the milliseconds spent so far that are not its own.
 */
export async function withinTimeLimit<T>(
  path: string,
  hostMs: () => number,
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  // Code that awaits only the database runs in one turn of the event loop, so all of that turn's time is its own.
  let isSameTurn = true;
  const turn = realTimers.setImmediate(() => (isSameTurn = false));
  let interval: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    let waitedMs = 0;
    interval = realTimers.setInterval(() => {
      waitedMs += CHECK_INTERVAL_MS;
      if (waitedMs >= USER_TIME_LIMIT_MS + hostMs()) reject(timedOut(path));
    }, CHECK_INTERVAL_MS);
  });
  try {
    const result = await Promise.race([work(), limit]);
    const ownMs = performance.now() - startedAt - hostMs();
    if (isSameTurn && ownMs > USER_TIME_LIMIT_MS) throw timedOut(path);
    return result;
  } finally {
    realTimers.clearImmediate(turn);
    realTimers.clearInterval(interval);
  }
}
