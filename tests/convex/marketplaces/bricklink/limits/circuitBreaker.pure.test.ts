import { expect, it } from "vitest";
import { RETRY_AFTER_MAX_MS, type Failure } from "../../../../../convex/marketplaces/bricklink/api/failure";
import {
  breakerAfterFailure,
  stateOf,
  type CircuitBreaker,
} from "../../../../../convex/marketplaces/bricklink/limits/circuitBreaker";
import { DAY, MINUTE } from "../../../../support/clock";

const unavailable: Failure = { code: "unavailable", detail: "down" };

/** The circuit breaker after that many failed calls in a row, each made as soon as the one before allows it. */
function afterFailures(count: number): CircuitBreaker | undefined {
  let breaker: CircuitBreaker | undefined;
  for (let failed = 0; failed < count; failed += 1) {
    breaker = breakerAfterFailure(breaker, unavailable, breaker?.openUntil ?? 0);
  }
  return breaker;
}

it("the circuit breaker opens at the fifth failure in a row, for pauses that grow from 1 to 4 minutes", () => {
  expect(afterFailures(4)?.openUntil).toBeUndefined();
  const pauses = [5, 6, 7, 8, 9, 30].map(
    (count) => (afterFailures(count)?.openUntil ?? 0) - (afterFailures(count - 1)?.openUntil ?? 0),
  );
  expect(pauses).toEqual([1, 2, 3, 4, 4, 4].map((minutes) => minutes * MINUTE));
});

it("an open circuit breaker becomes half-open when its pause is over", () => {
  const breaker = afterFailures(5);
  expect(stateOf(undefined, 0)).toBe("closed");
  expect(stateOf(breaker, MINUTE - 1)).toBe("open");
  expect(stateOf(breaker, MINUTE)).toBe("halfOpen");
});

it("a call that was under way when the circuit breaker opened does not lengthen its pause by failing", () => {
  const breaker = afterFailures(5);
  expect(breakerAfterFailure(breaker, unavailable, 10)).toEqual(breaker);
});

it("an order that BrickLink does not have leaves the circuit breaker closed", () => {
  expect(breakerAfterFailure(undefined, { code: "notFound" }, 0)).toBeUndefined();
});

it("a rate limit opens the circuit breaker at once, for as long as BrickLink asks up to a maximum", () => {
  const limited = (retryAfterMs: number): Failure => ({ code: "rateLimited", retryAfterMs });
  expect(breakerAfterFailure(undefined, limited(20 * MINUTE), 0)?.openUntil).toBe(20 * MINUTE);
  expect(breakerAfterFailure(undefined, limited(9 * DAY), 0)?.openUntil).toBe(RETRY_AFTER_MAX_MS);
});
