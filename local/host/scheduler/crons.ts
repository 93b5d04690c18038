/**
 * Runs the crons of the app's `crons.ts`. Runs of one cron never overlap; runs missed while an earlier one was running,
 * or while the host was down, are skipped. The next run's time is stored, so that a restart neither repeats nor loses a
 * run.
 */
import type { JSONValue } from "convex/values";
import { z } from "zod";
import { systemCaller } from "../functions/caller";
import type { Components } from "../functions/componentRegistry";
import type { Functions } from "../functions/functions";
import { HostError } from "../lib/errors";
import { TIMER_MAX_MS } from "../lib/timers";
import { fullPath } from "../modules/addresses";
import type { LoadedModules } from "../modules/modules";
import { findFunction } from "../modules/registeredFunctions";
import type { Store } from "../store/store";
import { nextRunTime, schedule } from "./cronSchedule";

const cronJobs = z.object({
  crons: z.record(z.string(), z.object({ name: z.string(), args: z.array(z.custom<JSONValue>()), schedule })),
});

type CronJob = z.output<typeof cronJobs>["crons"][string];

/** Stored in the host's metadata under "cron:<identifier>". `nextAt`: milliseconds since the epoch, UTC. */
const storedRun = z.object({ schedule: z.string(), nextAt: z.number() });

/** The crons that a module `crons` defines, by their names. */
function cronsOf({ transaction }: LoadedModules): [identifier: string, job: CronJob][] {
  const parsed = cronJobs.safeParse(transaction.get("crons")?.default);
  return Object.entries(parsed.success ? parsed.data.crons : {});
}

/**
 * Throws HostError `functionsUnusable` when a cron runs no mutation or action, as Convex refuses to deploy it
 * (convex-backend, crates/application/src/application_function_runner/mod.rs, `validate_cron_jobs`).
 */
export function assertCronsRunnable(modules: LoadedModules): void {
  for (const [identifier, { name }] of cronsOf(modules)) {
    const kind = findFunction(modules.transaction, name)?.kind;
    if (kind === "mutation" || kind === "action") continue;
    const what = kind === undefined ? "a function that does not exist" : "a query function";
    throw new HostError(
      "functionsUnusable",
      `The cron job '${identifier}' schedules ${what}: ${name}. Let it schedule a mutation or an action.`,
    );
  }
}

export class Crons {
  /** As loaded last. */
  private jobs: Record<string, CronJob> = {};
  private timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Map<string, Promise<void>>();
  private isStopped = false;

  constructor(
    private readonly functions: Functions,
    private readonly store: Store,
  ) {}

  /** Starts the crons that the app and its components define. Called again after their modules have changed. */
  start(components: Components): void {
    this.clearTimers();
    const defined = [...components].flatMap(([component, { modules }]) =>
      cronsOf(modules).map(([identifier, job]) => [
        fullPath({ component, path: identifier }),
        { ...job, name: fullPath({ component, path: job.name }) },
      ]),
    );
    this.jobs = Object.fromEntries(defined) as Record<string, CronJob>;
    for (const [identifier, job] of Object.entries(this.jobs)) {
      this.scheduleRun(identifier, job, this.firstRunTime(identifier, job));
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

  /**
   * An interval's first run is at deployment, a calendar schedule's at its time. A stored future time takes precedence.
   */
  private firstRunTime(identifier: string, { schedule: by }: CronJob): number {
    const now = Date.now();
    const stored = this.store.metadata(`cron:${identifier}`);
    const known = stored === undefined ? undefined : storedRun.parse(JSON.parse(stored));
    if (known?.schedule === JSON.stringify(by) && known.nextAt > now) return known.nextAt;
    return by.type === "interval" ? now : nextRunTime(by, now, now);
  }

  private scheduleRun(identifier: string, job: CronJob, at: number): void {
    clearTimeout(this.timers.get(identifier));
    if (this.isStopped || !Number.isFinite(at)) return;
    const delay = Math.min(Math.max(0, at - Date.now()), TIMER_MAX_MS);
    const timer = setTimeout(() => {
      if (Date.now() < at) this.scheduleRun(identifier, job, at);
      else this.startRun(identifier, job, at);
    }, delay);
    this.timers.set(identifier, timer);
  }

  private startRun(identifier: string, job: CronJob, at: number): void {
    // A run that started before the functions were reloaded may still be running; this run is then skipped.
    if (this.running.has(identifier)) {
      this.scheduleRun(identifier, job, nextRunTime(job.schedule, at, Date.now()));
      return;
    }
    const { jobs } = this;
    const run = this.run(job)
      .catch((error: unknown) => this.functions.log.error(["A cron could not be run.", error], job.name))
      .finally(() => {
        this.running.delete(identifier);
        if (!this.isStopped && jobs === this.jobs) this.scheduleNextRun(identifier, job, at);
      });
    this.running.set(identifier, run);
  }

  private scheduleNextRun(identifier: string, job: CronJob, last: number): void {
    const nextAt = nextRunTime(job.schedule, last, Date.now());
    try {
      this.store.setMetadata(
        `cron:${identifier}`,
        JSON.stringify({ schedule: JSON.stringify(job.schedule), nextAt }),
      );
    } catch (error) {
      // The cron then runs again after a restart, if that is before its next run.
      this.functions.log.error(["The next run of a cron could not be stored.", error], job.name);
    }
    this.scheduleRun(identifier, job, nextAt);
  }

  private async run({ name, args: [args = {}] }: CronJob): Promise<void> {
    const outcome =
      (await this.functions.kindOf(name)) === "mutation"
        ? await this.functions.runMutation(name, args, systemCaller)
        : await this.functions.runAction(name, args, systemCaller);
    if (!outcome.ok) this.functions.log.error([`A cron run failed: ${outcome.failure.message}`], name);
  }
}
