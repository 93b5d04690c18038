/** The simulated clock of flow tests, and the durations they count in. */
import { afterEach, beforeEach, vi } from "vitest";

/** Durations in milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** When every test starts. In the middle of a day and of a month, so that no boundary is crossed by accident. */
export const START = new Date("2026-11-20T10:00:00Z");

/** Gives every test of the file fake timers and a clock that starts at `START`; removes both, and stubs, after it. */
export function useFakeClock(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(START);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}
