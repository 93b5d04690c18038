/**
 * Group commit: the writes of one turn of the event loop share a SQLite transaction and its fsync.
 *
 * A group is lost when the disk refuses it. Whatever has read its writes must then fail as well: `whenDurable()` rejects,
 * and `losses` tells work that began before. After a full disk the next group is tried, because SQLite has rolled the lost
 * one back completely; after any other error the file's state is unknown, and nothing is written until a restart.
 */
import type Database from "libsql";

/** Nothing can be stored at the moment. The message says why and what to do. */
export class StorageUnavailable extends Error {}

/** Bound at load time, so that a test's fake timers do not delay commits. */
const afterThisTurn = setImmediate;

const FULL =
  "The disk is full: nothing is stored until there is room. Free disk space; the host then goes on by itself.";

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** SQLite's error for a full disk. */
export function isDiskFull(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "SQLITE_FULL";
}

export class GroupCommit {
  /** The open group: written and not yet on disk. */
  private group: { flushed: Promise<void>; end: (error?: Error) => void } | undefined;
  private isBroken = false;
  /** Why the last group was lost; undefined once a later one is on disk. */
  failure: StorageUnavailable | undefined;
  /** How many groups were lost so far. */
  losses = 0;

  /** `beforeCommit` writes into every group before it ends; `onLoss` runs when one was rolled back. */
  constructor(
    private readonly database: Database.Database,
    private readonly beforeCommit: () => void,
    private readonly onLoss: () => void,
  ) {}

  /** Resolves when everything written so far is on disk. Rejects with StorageUnavailable when it was lost. */
  whenDurable(): Promise<void> {
    return this.group?.flushed ?? Promise.resolve();
  }

  /**
   * Runs `work`, which writes all or nothing, in this turn's group. Throws what it throws, and StorageUnavailable when the
   * group is lost with it.
   */
  write(work: () => void): void {
    this.open();
    this.database.exec("SAVEPOINT one");
    try {
      work();
    } catch (error) {
      if (!this.database.inTransaction) throw this.lose(error);
      this.database.exec("ROLLBACK TO one; RELEASE one");
      throw error;
    }
    this.database.exec("RELEASE one");
  }

  private open(): void {
    if (this.isBroken && this.failure) throw this.failure;
    if (this.group) return;
    this.database.exec("BEGIN IMMEDIATE");
    let end: (error?: Error) => void = () => undefined;
    const flushed = new Promise<void>((resolve, reject) => {
      end = (error) => (error ? reject(error) : resolve());
    });
    // Those who wait for the group see its failure; without this handler, one that nobody waits for would end the
    // process.
    flushed.catch(() => undefined);
    this.group = { flushed, end };
    afterThisTurn(() => this.flush());
  }

  /** Writes the open group to disk. */
  flush(): void {
    if (!this.group) return;
    try {
      this.beforeCommit();
      this.database.exec("COMMIT");
    } catch (error) {
      this.lose(error);
      return;
    }
    this.failure = undefined;
    this.group.end();
    this.group = undefined;
  }

  private lose(error: unknown): StorageUnavailable {
    const { group } = this;
    this.group = undefined;
    // SQLite rolls back by itself after most errors of the disk.
    if (this.database.inTransaction) this.database.exec("ROLLBACK");
    const isFull = isDiskFull(error);
    if (!isFull) this.isBroken = true;
    this.failure = new StorageUnavailable(
      isFull ? FULL : `A commit could not be written to disk (${reasonOf(error)}). Restart the host.`,
      { cause: error },
    );
    this.losses += 1;
    this.onLoss();
    group?.end(this.failure);
    return this.failure;
  }
}
