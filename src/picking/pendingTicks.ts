/**
 * Ticks that the server has not confirmed, kept on the device until it has: a reload or an empty battery loses none of them. Marking a
 * line twice is marking it once, so a tick whose answer was lost can be sent again.
 */
import type { OrderLine } from "../orders/types";
import { TICKS_KEY } from "./storedTicks";

export type PendingTick = {
  id: string;
  /** The membership of the person who ticked: on a shared device, nobody sends another's ticks. */
  memberId: string;
  lineIds: OrderLine["lineId"][];
  isPicked: boolean;
  /** Milliseconds UTC. */
  at: number;
};

function isTick(value: unknown): value is PendingTick {
  if (typeof value !== "object" || value === null) return false;
  const { id, memberId, lineIds, isPicked, at } = value as Record<keyof PendingTick, unknown>;
  return (
    typeof id === "string" &&
    typeof memberId === "string" &&
    Array.isArray(lineIds) &&
    lineIds.every((lineId) => typeof lineId === "string") &&
    typeof isPicked === "boolean" &&
    typeof at === "number"
  );
}

function readStored(): string {
  try {
    return localStorage.getItem(TICKS_KEY) ?? "[]";
  } catch {
    // A browser that refuses storage keeps ticks for as long as the page lives.
    return memory;
  }
}

/** The ticks as text, where the browser stores nothing. */
let memory = "[]";
let parsed: { text: string; ticks: readonly PendingTick[] } = { text: "[]", ticks: [] };
const listeners = new Set<() => void>();

/** All ticks of the device, oldest first. The same list until it changes. */
export function pendingTicks(): readonly PendingTick[] {
  const text = readStored();
  if (text === parsed.text) return parsed.ticks;
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    stored = [];
  }
  parsed = { text, ticks: Array.isArray(stored) ? stored.filter(isTick) : [] };
  return parsed.ticks;
}

function write(ticks: readonly PendingTick[]): void {
  memory = JSON.stringify(ticks);
  try {
    localStorage.setItem(TICKS_KEY, memory);
  } catch {
    // As in readStored; `memory` has them.
  }
  for (const listener of listeners) listener();
}

export function addTick(tick: Omit<PendingTick, "id" | "at">): void {
  write([...pendingTicks(), { ...tick, id: crypto.randomUUID(), at: Date.now() }]);
}

/** Forgets a tick that the server confirmed or refused. */
export function removeTick(id: string): void {
  write(pendingTicks().filter((tick) => tick.id !== id));
}

/** Calls `onChange` when the ticks change, in another tab of the device too. Returns what ends it. */
export function subscribeToTicks(onChange: () => void): () => void {
  listeners.add(onChange);
  window.addEventListener("storage", onChange);
  return () => {
    listeners.delete(onChange);
    window.removeEventListener("storage", onChange);
  };
}
