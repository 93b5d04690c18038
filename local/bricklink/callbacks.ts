/**
 * Posts notifications to a store's callback URL. Each copy is sent once: whether BrickLink retries a failed callback is
 * not documented, so the simulator does not.
 */
import type { CallbackMode, Notification, StoreState } from "./store/model";

/** Chosen: longer than the product takes to answer a callback. */
const TIMEOUT_MS = 5_000;
/** How many sent callbacks are remembered for `GET …/callbacks`; older ones are dropped. */
const SENT_MAX = 1_000;

/** `at`: milliseconds since the epoch, UTC; `status`: the HTTP status answered, null when there was no answer. */
export type SentCallback = { at: number; notification: Notification; status: number | null };

/** What happens to the next `times` callbacks. */
export type CallbackRule = {
  times: number;
  kind: "suppress" | "repeat" | "delay";
  copies: number;
  delayMs: number;
};

function bodyOf(mode: CallbackMode, notification: Notification): string {
  switch (mode) {
    case "list":
      return JSON.stringify([notification]);
    case "object":
      return JSON.stringify(notification);
    case "empty":
      return "";
    case "garbage":
      return "<notification/>";
  }
}

export class CallbackSender {
  readonly sent: SentCallback[] = [];
  private readonly rules: CallbackRule[] = [];
  private readonly pending = new Set<Promise<void>>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly state: StoreState,
    private readonly now: () => number,
    /** Delays in milliseconds of the copies that the fault profile asks for; undefined: one copy without delay. */
    private readonly profileDelays: () => number[] | undefined,
  ) {}

  /** Applies to the next callbacks, after the rules added before it. */
  addRule(rule: CallbackRule): void {
    this.rules.push(rule);
  }

  /** Sends a notification according to the first rule, or else to the fault profile. Does not wait for the answer. */
  notify(notification: Notification): void {
    const rule = this.rules[0];
    if (!rule) {
      for (const delayMs of this.profileDelays() ?? [0]) this.send(notification, delayMs);
      return;
    }
    rule.times -= 1;
    if (rule.times <= 0) this.rules.shift();
    if (rule.kind === "suppress") return;
    const copies = rule.kind === "repeat" ? rule.copies : 1;
    for (let copy = 0; copy < copies; copy += 1)
      this.send(notification, rule.kind === "delay" ? rule.delayMs : 0);
  }

  /** Sends one copy after `delayMs`, regardless of rules and fault profile. */
  send(notification: Notification, delayMs = 0): void {
    if (this.state.callback === null) return;
    if (delayMs === 0) {
      this.track(this.post(notification));
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.track(this.post(notification));
    }, delayMs);
    this.timers.add(timer);
  }

  private track(work: Promise<void>): void {
    this.pending.add(work);
    void work.finally(() => this.pending.delete(work));
  }

  private async post(notification: Notification): Promise<void> {
    const { callback } = this.state;
    if (callback === null) return;
    let status: number | null = null;
    try {
      const response = await fetch(callback.url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: bodyOf(callback.mode, notification),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      status = response.status;
      await response.arrayBuffer();
    } catch {
      status = null;
    }
    this.sent.push({ at: this.now(), notification, status });
    this.sent.splice(0, this.sent.length - SENT_MAX);
  }

  /** Cancels delayed callbacks and resolves when those being sent are answered. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.pending);
  }
}
