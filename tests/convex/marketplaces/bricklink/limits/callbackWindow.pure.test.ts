import { expect, it } from "vitest";
import { takeFromWindow } from "../../../../../convex/marketplaces/bricklink/activity";

it("a rate limit window counts up to its limit, and starts again from nothing when its time is over", () => {
  const full = { startedAt: 1_000, count: 5 };
  expect(takeFromWindow(full, 1, 5, 100, 1_099)).toEqual({ ok: false, freeAt: 1_100 });
  expect(takeFromWindow(full, 1, 5, 100, 1_100)).toEqual({
    ok: true,
    window: { startedAt: 1_100, count: 1 },
  });
  expect(takeFromWindow({ startedAt: 1_000, count: 4 }, 2, 5, 100, 1_000).ok).toBe(false);
});
