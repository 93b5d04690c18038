/**
 * Sends ticks one after another, in the order in which they were made. Only a refusal takes a tick off the device: one that fails for
 * another reason, a lost network or a busy server, is kept and sent again after a delay that grows with each failure.
 */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { errorCode, errorText } from "../ui/errorText";
import { pendingTicks, removeTick, type PendingTick } from "./pendingTicks";
import { tickProblemText, tickText } from "./pickedText";
import { addNotice } from "./tickNotices";

/** Milliseconds. The delay doubles from the first to the longest. */
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;

export type TickProblem = FunctionReturnType<typeof api.orders.picking.pickStatus.setPicked>[number];
export type SendTick = (tick: PendingTick) => Promise<readonly TickProblem[]>;

/** The ticks that failed, by id, for as long as the page lives. `until`: milliseconds UTC. */
const failed = new Map<string, { times: number; until: number }>();

/** One sender at a time in a page, whichever of its components asks for it: the ticks stay in their order. */
let running: Promise<void> | null = null;

type Next = { due: PendingTick | undefined; retryAt: number };

/**
 * The first tick of a person that is not to wait. One that has a line in common with a tick that waits does so too: the later of the two
 * is to count. `retryAt`: when the first of those that wait is due; Infinity when none does.
 */
function nextTick(memberId: string): Next {
  const waitingLines = new Set<string>();
  let retryAt = Infinity;
  for (const tick of pendingTicks().filter((pending) => pending.memberId === memberId)) {
    const until = failed.get(tick.id)?.until ?? 0;
    const isBehind = tick.lineIds.some((lineId) => waitingLines.has(lineId));
    if (until <= Date.now() && !isBehind) return { due: tick, retryAt };
    for (const lineId of tick.lineIds) waitingLines.add(lineId);
    if (!isBehind) retryAt = Math.min(retryAt, until);
  }
  return { due: undefined, retryAt };
}

/** Whether the server has decided that it will never take the tick. Somebody whose session has ended can sign in again. */
function isRefusal(error: unknown): boolean {
  const code = errorCode(error);
  return code !== null && code !== "notSignedIn";
}

async function sendTick(tick: PendingTick, send: SendTick): Promise<void> {
  try {
    // The client holds a call back while it is disconnected, so a lost connection delays the tick.
    for (const problem of await send(tick)) {
      const message = tickProblemText(problem, tick);
      if (message !== null) addNotice(tick.memberId, message);
    }
  } catch (error) {
    if (!isRefusal(error)) {
      const times = (failed.get(tick.id)?.times ?? 0) + 1;
      const delay = Math.min(FIRST_RETRY_MS * 2 ** (times - 1), LONGEST_RETRY_MS);
      failed.set(tick.id, { times, until: Date.now() + delay });
      return;
    }
    addNotice(tick.memberId, tickText.refused(errorText(error)));
  }
  failed.delete(tick.id);
  removeTick(tick.id);
}

async function sendDue(memberId: string, send: SendTick): Promise<void> {
  for (let { due } = nextTick(memberId); due; due = nextTick(memberId).due) await sendTick(due, send);
}

/** Sends a person's ticks until none is left, those that fail again and again. Returns what ends it. */
export function keepSendingTicks(memberId: string, send: SendTick): () => void {
  let isEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = async (): Promise<void> => {
    while (running !== null) await running;
    if (isEnded) return;
    running = sendDue(memberId, send).finally(() => (running = null));
    await running;
    const { retryAt } = nextTick(memberId);
    if (!isEnded && retryAt < Infinity) timer = setTimeout(() => void run(), retryAt - Date.now());
  };
  void run();
  return () => {
    isEnded = true;
    clearTimeout(timer);
  };
}
