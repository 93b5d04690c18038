/** How long the app's code may run before it is ended. */

/** Convex's limit for user code (environment variable DATABASE_UDF_USER_TIMEOUT_SECONDS of the self-hosted backend). */
export const USER_TIME_LIMIT_MS = 1_000;

/**
 * How much longer than its time limit a transaction's code can go on before it is ended while it runs. Within this time
 * lies the time that it spends in the database, which does not count. Chosen.
 */
export const OVERRUN_MS = 1_000;

/**
 * After how long in one turn a transaction's operations wait for the next turn, so that time in the database alone does
 * not reach the limit. Chosen.
 */
export const TURN_MS = 250;

/** Up to which duration a turn is measured without what its end takes. Chosen. */
export const SHORT_TURN_MS = 50;

/** The limit for one turn of an action, between two things that it awaits, because it stops everybody else. Chosen. */
export const ACTION_TURN_LIMIT_MS = 5_000;

/** With Convex's message (convex-backend, crates/isolate/src/termination.rs, `UserTimeout`). */
export function timedOut(path: string, limitMs: number): Error {
  return new Error(`Function execution timed out (maximum duration: ${limitMs / 1_000}s): ${path}`);
}
