/**
 * Runs what is scheduled. A mutation runs exactly once: its completion commits with its writes. An action at most
 * once: it is marked as begun before it starts, and one that a crash cut off is failed at the next start, as on Convex.
 */
import { nowhere, system, type Caller } from "../functions/caller";
import { FunctionError } from "../functions/failures";
import type { Functions, Outcome } from "../functions/functions";
import { beginJob, completeJob, jobsIn, RESULTS_KEPT_MS, type Job } from "../transaction/jobs";
import { SCHEDULED_FUNCTIONS } from "../store/schema";

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
  private readonly looking = new Set<Promise<void>>();
  private isStopped = false;

  constructor(private readonly functions: Functions) {}

  /** Fails actions that a crash cut off and begins. Old results are cleaned up now and then. */
  async start(): Promise<void> {
    await this.startWithoutCleaning();
    this.cleaner = setInterval(() => this.survive(this.clean()), CLEAN_EVERY_MS);
    await this.clean();
  }

  /** For tests, whose clock may run through days at once. */
  async startWithoutCleaning(): Promise<void> {
    await this.functions.transact((transaction) => {
      for (const { id } of jobsIn(transaction, "inProgress", Infinity)) {
        completeJob(transaction, id, { kind: "failed", error: LOST });
      }
    });
    this.functions.onCommit(({ scheduledSomething }) => {
      if (scheduledSomething) this.wake(0);
    });
    this.wake(0);
  }

  /** Resolves when nothing runs that is due. */
  async idle(): Promise<void> {
    while (this.looking.size + this.running.size > 0) {
      await Promise.all([...this.looking, ...this.running.values()]);
    }
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
    const delay = Math.min(Math.max(delayMs, 0), TIMER_MAX_MS);
    this.timer = setTimeout(() => {
      const look = this.startDue();
      this.survive(look);
      const ended = look.catch(() => undefined).finally(() => this.looking.delete(ended));
      this.looking.add(ended);
    }, delay);
  }

  /** What fails here, such as a full disk, is tried again at the next occasion. */
  private survive(work: Promise<void>): void {
    work.catch((error: unknown) => this.functions.log.error(["The scheduler could not do its work.", error]));
  }

  private async startDue(): Promise<void> {
    // A mutation is pending until it commits: those that run are among the first, and one more tells when to wake.
    const pending = await this.functions.transact((transaction) =>
      jobsIn(transaction, "pending", 2 * PARALLEL_MAX + 1),
    );
    const wanted = PARALLEL_MAX - this.running.size;
    if (this.isStopped || wanted <= 0) return;
    const now = Date.now();
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
    const outcome = await this.functions.runMutation(job.path, job.args, callerOf(job), {
      // Seen by the mutation alone: for others the job is pending until it has succeeded.
      before: (transaction) => {
        if (!beginJob(transaction, job.id)) throw new FunctionError("The scheduled function was cancelled.");
      },
      after: (transaction) => completeJob(transaction, job.id, { kind: "success" }),
    });
    if (!outcome.ok) await this.finish(job, outcome);
  }

  private async runAction(job: Job): Promise<void> {
    const isBegun = await this.functions.transact((transaction) => beginJob(transaction, job.id));
    if (isBegun) await this.finish(job, await this.functions.runAction(job.path, job.args, callerOf(job)));
  }

  private async finish(job: Job, outcome: Outcome): Promise<void> {
    await this.functions.transact((transaction) =>
      completeJob(
        transaction,
        job.id,
        outcome.ok ? { kind: "success" } : { kind: "failed", error: outcome.failure.message },
      ),
    );
  }

  /** Forgets old results, a few in a transaction so that nobody waits long. */
  private async clean(): Promise<void> {
    const before = Date.now() - RESULTS_KEPT_MS;
    for (const kind of ["success", "failed", "canceled"] as const) {
      let found: Job[];
      do {
        found = await this.functions.transact((transaction) => {
          const old = jobsIn(transaction, kind, CLEANED_AT_ONCE, before);
          for (const { id } of old) transaction.remove(id, SCHEDULED_FUNCTIONS);
          return old;
        });
      } while (found.length === CLEANED_AT_ONCE && !this.isStopped);
    }
  }
}

function callerOf({ id }: Job): Caller {
  return { ...system, origin: { ...nowhere, scheduledFunctionId: id } };
}
