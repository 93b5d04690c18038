import { expect, it } from "vitest";
import { undismissedSilence, withoutDismissed } from "../../../src/health/dismissal";

const failed = (count: number, latestAt: number | null) => ({ failed: { count, latestAt } });

it("failures that were dismissed are not warned of, until another fails", () => {
  expect(withoutDismissed(failed(2, 5_000), 0).failed.count).toBe(2);
  expect(withoutDismissed(failed(2, 5_000), 5_000).failed.count).toBe(0);
  expect(withoutDismissed(failed(3, 5_001), 5_000).failed.count).toBe(3);
});

it("a failure that is dealt with brings back none of the others that were dismissed", () => {
  expect(withoutDismissed(failed(1, 4_000), 5_000).failed.count).toBe(0);
  expect(withoutDismissed(failed(0, null), 5_000).failed.count).toBe(0);
});

it("a silence that was dismissed is not warned of, until another begins", () => {
  const silence = { since: 5_000, unannounced: 3, isMore: false };
  expect(undismissedSilence(silence, 0)).toBe(silence);
  expect(undismissedSilence(silence, 5_000)).toBeNull();
});
