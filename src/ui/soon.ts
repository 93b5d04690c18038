import { ago } from "./time";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "short" });

/** A moment that may lie ahead: "in 5 min", or how long ago it was. */
export function when(at: number, now: number): string {
  const ahead = at - now;
  // The viewer's clock moves in steps, so that what has just happened may seem to lie a little ahead.
  if (ahead < MINUTE / 2) return ago(at, now);
  if (ahead < MINUTE) return "within a minute";
  if (ahead < HOUR) return relative.format(Math.round(ahead / MINUTE), "minute");
  if (ahead < DAY) return relative.format(Math.round(ahead / HOUR), "hour");
  return relative.format(Math.round(ahead / DAY), "day");
}
