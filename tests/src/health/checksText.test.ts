import { expect, it } from "vitest";
import { healthChecks } from "../../../src/health/checksText";
import type { Silence, StoreHealth } from "../../../src/health/storeHealth";
import { healthSummary } from "../../../src/health/summaryText";

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

const connection = { isConnected: true, isOnline: true, hasEverConnected: true };

const health = (fields: Partial<StoreHealth>, silence: Silence = null) => ({
  storeHealth: { ...store, ...fields },
  silence,
  connection,
  now: NOW,
});

const checks = (fields: Partial<StoreHealth>) => healthChecks(health(fields));

/** Title and text of each check, as one reads them. */
function sentences(fields: Partial<StoreHealth> = {}): string[] {
  return checks(fields).map(({ title, text }) => `${title} ${text}`);
}

it("checks of a store in order read as sentences", () => {
  expect(sentences()).toEqual([
    "This page is live: what changes shows at once.",
    "BrickLink is connected and answers.",
    "Callbacks arrive: the latest came 1 min ago.",
    "Last check for new events: 1 min ago.",
    "Last full comparison: 1 min ago.",
    "Events wait or are being fetched: 1.",
    "No event has failed.",
  ]);
});

it("where no event waits, all are processed, or all but those that failed", () => {
  const waiting = { count: 0, isMore: false };
  expect(sentences({ waiting })[5]).toBe("All events are processed.");
  const failed = { count: 1, isMore: false, latest: null, latestAt: null };
  expect(sentences({ waiting, failed })[5]).toBe("All other events are processed.");
});

it("checks of a store that waits for BrickLink say so once, and when it tries again", () => {
  const pause = { reason: "circuitOpen", failures: 5, until: NOW + 2 * MINUTE } as const;
  expect(sentences({ pause })[1]).toBe("BrickLink is not asked anything for now.");
  const [, bricklink] = checks({ pause });
  expect(bricklink?.advice).toContain("The next try is in 2 min; there is nothing to do.");
});

it("the strip warns when a check does, and is quiet when none does", () => {
  const silence = { since: NOW - 60 * MINUTE, unannounced: 3, isMore: false };
  const pause = { reason: "circuitOpen", failures: 5, until: NOW + 2 * MINUTE } as const;
  for (const state of [
    health({}),
    health({}, silence),
    health({ lastCallbackAt: null }),
    health({ lastCallbackAt: NOW - 2 * 24 * 60 * MINUTE }),
    health({ lastPolledAt: NOW - 90 * MINUTE }),
    health({ lastReconciledAt: NOW - 60 * MINUTE }),
    health({ lastPolledAt: null, lastReconciledAt: null }),
    health({ pause }),
    health({ connection: "paused" }),
    health({ connection: "notConnected" }),
    health({ failed: { count: 1, isMore: false, latest: null, latestAt: NOW } }),
    { ...health({}), connection: { ...connection, isConnected: false } },
  ]) {
    const isWell = healthChecks(state).every(({ tone }) => tone === "good");
    expect(healthSummary(state).tone === "good").toBe(isWell);
  }
});
