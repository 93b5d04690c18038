/**
 * How many calls a store has left, on plain values. Calls are counted by the hour, so that no 24 hours hold more than the
 * limit, wherever BrickLink's own day begins: that is not known (BrickSync counts a rolling day too).
 */
import { v, type Infer } from "convex/values";

export const callHourValidator = v.object({ startedAt: v.number(), count: v.number() });
export type CallHour = Infer<typeof callHourValidator>;

/** BrickLink's limit for one consumer key in a day (BricklinkSharp README). */
export const CALLS_PER_DAY = 5_000;

/** Orders come first: polls and other upkeep leave this share of a day's calls to them. */
const SHARE_KEPT_FOR_ORDERS = 0.1;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The last call of an hour is a day old only when the hour after it begins anew. */
const COUNTED_FOR_MS = 25 * HOUR_MS;

function counting(hours: readonly CallHour[], now: number): CallHour[] {
  return hours.filter(({ startedAt }) => startedAt + COUNTED_FOR_MS > now);
}

/** Calls of the last day, as of `now`. */
export function callsMade(hours: readonly CallHour[], now: number): number {
  return counting(hours, now).reduce((sum, { count }) => sum + count, 0);
}

/** When enough hours have passed out of the count for `count` more calls. */
function freeAt(hours: readonly CallHour[], count: number, limit: number): number {
  let left = hours.reduce((sum, hour) => sum + hour.count, 0);
  for (const hour of hours) {
    left -= hour.count;
    if (left + count <= limit) return hour.startedAt + COUNTED_FOR_MS;
  }
  return Infinity;
}

/** What calls are for: an order that waits, or polls and comparisons, which make way for orders. */
export type Purpose = "orders" | "upkeep";

/** Counts calls before they are made: the hours after, or when there are enough left again. */
export function takeCalls(
  hours: readonly CallHour[],
  count: number,
  purpose: Purpose,
  limit: number,
  now: number,
): { ok: true; hours: CallHour[] } | { ok: false; freeAt: number } {
  const kept = counting(hours, now);
  const allowed = purpose === "orders" ? limit : Math.floor(limit * (1 - SHARE_KEPT_FOR_ORDERS));
  if (callsMade(kept, now) + count > allowed) return { ok: false, freeAt: freeAt(kept, count, allowed) };
  const startedAt = Math.floor(now / HOUR_MS) * HOUR_MS;
  const latest = kept.at(-1);
  if (latest?.startedAt !== startedAt) return { ok: true, hours: [...kept, { startedAt, count }] };
  return { ok: true, hours: [...kept.slice(0, -1), { startedAt, count: latest.count + count }] };
}

/** From this share of a day's calls on, polls keep at least this far apart. */
const paces = [
  { fromShare: 0.75, spacingMs: 15 * MINUTE_MS },
  { fromShare: 0.5, spacingMs: 6 * MINUTE_MS },
];

/** How far apart polls are to be kept now: 0 while calls are plenty. */
export function pollSpacingMs(hours: readonly CallHour[], limit: number, now: number): number {
  const share = callsMade(hours, now) / limit;
  return paces.find(({ fromShare }) => share >= fromShare)?.spacingMs ?? 0;
}
