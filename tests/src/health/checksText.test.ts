import { expect, it } from "vitest";
import { healthChecks } from "../../../src/health/checksText";
import type { StoreHealth } from "../../../src/health/storeHealth";

const NOW = Date.UTC(2026, 10, 27, 12);
const MINUTE = 60_000;

const store = {
  connection: "active",
  lastCallbackAt: NOW - MINUTE,
  lastPolledAt: NOW - MINUTE,
  lastReconciledAt: NOW - MINUTE,
  lastError: null,
  pause: null,
  waiting: { count: 1, isMore: false },
  failed: { count: 0, isMore: false, latest: null },
} as unknown as StoreHealth;

const page = { isConnected: true, isOnline: true, hasEverConnected: true };

/** Title and text of each check, as one reads them. */
function sentences(fields: Partial<StoreHealth> = {}): string[] {
  return healthChecks({ ...store, ...fields }, page, null, NOW).map(({ title, text }) => `${title} ${text}`);
}

it("checks of a store in order read as sentences", () => {
  expect(sentences()).toEqual([
    "This page is live: what changes shows at once.",
    "BrickLink is connected and answers.",
    "Callbacks arrive: the latest came 1 min ago.",
    "Asking for unread events happened 1 min ago.",
    "Comparing all orders happened 1 min ago.",
    "Events wait or are being fetched: 1.",
    "No event has failed.",
  ]);
});

it("checks of a store that waits for BrickLink say so once, and when it tries again", () => {
  const pause = { reason: "circuitOpen", failures: 5, until: NOW + 2 * MINUTE } as const;
  expect(sentences({ pause })[1]).toBe("BrickLink is not asked anything for now.");
  const [, bricklink] = healthChecks({ ...store, pause }, page, null, NOW);
  expect(bricklink?.advice).toContain("The next try is in 2 min; there is nothing to do.");
});
