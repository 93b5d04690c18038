import { expect, it } from "vitest";
import {
  nextAttemptDelayMs,
  RETRY_DELAYS_MS,
} from "../../../../../convex/marketplaces/bricklink/queue/retryPolicy";

it("a retry waits for the delay of its attempt plus a quarter of it at most, and none follows the last delay", () => {
  for (const [index, delay] of RETRY_DELAYS_MS.entries()) {
    expect(nextAttemptDelayMs(index + 1, "retry", 0)).toBe(delay);
    expect(nextAttemptDelayMs(index + 1, "retry", 1)).toBe(delay * 1.25);
  }
  expect(nextAttemptDelayMs(RETRY_DELAYS_MS.length + 1, "retry", 0)).toBeUndefined();
});

it("a failure that is retried once has no third attempt", () => {
  expect(nextAttemptDelayMs(1, "retryOnce", 0)).toBe(30_000);
  expect(nextAttemptDelayMs(2, "retryOnce", 0)).toBeUndefined();
});

it("a retry waits as long as BrickLink asks when that is longer than its own delay", () => {
  expect(nextAttemptDelayMs(1, "retry", 0, 90_000)).toBe(90_000);
  expect(nextAttemptDelayMs(1, "retry", 0, 10)).toBe(30_000);
});
