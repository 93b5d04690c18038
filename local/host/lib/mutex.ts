/** Mutual exclusion for asynchronous work: one piece of work at a time. */

/** Somebody waits for what is in the foreground. */
export type Priority = "foreground" | "background";

/** How many pieces of work in the foreground can go before one in the background that waits. Chosen. */
const FOREGROUND_RUN_MAX = 8;

export class Mutex {
  private isBusy = false;
  private readonly waiting: Record<Priority, (() => void)[]> = { foreground: [], background: [] };
  private foregroundRun = 0;

  /**
   * Runs `work` after all earlier work of its priority has ended, and what is in the background after what is in the foreground, as
   * long as the one does not keep the other out. Resolves or rejects as `work` does.
   */
  async runExclusive<T>(work: () => Promise<T>, priority: Priority = "foreground"): Promise<T> {
    if (this.isBusy) await new Promise<void>((begin) => this.waiting[priority].push(begin));
    this.isBusy = true;
    try {
      return await work();
    } finally {
      this.beginNext();
    }
  }

  private beginNext(): void {
    const { foreground, background } = this.waiting;
    const isTurnOfBackground = foreground.length === 0 || this.foregroundRun >= FOREGROUND_RUN_MAX;
    const inBackground = isTurnOfBackground ? background.shift() : undefined;
    const begin = inBackground ?? foreground.shift();
    this.foregroundRun = inBackground || background.length === 0 ? 0 : this.foregroundRun + 1;
    // It stays busy for the next one, so that no other can begin before.
    this.isBusy = begin !== undefined;
    begin?.();
  }
}
