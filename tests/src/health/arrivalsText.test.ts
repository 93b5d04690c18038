import { expect, it } from "vitest";
import { arrivalsText } from "../../../src/health/arrivalsText";

const none = { count: 0, delayMs: null };

it("the share and the mean delay of each way by which events came are told", () => {
  const arrivals = {
    webhook: { count: 18, delayMs: 412 },
    poll: { count: 1, delayMs: 150_000 },
    reconcile: { count: 1, delayMs: null },
  };
  expect(arrivalsText(arrivals)).toBe(
    "90% by callback, 0.4\u00a0s after the event on average. 5% by poll, 3\u00a0min after the event on average. 5% by comparison.",
  );
});

it("a day without events is told as such", () => {
  expect(arrivalsText({ webhook: none, poll: none, reconcile: none })).toBe("None in a day.");
});
