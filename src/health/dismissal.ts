/** Warnings that a person has seen and can do nothing about, remembered in this browser for each person and store. */
import type { Silence, StoreHealth } from "./storeHealth";

const STORAGE_KEY = "dismissed-failures";

export type Failed = Pick<StoreHealth["failed"], "count" | "latestAt">;

/** Whose, and of which store. */
export type Viewer = { email: string | null; businessAccountId: string };

/** Failed events, or that no callbacks arrive. */
export type Dismissible = "failures" | "silence";

/** Up to when what happened is dismissed, milliseconds UTC, by what, person and store. */
type Dismissed = Record<string, number>;

function keyOf({ email, businessAccountId }: Viewer, what: Dismissible): string {
  return `${what} ${businessAccountId} ${email ?? ""}`;
}

function read(): Dismissed {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as Dismissed) : {};
  } catch {
    return {};
  }
}

/** Up to when this person dismissed it; 0 when they did not. */
export function dismissedUntil(viewer: Viewer, what: Dismissible): number {
  return read()[keyOf(viewer, what)] ?? 0;
}

/** Remembers that this person has seen all of it up to a time, milliseconds UTC. */
export function dismissUntil(viewer: Viewer, what: Dismissible, time: number): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify({ ...read(), [keyOf(viewer, what)]: time }));
}

/** The failures to warn of: none once the latest was dismissed, and all again as soon as there is another. */
export function withoutDismissed<Health extends { failed: Failed }>(health: Health, until: number): Health {
  const { failed } = health;
  if (failed.latestAt === null || failed.latestAt > until) return health;
  return { ...health, failed: { ...failed, count: 0 } };
}

/** The silence to warn of: none once it was dismissed, until another begins. */
export function undismissedSilence(silence: Silence, until: number): Silence {
  return silence !== null && silence.since > until ? silence : null;
}
