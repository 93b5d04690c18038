/** Calling a store's callback URL. One attempt each; whether BrickLink retries is not known, so this does not. */
import type { CallbackMode, Notification, StoreState } from "./store/model";

const TIMEOUT_MS = 5_000;
const REMEMBERED = 1_000;

export type Sent = { at: number; notification: Notification; status: number | null };

export type PushRule = {
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

export class Push {
  readonly sent: Sent[] = [];
  private readonly rules: PushRule[] = [];
  private readonly pending = new Set<Promise<void>>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly state: StoreState,
    private readonly now: () => number,
    /** The weather's word on a callback: when to send it, a time a copy. Undefined: once, at once. */
    private readonly weather: () => number[] | undefined,
  ) {}

  /** The next notifications go wrong in this way. */
  addRule(rule: PushRule): void {
    this.rules.push(rule);
  }

  /** Sends a notification as the rules have it. Never waits for the store. */
  notify(notification: Notification): void {
    const rule = this.rules[0];
    if (!rule) {
      for (const delayMs of this.weather() ?? [0]) this.send(notification, delayMs);
      return;
    }
    rule.times -= 1;
    if (rule.times <= 0) this.rules.shift();
    if (rule.kind === "suppress") return;
    const copies = rule.kind === "repeat" ? rule.copies : 1;
    for (let copy = 0; copy < copies; copy += 1)
      this.send(notification, rule.kind === "delay" ? rule.delayMs : 0);
  }

  /** Sends one notification after `delayMs`, whatever the rules. */
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
    this.sent.splice(0, this.sent.length - REMEMBERED);
  }

  /** Sends nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.pending);
  }
}
