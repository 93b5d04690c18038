import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isHeldBack,
  isProbing,
  outageAfter,
  RETRY_AFTER_MAX_MS,
  type Outage,
} from "../../../convex/marketplaces/bricklink/circuit";
import type { Failure } from "../../../convex/marketplaces/bricklink/failure";
import { callsMade, pollSpacingMs, takeCalls } from "../../../convex/marketplaces/bricklink/quota";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const down: Failure = { code: "unavailable", message: "down" };

describe("calls", () => {
  it("never come to more than the limit in any 24 hours, whenever they are asked for", () => {
    const asks = fc.array(
      fc.record({ afterMs: fc.integer({ min: 0, max: 3 * HOUR }), count: fc.integer({ min: 1, max: 4 }) }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(asks, (sequence) => {
        const limit = 20;
        let [now, hours] = [Date.UTC(2026, 10, 20, 10, 30), [] as Parameters<typeof takeCalls>[0]];
        const made: { at: number; count: number }[] = [];
        for (const { afterMs, count } of sequence) {
          now += afterMs;
          const taken = takeCalls(hours, count, "orders", limit, now);
          if (!taken.ok) {
            expect(taken.freeAt).toBeGreaterThan(now);
            expect(takeCalls(hours, count, "orders", limit, taken.freeAt).ok).toBe(true);
            continue;
          }
          hours = taken.hours;
          made.push({ at: now, count });
          const day = made.filter(({ at }) => at > now - DAY);
          expect(day.reduce((sum, call) => sum + call.count, 0)).toBeLessThanOrEqual(limit);
          expect(hours.length).toBeLessThanOrEqual(26);
        }
      }),
    );
  });

  it("of polls stop before those of orders do, and polls slow down before they stop", () => {
    const now = Date.UTC(2026, 10, 20);
    const made = (count: number) => [{ startedAt: now, count }];
    expect(takeCalls(made(4_500), 1, "upkeep", 5_000, now)).toMatchObject({ ok: false });
    expect(takeCalls(made(4_500), 2, "orders", 5_000, now)).toMatchObject({ ok: true });
    expect([100, 2_500, 4_000].map((count) => pollSpacingMs(made(count), 5_000, now))).toEqual([
      0,
      6 * MINUTE,
      15 * MINUTE,
    ]);
    expect(callsMade(made(100), now + 25 * HOUR)).toBe(0);
  });
});

describe("an outage", () => {
  function afterFailures(count: number, failure: Failure = down): Outage | undefined {
    let outage: Outage | undefined;
    for (let failed = 0; failed < count; failed += 1) {
      outage = outageAfter(outage, failure, outage?.resumesAt ?? 0);
    }
    return outage;
  }

  it("holds a store back from the fifth failure in a row, longer each time, a quarter of an hour at most", () => {
    expect(afterFailures(4)?.resumesAt).toBeUndefined();
    const pauses = [5, 6, 7, 8, 9, 30].map(
      (count) => (afterFailures(count)?.resumesAt ?? 0) - (afterFailures(count - 1)?.resumesAt ?? 0),
    );
    expect(pauses).toEqual([1, 2, 5, 10, 15, 15].map((minutes) => minutes * MINUTE));
  });

  it("is tried by one call when its pause is over", () => {
    const outage = afterFailures(5);
    expect([isHeldBack(outage, 0), isProbing(outage, 0)]).toEqual([true, false]);
    expect([isHeldBack(outage, MINUTE), isProbing(outage, MINUTE)]).toEqual([false, true]);
  });

  it("is not made longer by calls that were under way when it began", () => {
    const outage = afterFailures(5);
    expect(outageAfter(outage, down, 10)).toEqual(outage);
  });

  it("is not what an order that BrickLink refuses shows", () => {
    expect(outageAfter(undefined, { code: "notFound", message: "" }, 0)).toBeUndefined();
  });

  it("begins at once when BrickLink says that there are too many calls, and lasts as long as it says", () => {
    const limited = (retryAfterMs: number): Failure => ({ code: "rateLimited", message: "", retryAfterMs });
    expect(outageAfter(undefined, limited(20 * MINUTE), 0)?.resumesAt).toBe(20 * MINUTE);
    expect(outageAfter(undefined, limited(9 * DAY), 0)?.resumesAt).toBe(RETRY_AFTER_MAX_MS);
  });
});
