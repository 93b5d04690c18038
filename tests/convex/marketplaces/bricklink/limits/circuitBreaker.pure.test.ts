import { expect, it } from "vitest";
import {
  isHeldBack,
  isProbing,
  outageAfter,
  RETRY_AFTER_MAX_MS,
  type Outage,
} from "../../../../../convex/marketplaces/bricklink/circuit";
import type { Failure } from "../../../../../convex/marketplaces/bricklink/failure";
import { DAY, MINUTE } from "../../../../support/clock";

const unavailable: Failure = { code: "unavailable", message: "down" };

/** The circuit breaker after that many failed calls in a row, each made as soon as the one before allows it. */
function afterFailures(count: number): Outage | undefined {
  let outage: Outage | undefined;
  for (let failed = 0; failed < count; failed += 1) {
    outage = outageAfter(outage, unavailable, outage?.resumesAt ?? 0);
  }
  return outage;
}

it("the circuit breaker opens at the fifth failure in a row, for pauses that grow from 1 to 15 minutes", () => {
  expect(afterFailures(4)?.resumesAt).toBeUndefined();
  const pauses = [5, 6, 7, 8, 9, 30].map(
    (count) => (afterFailures(count)?.resumesAt ?? 0) - (afterFailures(count - 1)?.resumesAt ?? 0),
  );
  expect(pauses).toEqual([1, 2, 5, 10, 15, 15].map((minutes) => minutes * MINUTE));
});

it("an open circuit breaker becomes half-open when its pause is over", () => {
  const outage = afterFailures(5);
  expect([isHeldBack(outage, 0), isProbing(outage, 0)]).toEqual([true, false]);
  expect([isHeldBack(outage, MINUTE), isProbing(outage, MINUTE)]).toEqual([false, true]);
});

it("a call that was under way when the circuit breaker opened does not lengthen its pause by failing", () => {
  const outage = afterFailures(5);
  expect(outageAfter(outage, unavailable, 10)).toEqual(outage);
});

it("an order that BrickLink does not have leaves the circuit breaker closed", () => {
  expect(outageAfter(undefined, { code: "notFound", message: "" }, 0)).toBeUndefined();
});

it("a rate limit opens the circuit breaker at once, for as long as BrickLink asks up to a maximum", () => {
  const limited = (retryAfterMs: number): Failure => ({ code: "rateLimited", message: "", retryAfterMs });
  expect(outageAfter(undefined, limited(20 * MINUTE), 0)?.resumesAt).toBe(20 * MINUTE);
  expect(outageAfter(undefined, limited(9 * DAY), 0)?.resumesAt).toBe(RETRY_AFTER_MAX_MS);
});
