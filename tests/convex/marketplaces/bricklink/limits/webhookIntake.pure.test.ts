import { expect, it } from "vitest";
import {
  pollTimeForEmptyCallback,
  countInRateWindow,
} from "../../../../../convex/marketplaces/bricklink/limits/webhookIntake";

it("a rate limit window counts up to its limit, and starts again from nothing when its time is over", () => {
  const full = { startedAt: 1_000, count: 5 };
  expect(countInRateWindow(full, 5, 100, 1_099)).toEqual({ ok: false, availableAt: 1_100 });
  expect(countInRateWindow(full, 5, 100, 1_100)).toEqual({
    ok: true,
    window: { startedAt: 1_100, count: 1 },
  });
  expect(countInRateWindow({ startedAt: 1_000, count: 4 }, 5, 100, 1_050)).toEqual({
    ok: true,
    window: { startedAt: 1_000, count: 5 },
  });
});

it("an empty callback polls at once, and those within five seconds of a poll share the next one", () => {
  expect(pollTimeForEmptyCallback(undefined, 1_000)).toBe(1_000);
  expect(pollTimeForEmptyCallback(1_000, 2_000)).toBe(6_000);
  expect(pollTimeForEmptyCallback(6_000, 3_000)).toBeUndefined();
  expect(pollTimeForEmptyCallback(6_000, 60_000)).toBe(60_000);
});
