/**
 * Times that gate work. A clock can jump ahead and be set right again; what was stored meanwhile must not stop work for as long as the
 * clock was ahead. So a time further ahead than it is ever set counts as past. All times are milliseconds UTC.
 */

/** Whether work has to wait until `until`, which is never set more than `atMostMs` ahead. */
export function isStillAhead(until: number | undefined, now: number, atMostMs: number): boolean {
  return until !== undefined && until > now && until <= now + atMostMs;
}

/** No lease is taken for longer. */
const LEASE_MAX_MS = 5 * 60_000;

/** Whether a run that took a lease may still hold it. */
export function isLeaseHeld(expiresAt: number | undefined, now: number): boolean {
  return isStillAhead(expiresAt, now, LEASE_MAX_MS);
}

/** Whether something happened less than `withinMs` ago. */
export function isRecent(at: number | undefined, now: number, withinMs: number): boolean {
  return at !== undefined && at <= now && at > now - withinMs;
}
