import fc from "fast-check";
import { expect, it } from "vitest";
import {
  callsMade,
  pollSpacingMs,
  takeCalls,
} from "../../../../../convex/marketplaces/bricklink/limits/callBudget";
import { DAY, HOUR, MINUTE } from "../../../../support/clock";

it("the calls in any 24 hours never exceed the budget, whenever they are asked for", () => {
  const requests = fc.array(
    fc.record({ afterMs: fc.integer({ min: 0, max: 3 * HOUR }), count: fc.integer({ min: 1, max: 4 }) }),
    { maxLength: 120 },
  );
  fc.assert(
    fc.property(requests, (sequence) => {
      const limit = 20;
      let [now, hours] = [Date.UTC(2026, 10, 20, 10, 30), [] as Parameters<typeof takeCalls>[0]];
      const made: { at: number; count: number }[] = [];
      for (const { afterMs, count } of sequence) {
        now += afterMs;
        const taken = takeCalls(hours, count, "orders", limit, now);
        if (!taken.ok) {
          expect(taken.availableAt).toBeGreaterThan(now);
          expect(takeCalls(hours, count, "orders", limit, taken.availableAt).ok).toBe(true);
          continue;
        }
        hours = taken.hours;
        made.push({ at: now, count });
        const lastDay = made.filter(({ at }) => at > now - DAY);
        expect(lastDay.reduce((sum, call) => sum + call.count, 0)).toBeLessThanOrEqual(limit);
        expect(hours.length).toBeLessThanOrEqual(26);
      }
    }),
  );
});

it("polls slow down as the call budget runs out, and stop while orders still may be fetched", () => {
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
