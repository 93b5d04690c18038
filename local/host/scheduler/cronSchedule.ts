/** The schedules of crons, and when they run next. */
import { Cron } from "croner";
import { z } from "zod";

/** A minute that is not given is 0. */
const minute = z.number().optional();
/** A schedule as `cronJobs()` of convex/server exports it. All times are UTC. */
export const schedule = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("interval"),
    seconds: z.number().optional(),
    minutes: z.number().optional(),
    hours: z.number().optional(),
  }),
  z.object({ type: z.literal("cron"), cron: z.string() }),
  z.object({ type: z.literal("hourly"), minuteUTC: minute }),
  z.object({ type: z.literal("daily"), hourUTC: z.number(), minuteUTC: minute }),
  z.object({ type: z.literal("weekly"), dayOfWeek: z.string(), hourUTC: z.number(), minuteUTC: minute }),
  z.object({ type: z.literal("monthly"), day: z.number(), hourUTC: z.number(), minuteUTC: minute }),
]);
export type Schedule = z.output<typeof schedule>;

/** The cron expression of a calendar schedule. */
function patternOf(by: Exclude<Schedule, { type: "interval" }>): string {
  switch (by.type) {
    case "cron":
      return by.cron;
    case "hourly":
      return `${by.minuteUTC ?? 0} * * * *`;
    case "daily":
      return `${by.minuteUTC ?? 0} ${by.hourUTC} * * *`;
    case "weekly":
      return `${by.minuteUTC ?? 0} ${by.hourUTC} * * ${by.dayOfWeek.slice(0, 3).toUpperCase()}`;
    case "monthly":
      return `${by.minuteUTC ?? 0} ${by.hourUTC} ${by.day} * *`;
  }
}

function intervalMs({
  seconds = 0,
  minutes = 0,
  hours = 0,
}: Extract<Schedule, { type: "interval" }>): number {
  return (seconds + minutes * 60 + hours * 3_600) * 1_000;
}

/**
 * The schedule's first run after `now`; Infinity when there is none. `last`: an earlier run, from which intervals are
 * counted. Milliseconds since the epoch, UTC.
 */
export function nextRunTime(by: Schedule, last: number, now: number): number {
  if (by.type === "interval") {
    const every = intervalMs(by);
    return last + (Math.floor(Math.max(0, now - last) / every) + 1) * every;
  }
  const next = new Cron(patternOf(by), { timezone: "UTC" }).nextRun(new Date(now));
  return next?.getTime() ?? Infinity;
}
