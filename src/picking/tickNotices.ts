/**
 * What the server answered to ticks that a picker has to act on, e.g. to put pieces back. Kept on the device until they say that they
 * did: a tick can be sent hours later, and on a screen where nobody picks.
 */
import { deviceList } from "./deviceList";

export type TickNotice = {
  id: string;
  /** The membership of the person who ticked. */
  memberId: string;
  /** The sentence to show. */
  message: string;
};

/** Older ones are dropped. */
const NOTICES_MAX = 50;

function isNotice(value: unknown): value is TickNotice {
  if (typeof value !== "object" || value === null) return false;
  const { id, memberId, message } = value as Record<keyof TickNotice, unknown>;
  return typeof id === "string" && typeof memberId === "string" && typeof message === "string";
}

const notices = deviceList("picking.tickNotices", isNotice);

/** All notices of the device, oldest first. The same list until it changes. */
export const tickNotices = notices.read;
export const subscribeToNotices = notices.subscribe;

/** Adds a sentence for a person, unless they are shown the same one already: an order that was closed says so once. */
export function addNotice(memberId: string, message: string): void {
  const before = notices.read();
  if (before.some((notice) => notice.memberId === memberId && notice.message === message)) return;
  notices.write([...before, { id: crypto.randomUUID(), memberId, message }].slice(-NOTICES_MAX));
}

export function dismissNotices(ids: readonly string[]): void {
  notices.write(notices.read().filter(({ id }) => !ids.includes(id)));
}
