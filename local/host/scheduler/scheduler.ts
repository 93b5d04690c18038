/**
 * Runs scheduled functions. A mutation runs exactly once: its final state is committed with its writes. An action runs
 * at most once: it is marked as in progress before it starts, and fails at the next start when a crash interrupted it,
 * as on Convex.
 */
import { systemCaller, unknownOrigin, type Caller } from "../functions/caller";
import { FunctionError } from "../functions/failures";
import type { Functions, Outcome } from "../functions/functions";
import { startJob, completeJob, jobsIn, RESULT_RETENTION_MS, type Job } from "../transaction/jobs";
import { TIMER_MAX_MS } from "../lib/timers";
import { StorageUnavailable } from "../store/groupCommit";
import { SCHEDULED_FUNCTIONS } from "../store/schema";

/** How many functions run at once: the self-hosted backend's default of SCHEDULED_JOB_EXECUTION_PARALLELISM. */
const PARALLEL_MAX = 8;

/** Chosen: results are retained for days, so an hour more does not matter. */
const CLEANUP_INTERVAL_MS = 60 * 60_000;
/** How long work waits that could not be stored, e.g. because the disk is full. Chosen. */
const RETRY_DELAY_MS = 1_000;

/** Chosen: a transaction of this size takes some milliseconds. */
const DELETED_PER_TRANSACTION = 500;

/** Convex's message for an action that was interrupted. */
const INTERRUPTED = "Transient error while executing action";

export class Scheduler {
  private timer: NodeJS.Timeout | undefined;
  private cleaner: NodeJS.Timeout | undefined;
  private readonly running = new Map<string, Promise<void>>();
  private readonly scans = new Set<Promise<void>>();
  private isStopped = false;
  /** Whether the last scan left due functions waiting for one that runs to end. */
  private areSomeLeft = false;

  constructor(private readonly functions: Functions) {}

  /** Fails interrupted actions, starts running due functions, and deletes old results every hour. */
  async start(): Promise<void> {
    await this.startWithoutCleanup();
    this.cleaner = setInterval(() => {
      this.deleteOldResults().catch((error: unknown) => this.logFailure(error));
    }, CLEANUP_INTERVAL_MS);
    await this.deleteOldResults();
  }

  /** As `start`, without deleting old results: for tests, whose clock may jump by days. */
  async startWithoutCleanup(): Promise<void> {
    await this.functions.transact((transaction) => {
      for (const { id } of jobsIn(transaction, "inProgress", Infinity)) {
        completeJob(transaction, id, { kind: "failed", error: INTERRUPTED });
      }
    });
    this.functions.onCommit(({ scheduledSomething }) => {
      if (scheduledSomething) this.scheduleScan(0);
    });
    this.scheduleScan(0);
  }

  /** Resolves when no function runs and none is being looked for. */
  async idle(): Promise<void> {
    while (this.scans.size + this.running.size > 0) {
      await Promise.all([...this.scans, ...this.running.values()]);
    }
  }

  /** Starts no more functions and waits at most `graceMs` milliseconds for those that run. */
  async stop(graceMs: number): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    clearInterval(this.cleaner);
    const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([Promise.all(this.running.values()), grace]);
  }

  private scheduleScan(delayMs: number): void {
    if (this.isStopped) return;
    clearTimeout(this.timer);
    const delay = Math.min(Math.max(delayMs, 0), TIMER_MAX_MS);
    this.timer = setTimeout(() => {
      const scan = this.startDue().catch((error: unknown) => {
        this.logFailure(error);
        this.scheduleScan(RETRY_DELAY_MS);
      });
      const ended = scan.finally(() => this.scans.delete(ended));
      this.scans.add(ended);
    }, delay);
  }

  /** Logs an error of the scheduler itself, such as a full disk. Its work is tried again. */
  private logFailure(error: unknown): void {
    this.functions.log.error(["The scheduler failed.", error]);
  }

  private async startDue(): Promise<void> {
    // Running mutations are pending until they commit, so they are among the first; one more job gives the next due
    // time.
    const pending = await this.functions.look((transaction) =>
      jobsIn(transaction, "pending", 2 * PARALLEL_MAX + 1),
    );
    if (this.isStopped) return;
    const now = Date.now();
    const waiting = pending.filter(({ id }) => !this.running.has(id));
    const due = waiting.filter(({ scheduledTime }) => scheduledTime <= now);
    const wanted = Math.max(0, PARALLEL_MAX - this.running.size);
    this.areSomeLeft = due.length > wanted;
    for (const job of due.slice(0, wanted)) {
      const run = this.run(job).then((isDone) => {
        this.running.delete(job.id);
        if (!isDone) this.scheduleScan(RETRY_DELAY_MS);
        else if (this.areSomeLeft) this.scheduleScan(0);
      });
      this.running.set(job.id, run);
    }
    if (this.areSomeLeft) return;
    const next = waiting.find(({ scheduledTime }) => scheduledTime > now);
    if (next) this.scheduleScan(next.scheduledTime - now);
  }

  /** Resolves to false when the function could not be run, and is still pending. */
  private async run(job: Job): Promise<boolean> {
    try {
      const kind = await this.functions.kindOf(job.path);
      if (kind === "mutation") await this.runMutation(job);
      else await this.runAction(job);
      return true;
    } catch (error) {
      this.functions.log.error(["A scheduled function could not be run.", error], job.path);
      return false;
    }
  }

  private async runMutation(job: Job): Promise<void> {
    const outcome = await this.functions.runMutation(job.path, job.args, callerOf(job), {
      // Only the mutation itself sees this state; for others the job is pending until the commit.
      before: (transaction) => {
        if (!startJob(transaction, job.id)) throw new FunctionError("The scheduled function was cancelled.");
      },
      after: (transaction) => completeJob(transaction, job.id, { kind: "success" }),
    });
    if (!outcome.ok) await this.finish(job, outcome);
  }

  private async runAction(job: Job): Promise<void> {
    const isStarted = await this.functions.transact((transaction) => startJob(transaction, job.id));
    if (isStarted) await this.finish(job, await this.functions.runAction(job.path, job.args, callerOf(job)));
  }

  /** Stores the outcome, once the disk takes it: an action is not run again because its outcome could not be stored. */
  private async finish(job: Job, outcome: Outcome): Promise<void> {
    const state = outcome.ok
      ? { kind: "success" as const }
      : { kind: "failed" as const, error: outcome.failure.message };
    for (;;) {
      try {
        await this.functions.transact((transaction) => completeJob(transaction, job.id, state));
        return;
      } catch (error) {
        if (!(error instanceof StorageUnavailable) || this.isStopped) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS).unref());
      }
    }
  }

  /** Deletes results past their retention, in small transactions so that other work is not delayed. */
  private async deleteOldResults(): Promise<void> {
    const before = Date.now() - RESULT_RETENTION_MS;
    for (const kind of ["success", "failed", "canceled"] as const) {
      let found: Job[];
      do {
        found = await this.functions.transact((transaction) => {
          const old = jobsIn(transaction, kind, DELETED_PER_TRANSACTION, before);
          for (const { id } of old) transaction.remove(id, SCHEDULED_FUNCTIONS);
          return old;
        });
      } while (found.length === DELETED_PER_TRANSACTION && !this.isStopped);
    }
  }
}

function callerOf({ id }: Job): Caller {
  return { ...systemCaller, origin: { ...unknownOrigin, scheduledFunctionId: id } };
}
