/** Convex's limits for one query or mutation (Convex docs, "production/state/limits"). */

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

/** The text of each limit's error, as on Convex. */
const messages: Record<Counter, string> = {
  documentsRead: "TooManyDocumentsRead: too many documents read in a single function execution",
  bytesRead: "TooManyBytesRead: too many bytes read in a single function execution",
  rangesRead: "TooManyReads: too many index ranges read in a single function execution",
  documentsWritten: "TooManyWrites: too many documents written in a single function execution",
  bytesWritten: "TooManyBytesWritten: too many bytes written in a single function execution",
  functionsScheduled: "TooManyFunctionsScheduled: too many functions scheduled by this mutation",
  bytesScheduled:
    "ScheduledFunctionsArgumentsTooLarge: too many bytes of arguments scheduled by this mutation",
};

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

  /** Time spent in the database, in milliseconds. It does not count towards the function's time limit. */
  databaseMs = 0;

  /** Runs `work` and adds its duration to `databaseMs`. */
  timed<T>(work: () => T): T {
    const startedAt = performance.now();
    try {
      return work();
    } finally {
      this.databaseMs += performance.now() - startedAt;
    }
  }

  /** Throws when the limit is exceeded. */
  add(counter: Counter, amount: number): void {
    this.used[counter] += amount;
    if (this.used[counter] > limits[counter])
      throw new Error(`${messages[counter]} (limit: ${limits[counter]}).`);
  }
}
