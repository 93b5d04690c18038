/**
 * Convex's limits for one query or mutation, in documents, ranges, functions and bytes (Convex docs,
 * "production/state/limits"; convex-backend, crates/common/src/knobs.rs).
 */
import { inMebibytes } from "../values/size";

export const limits = {
  documentsRead: 32_000,
  bytesRead: 16 * 1024 * 1024,
  rangesRead: 4_096,
  documentsWritten: 16_000,
  bytesWritten: 16 * 1024 * 1024,
  functionsScheduled: 1_000,
  bytesScheduled: 16 * 1024 * 1024,
  documentBytes: 1024 * 1024,
};

export type Counter = Exclude<keyof typeof limits, "documentBytes">;

/** Convex's error for each limit: its name, what was too much, and the limit. */
const messages: Record<Counter, (limit: number) => string> = {
  documentsRead: (limit) =>
    `TooManyDocumentsRead: Too many documents read in a single function execution (limit: ${limit}).`,
  bytesRead: (limit) =>
    `TooManyBytesRead: Too many bytes read in a single function execution (limit: ${limit} bytes).`,
  rangesRead: (limit) => `TooManyReads: Too many reads in a single function execution (limit: ${limit}).`,
  documentsWritten: (limit) =>
    `TooManyWrites: Too many writes in a single function execution (limit: ${limit}).`,
  bytesWritten: (limit) =>
    `TooManyBytesWritten: Too many bytes written in a single function execution (limit: ${inMebibytes(limit)}).`,
  functionsScheduled: (limit) =>
    `TooManyFunctionsScheduled: Too many functions scheduled by this mutation (limit: ${limit}).`,
  bytesScheduled: (limit) =>
    `ScheduledFunctionsArgumentsTooLarge: Too large total size of the arguments of scheduled functions from this mutation (limit: ${limit} bytes).`,
};

/** A limit was exceeded. A paginated query then ends its page; elsewhere the function fails. */
export class LimitExceeded extends Error {}

/** What a nested call may use beyond what its transaction has used so far; absent: up to the transaction's limits. */
export type Budget = { [counter in Counter]?: number | undefined };

/** Bound at load time, so that it tells real time when a test installs fake timers. */
const now = performance.now.bind(performance);

const counters = Object.keys(messages) as Counter[];

/** The resources that one transaction has used. Exceeding a limit throws, as in production. */
export class Usage {
  readonly used: Record<Counter, number> = {
    documentsRead: 0,
    bytesRead: 0,
    rangesRead: 0,
    documentsWritten: 0,
    bytesWritten: 0,
    functionsScheduled: 0,
    bytesScheduled: 0,
  };

  /** The limits at present: Convex's, lowered while a nested call with a budget runs. */
  private ceiling: Readonly<Record<Counter, number>> = limits;

  private spentMs = 0;
  private loadingSince: number | undefined;

  /**
   * Time spent in the database, and until modules were loaded, in milliseconds. It does not count towards the function's time
   * limit.
   */
  get hostMs(): number {
    return this.spentMs + (this.loadingSince === undefined ? 0 : now() - this.loadingSince);
  }

  /** Runs `work` and adds its duration to `hostMs`. */
  timed<T>(work: () => T): T {
    const startedAt = now();
    try {
      return work();
    } finally {
      this.spentMs += now() - startedAt;
    }
  }

  /** Adds the time until a module is loaded to `hostMs`. */
  async whileLoading<T>(loaded: Promise<T>): Promise<T> {
    this.loadingSince ??= now();
    try {
      return await loaded;
    } finally {
      this.spentMs = this.hostMs;
      this.loadingSince = undefined;
    }
  }

  /** Throws LimitExceeded when the limit is exceeded. */
  add(counter: Counter, amount: number): void {
    this.set(counter, this.used[counter] + amount);
  }

  /** As `add`, with the new total. */
  set(counter: Counter, total: number): void {
    this.used[counter] = total;
    const limit = this.ceiling[counter];
    if (total > limit) throw new LimitExceeded(messages[counter](limit));
  }

  /** How much of a resource is left. */
  remaining(counter: Counter): number {
    return this.ceiling[counter] - this.used[counter];
  }

  /** Runs a nested call that may use no more than its budget. A budget only lowers limits. */
  async withBudget<T>(budget: Budget, work: () => Promise<T>): Promise<T> {
    const outer = this.ceiling;
    const lowered = counters.map((counter): [Counter, number] => [
      counter,
      Math.min(this.used[counter] + (budget[counter] ?? Infinity), outer[counter]),
    ]);
    this.ceiling = Object.fromEntries(lowered) as Record<Counter, number>;
    try {
      return await work();
    } finally {
      this.ceiling = outer;
    }
  }

  /**
   * Returns a function that gives back what was written since. On Convex a nested mutation that fails gives back its
   * writes, but neither what it read nor what it scheduled (convex-backend, `Transaction::rollback_subtransaction`).
   */
  writesSavepoint(): () => void {
    const { documentsWritten, bytesWritten } = this.used;
    return () => void Object.assign(this.used, { documentsWritten, bytesWritten });
  }
}
