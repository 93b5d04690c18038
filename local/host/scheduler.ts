/**
 * Runs what is scheduled. A mutation runs exactly once: its completion commits with its writes. An action at most
 * once: it is marked as begun before it starts, and one that a crash cut off is failed at the next start, as on Convex.
 */
import type { Functions } from "./functions";
import { system } from "./functions";
import { isPending, jobsIn, moveJob, RESULTS_KEPT_MS, type Job, type JobState } from "./jobs";
import { SCHEDULED_FUNCTIONS } from "./schema";

/** Convex self-hosted runs this many at once (SCHEDULED_JOB_EXECUTION_PARALLELISM). */
const PARALLEL_MAX = 8;

/** The longest setTimeout: 2^31 - 1 ms, 24.8 days. A later job is looked at again then. */
const TIMER_MAX_MS = 2_147_483_647;

const CLEAN_EVERY_MS = 60 * 60_000;
const CLEANED_AT_ONCE = 500;

const LOST = "Transient error while executing action";

export class Scheduler {
  private timer: NodeJS.Timeout | undefined;
  private cleaner: NodeJS.Timeout | undefined;
  private readonly running = new Map<string, Promise<void>>();
  private isStopped = false;

  constructor(private readonly functions: Functions) {}

  /** Fails actions that a crash cut off and begins. */
  async start(): Promise<void> {
    await this.functions.transact((transaction) => {
      for (const { id } of jobsIn(transaction, "inProgress", Infinity)) {
        moveJob(transaction, id, { kind: "failed", error: LOST }, Date.now());
      }
    });
    this.functions.onCommit(({ scheduledSomething }) => {
      if (scheduledSomething) this.wake(0);
    });
    this.cleaner = setInterval(() => void this.clean(), CLEAN_EVERY_MS);
    this.wake(0);
  }

  /** Starts nothing more and waits for what runs to reach an end, at most `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    clearInterval(this.cleaner);
    const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([Promise.all(this.running.values()), grace]);
  }

  private wake(delayMs: number): void {
    if (this.isStopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.startDue(), Math.min(Math.max(delayMs, 0), TIMER_MAX_MS));
  }

  private async startDue(): Promise<void> {
    const wanted = PARALLEL_MAX - this.running.size;
    if (this.isStopped || wanted <= 0) return;
    const now = Date.now();
    const pending = await this.functions.transact((transaction) =>
      jobsIn(transaction, "pending", PARALLEL_MAX + this.running.size + 1),
    );
    const waiting = pending.filter(({ id }) => !this.running.has(id));
    for (const job of waiting.filter(({ scheduledTime }) => scheduledTime <= now).slice(0, wanted)) {
      const run = this.run(job).finally(() => {
        this.running.delete(job.id);
        this.wake(0);
      });
      this.running.set(job.id, run);
    }
    const next = waiting.find(({ scheduledTime }) => scheduledTime > now);
    if (next) this.wake(next.scheduledTime - now);
  }

  private async run(job: Job): Promise<void> {
    try {
      const kind = this.functions.kindOf(job.path);
      if (kind === "mutation") await this.runMutation(job);
      else await this.runAction(job);
    } catch (error) {
      this.functions.log.error(["A scheduled function could not be run.", error], job.path);
    }
  }

  private async runMutation(job: Job): Promise<void> {
    const outcome = await this.functions.runMutation(job.path, job.args, system, {
      also: (transaction) => {
        if (!isPending(transaction, job.id)) throw new Error("The scheduled function was canceled.");
        moveJob(transaction, job.id, { kind: "success" }, Date.now());
      },
    });
    if (!outcome.ok) await this.finish(job, { kind: "failed", error: outcome.failure.message });
  }

  private async runAction(job: Job): Promise<void> {
    const isBegun = await this.functions.transact((transaction) => {
      if (!isPending(transaction, job.id)) return false;
      moveJob(transaction, job.id, { kind: "inProgress" });
      return true;
    });
    if (!isBegun) return;
    const outcome = await this.functions.runAction(job.path, job.args, system);
    await this.finish(
      job,
      outcome.ok ? { kind: "success" } : { kind: "failed", error: outcome.failure.message },
    );
  }

  private async finish(job: Job, state: JobState): Promise<void> {
    await this.functions.transact((transaction) => moveJob(transaction, job.id, state, Date.now()));
  }

  private async clean(): Promise<void> {
    const before = Date.now() - RESULTS_KEPT_MS;
    await this.functions.transact((transaction) => {
      for (const kind of ["success", "failed", "canceled"] as const) {
        for (const { id } of jobsIn(transaction, kind, CLEANED_AT_ONCE, before)) {
          transaction.remove(id, SCHEDULED_FUNCTIONS);
        }
      }
    });
  }
}
