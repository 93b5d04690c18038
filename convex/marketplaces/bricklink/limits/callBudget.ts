/**
 * The budget of calls to BrickLink, on plain values. Calls are counted per hour, so that no 24 hours have more than the limit:
 * when BrickLink's own day starts is not known (BrickSync counts a rolling day too). Times in milliseconds UTC.
 */
import { v, type Infer } from "convex/values";
import { isRecent } from "../../../lib/timeGates";

export const callHourValidator = v.object({ startedAt: v.number(), count: v.number() });
export type CallHour = Infer<typeof callHourValidator>;

/** BrickLink's limit for one consumer key in a day (BricklinkSharp README). */
export const CALLS_PER_DAY = 5_000;

/** The share of a day's calls that polls, messages and other upkeep leave to orders. */
const SHARE_RESERVED_FOR_ORDERS = 0.1;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** An hour counts for 25 hours after its start, because its last call may have been made at its end. */
const COUNTED_FOR_MS = 25 * HOUR_MS;

function hoursInDay(hours: readonly CallHour[], now: number): CallHour[] {
  return hours.filter(({ startedAt }) => isRecent(startedAt, now, COUNTED_FOR_MS));
}

/** Calls made in the day before `now`. */
export function callsMade(hours: readonly CallHour[], now: number): number {
  return hoursInDay(hours, now).reduce((sum, { count }) => sum + count, 0);
}

/** When enough hours no longer count for `count` more calls to fit; Infinity when they never fit. */
function availableAt(hours: readonly CallHour[], count: number, limit: number): number {
  let left = hours.reduce((sum, hour) => sum + hour.count, 0);
  for (const hour of hours) {
    left -= hour.count;
    if (left + count <= limit) return hour.startedAt + COUNTED_FOR_MS;
  }
  return Infinity;
}

/** What calls are for. orders: a notified order is fetched. upkeep: polls, comparisons, imports, messages and feedback. */
export type Purpose = "orders" | "upkeep";

/** Counts calls before they are made. Returns the hours to store, or when enough calls are free again. */
export function takeCalls(
  hours: readonly CallHour[],
  count: number,
  purpose: Purpose,
  limit: number,
  now: number,
): { ok: true; hours: CallHour[] } | { ok: false; availableAt: number } {
  const kept = hoursInDay(hours, now);
  const allowed = purpose === "orders" ? limit : Math.floor(limit * (1 - SHARE_RESERVED_FOR_ORDERS));
  if (callsMade(kept, now) + count > allowed)
    return { ok: false, availableAt: availableAt(kept, count, allowed) };
  const startedAt = Math.floor(now / HOUR_MS) * HOUR_MS;
  const latest = kept.at(-1);
  if (latest?.startedAt !== startedAt) return { ok: true, hours: [...kept, { startedAt, count }] };
  return { ok: true, hours: [...kept.slice(0, -1), { startedAt, count: latest.count + count }] };
}

/** Once this share of a day's calls is used, polls are at least this far apart. */
const pollSpacings = [
  { fromShare: 0.75, spacingMs: 15 * MINUTE_MS },
  { fromShare: 0.5, spacingMs: 6 * MINUTE_MS },
];

/** The least time between two polls now, in milliseconds; 0 while less than half of the day's calls are used. */
export function pollSpacingMs(hours: readonly CallHour[], limit: number, now: number): number {
  const share = callsMade(hours, now) / limit;
  return pollSpacings.find(({ fromShare }) => share >= fromShare)?.spacingMs ?? 0;
}
