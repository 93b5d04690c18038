import { expect, it } from "vitest";
import {
  pollTimeForEmptyCallback,
  retryAfterMs,
} from "../../../../../convex/marketplaces/bricklink/limits/webhookIntake";
import { MINUTE } from "../../../../support/clock";

const at = (minuteStartedAt: number, count: number) => ({ minuteStartedAt, count });

it("the callbacks of the present minute are added up over all rows, and keep the next one out until the minute ends", () => {
  const rows = [at(0, 9), at(MINUTE, 2), at(MINUTE, 3), at(2 * MINUTE, 7)];
  expect(retryAfterMs(rows, 6, MINUTE + 10_000)).toBe(0);
  expect(retryAfterMs(rows, 5, MINUTE + 10_000)).toBe(50_000);
  expect(retryAfterMs(rows, 5, 3 * MINUTE)).toBe(0);
});

it("an empty callback polls at once, and those within five seconds of a poll share the next one", () => {
  expect(pollTimeForEmptyCallback(undefined, 1_000)).toBe(1_000);
  expect(pollTimeForEmptyCallback(1_000, 2_000)).toBe(6_000);
  expect(pollTimeForEmptyCallback(6_000, 3_000)).toBeUndefined();
  expect(pollTimeForEmptyCallback(6_000, 60_000)).toBe(60_000);
});
