/**
 * What `crons.ts` of the app asks for. A cron never overlaps itself; ticks missed while it ran, or while the host was
 * down, are skipped. The next time is kept, so that a restart neither repeats nor forgets one.
 */
import { Cron } from "croner";
import type { JSONValue } from "convex/values";
import { z } from "zod";
import { system } from "../functions/caller";
import { fullPath } from "../modules/addresses";
import type { Components, Functions } from "../functions/functions";
import type { Store } from "../store/store";

const TIMER_MAX_MS = 2_147_483_647;

const minute = z.number().optional();
const schedule = z.discriminatedUnion("type", [
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
type Schedule = z.output<typeof schedule>;

const cronJobs = z.object({
  crons: z.record(z.string(), z.object({ name: z.string(), args: z.array(z.custom<JSONValue>()), schedule })),
});

type CronJob = z.output<typeof cronJobs>["crons"][string];

const note = z.object({ schedule: z.string(), nextAt: z.number() });

/** The pattern of a schedule by calendar. A minute left open is 0. */
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

/** The first time after `now` on the schedule's beat; `last` is a time on it. Milliseconds UTC. */
export function nextTick(by: Schedule, last: number, now: number): number {
  if (by.type === "interval") {
    const every = intervalMs(by);
    return last + (Math.floor(Math.max(0, now - last) / every) + 1) * every;
  }
  const next = new Cron(patternOf(by), { timezone: "UTC" }).nextRun(new Date(now));
  return next?.getTime() ?? Infinity;
}

export class Crons {
  /** As last loaded. */
  private jobs: Record<string, CronJob> = {};
  private timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Map<string, Promise<void>>();
  private isStopped = false;

  constructor(
    private readonly functions: Functions,
    private readonly store: Store,
  ) {}

  /** Begins the crons that the app and its components define; called again when their modules have changed. */
  start(components: Components): void {
    this.clearTimers();
    const defined = [...components].flatMap(([component, { modules }]) => {
      const parsed = cronJobs.safeParse(modules.transaction.get("crons")?.default);
      return Object.entries(parsed.success ? parsed.data.crons : {}).map(([identifier, job]) => [
        fullPath({ component, path: identifier }),
        { ...job, name: fullPath({ component, path: job.name }) },
      ]);
    });
    this.jobs = Object.fromEntries(defined) as Record<string, CronJob>;
    for (const [identifier, job] of Object.entries(this.jobs)) {
      this.wait(identifier, job, this.firstTick(identifier, job));
    }
  }

  async stop(graceMs: number): Promise<void> {
    this.isStopped = true;
    this.clearTimers();
    const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([Promise.all(this.running.values()), grace]);
  }

  private clearTimers(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers = new Map();
  }

  /** An interval begins with a run at deployment; a calendar waits for its time. A kept time in the future stands. */
  private firstTick(identifier: string, { schedule: by }: CronJob): number {
    const now = Date.now();
    const kept = this.store.note(`cron:${identifier}`);
    const known = kept === undefined ? undefined : note.parse(JSON.parse(kept));
    if (known?.schedule === JSON.stringify(by) && known.nextAt > now) return known.nextAt;
    return by.type === "interval" ? now : nextTick(by, now, now);
  }

  private wait(identifier: string, job: CronJob, at: number): void {
    clearTimeout(this.timers.get(identifier));
    if (this.isStopped || !Number.isFinite(at)) return;
    const delay = Math.min(Math.max(0, at - Date.now()), TIMER_MAX_MS);
    const timer = setTimeout(() => {
      if (Date.now() < at) this.wait(identifier, job, at);
      else this.tick(identifier, job, at);
    }, delay);
    this.timers.set(identifier, timer);
  }

  private tick(identifier: string, job: CronJob, at: number): void {
    // One begun before the functions were loaded anew may still run: this tick is then missed.
    if (this.running.has(identifier)) {
      this.wait(identifier, job, nextTick(job.schedule, at, Date.now()));
      return;
    }
    const { jobs } = this;
    const run = this.run(job).finally(() => {
      this.running.delete(identifier);
      if (!this.isStopped && jobs === this.jobs) this.waitForNext(identifier, job, at);
    });
    this.running.set(identifier, run);
  }

  private waitForNext(identifier: string, job: CronJob, last: number): void {
    const nextAt = nextTick(job.schedule, last, Date.now());
    this.store.setNote(
      `cron:${identifier}`,
      JSON.stringify({ schedule: JSON.stringify(job.schedule), nextAt }),
    );
    this.wait(identifier, job, nextAt);
  }

  private async run({ name, args: [args = {}] }: CronJob): Promise<void> {
    const outcome =
      this.functions.kindOf(name) === "mutation"
        ? await this.functions.runMutation(name, args, system)
        : await this.functions.runAction(name, args, system);
    if (!outcome.ok) this.functions.log.error([`A cron failed: ${outcome.failure.message}`], name);
  }
}
