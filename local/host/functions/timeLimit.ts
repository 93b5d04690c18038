/**
 * The limit for the time that a query's or mutation's own code takes. Time in the database does not count, as on Convex,
 * nor does time in which a module was loaded, or in which other work, such as an action, blocked the event loop.
 */
import type { CodeTime } from "../modules/invocation";
import { timedOut, USER_TIME_LIMIT_MS } from "../modules/realm/entryLimits";

/** How often waiting code is checked. A period in which the event loop was blocked counts as one check. */
const CHECK_INTERVAL_MS = 50;

/** Bound at load time, so that the limit applies to real time when a test installs fake timers. */
const realTimers = { setImmediate, clearImmediate, setInterval, clearInterval };

/**
 * Resolves as `work` does. Rejects when it has waited longer than the limit for one thing, or has ended after computing
 * longer than the limit. In a realm, `codeTime` is counted there, and code that computes longer is ended while it runs.
 */
export async function withinTimeLimit<T>(
  path: string,
  codeTime: CodeTime,
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  // Code that awaits only the database runs in one turn of the event loop, so all of that turn's time is its own.
  let isSameTurn = true;
  const turn = realTimers.setImmediate(() => (isSameTurn = false));
  let interval: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    let waitedMs = 0;
    let turns = 0;
    interval = realTimers.setInterval(() => {
      waitedMs = codeTime.turns === turns ? waitedMs + CHECK_INTERVAL_MS : 0;
      ({ turns } = codeTime);
      if (waitedMs >= USER_TIME_LIMIT_MS + codeTime.hostMs()) reject(timedOut(path, USER_TIME_LIMIT_MS));
    }, CHECK_INTERVAL_MS);
  });
  try {
    const result = await Promise.race([work(), limit]);
    const ownMs = performance.now() - startedAt - codeTime.hostMs();
    if (isSameTurn && ownMs > USER_TIME_LIMIT_MS) throw timedOut(path, USER_TIME_LIMIT_MS);
    return result;
  } finally {
    realTimers.clearImmediate(turn);
    realTimers.clearInterval(interval);
  }
}
