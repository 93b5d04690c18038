import { expect, it } from "vitest";
import { failureCodeValidator } from "../../../../../convex/marketplaces/bricklink/api/failure";
import { isStoreWide } from "../../../../../convex/marketplaces/bricklink/limits/circuitBreaker";
import {
  nextAttemptDelayMs,
  retryabilityOf,
  type FailedAttempt,
} from "../../../../../convex/marketplaces/bricklink/queue/retryPolicy";
import { DAY, HOUR, MINUTE } from "../../../../support/clock";

/** The delay after a failed attempt. `random`: the draw of the share that is added. */
function delayAfter(attempt: number, failed: Partial<FailedAttempt> = {}, random = 0): number | undefined {
  const known = { attempt, retryable: "retry" as const, failingForMs: 0, isOutage: false };
  return nextAttemptDelayMs({ ...known, ...failed }, random);
}

it("attempts are delayed by 30 s, 2 and 10 min, half an hour, 2 and 6 hours, with up to a quarter added at random", () => {
  const delays = [MINUTE / 2, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR];
  expect([1, 2, 3, 4, 5, 6].map((attempt) => delayAfter(attempt))).toEqual(delays);
  expect([1, 2, 3, 4, 5, 6].map((attempt) => delayAfter(attempt, {}, 1))).toEqual(
    delays.map((delay) => delay * 1.25),
  );
});

it("a failure of the order's own is final after seven attempts, and one about what does not exist after two", () => {
  expect(delayAfter(7)).toBeUndefined();
  expect(delayAfter(1, { retryable: "retryOnce" })).toBe(MINUTE / 2);
  expect(delayAfter(2, { retryable: "retryOnce" })).toBeUndefined();
});

it("a store-wide failure is final after nine hours in which only this order failed, however many attempts were made", () => {
  const storeWide = (failingForMs: number, isOutage = false) =>
    delayAfter(40, { retryable: "retryUntilOld", failingForMs, isOutage });
  expect(storeWide(8 * HOUR)).toBe(6 * HOUR);
  expect(storeWide(9 * HOUR)).toBeUndefined();
  expect(storeWide(2 * DAY, true)).toBe(6 * HOUR);
});

it("failures of the store's connection are those whose attempts are not counted", () => {
  for (const { value } of failureCodeValidator.members) {
    expect([value, retryabilityOf(value) === "retryUntilOld"]).toEqual([value, isStoreWide(value)]);
  }
});

it("a delay is as long as BrickLink asks for when that is longer than its own, up to six hours", () => {
  expect(delayAfter(1, { retryAfterMs: 5 * MINUTE })).toBe(5 * MINUTE);
  expect(delayAfter(1, { retryAfterMs: 10 })).toBe(MINUTE / 2);
  expect(delayAfter(1, { retryAfterMs: 9 * DAY })).toBe(6 * HOUR);
});
