/** Convex's limits for one query or mutation (docs, "production/state/limits"), under the names its errors use. */

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

const words: Record<Counter, string> = {
  documentsRead: "TooManyDocumentsRead: too many documents read in a single function execution",
  bytesRead: "TooManyBytesRead: too many bytes read in a single function execution",
  rangesRead: "TooManyReads: too many index ranges read in a single function execution",
  documentsWritten: "TooManyWrites: too many documents written in a single function execution",
  bytesWritten: "TooManyBytesWritten: too many bytes written in a single function execution",
  functionsScheduled: "TooManyFunctionsScheduled: too many functions scheduled by this mutation",
  bytesScheduled:
    "ScheduledFunctionsArgumentsTooLarge: too many bytes of arguments scheduled by this mutation",
};

/** Adds up what one transaction uses and throws past a limit, so that what fails in production fails here. */
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

  /** Time spent in the database, which is not the function's own. */
  databaseMs = 0;

  timed<T>(work: () => T): T {
    const startedAt = performance.now();
    try {
      return work();
    } finally {
      this.databaseMs += performance.now() - startedAt;
    }
  }

  add(counter: Counter, amount: number): void {
    this.used[counter] += amount;
    if (this.used[counter] > limits[counter])
      throw new Error(`${words[counter]} (limit: ${limits[counter]}).`);
  }
}
