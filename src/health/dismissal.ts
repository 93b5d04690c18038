/** Failed events that a person has seen and can do nothing about, remembered in this browser for each person and store. */
import type { StoreHealth } from "./storeHealth";

const STORAGE_KEY = "dismissed-failures";

export type Failed = Pick<StoreHealth["failed"], "count" | "latestAt">;

/** Whose, and of which store. */
export type Viewer = { email: string | null; businessAccountId: string };

/** When the last failure was that was dismissed, milliseconds UTC, by person and store. */
type Dismissed = Record<string, number>;

function keyOf({ email, businessAccountId }: Viewer): string {
  return `${businessAccountId} ${email ?? ""}`;
}

function read(): Dismissed {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as Dismissed) : {};
  } catch {
    return {};
  }
}

/** When the last failure was that this person dismissed; 0 when there is none. */
export function dismissedUntil(viewer: Viewer): number {
  return read()[keyOf(viewer)] ?? 0;
}

/** Remembers that this person has seen all failures up to a time, milliseconds UTC. */
export function dismissUntil(viewer: Viewer, time: number): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify({ ...read(), [keyOf(viewer)]: time }));
}

/** The failures to warn of: none once the latest was dismissed, and all again as soon as there is another. */
export function withoutDismissed<Health extends { failed: Failed }>(health: Health, until: number): Health {
  const { failed } = health;
  if (failed.latestAt === null || failed.latestAt > until) return health;
  return { ...health, failed: { ...failed, count: 0 } };
}
