import { expect, it } from "vitest";
import {
  attemptsText,
  historyText,
  statusLabel,
  subjectText,
  timelineSteps,
} from "../../../src/events/notificationText";
import type { Notification } from "../../../src/events/notification";

const START = Date.UTC(2026, 10, 20, 10);
const MINUTE = 60_000;

/** A notification by webhook of order 100 that was fetched at once, unless the fields say otherwise. */
function aNotification(fields: Partial<Notification> = {}): Notification {
  return {
    notificationId: "n1" as Notification["notificationId"],
    eventType: "Order",
    resourceId: 100,
    occurredAt: START,
    receivedAt: START + 1_000,
    source: "webhook",
    status: "completed",
    attempts: 1,
    nextAttemptAt: null,
    processedAt: START + 2_000,
    failedAt: null,
    failure: null,
    outcome: "applied",
    orderNumber: 100,
    ...fields,
  };
}

const failed = { status: "failed", outcome: null, processedAt: null, failedAt: START + MINUTE } as const;

it("a notification that a person retried shows that it had arrived before, and one that a person asked for does not", () => {
  const textsOf = (fields: Partial<Notification>) =>
    timelineSteps(aNotification({ source: "manual", ...fields })).map(({ text }) => text);
  expect(textsOf({})).toEqual([
    "It arrived here. A person retried it later.",
    "The order was fetched and stored in one step, with what it changes in the stock.",
  ]);
  expect(textsOf({ occurredAt: START + 1_000 })[0]).toBe("A person asked for it.");
});

it("a completed notification's timeline goes from the event at BrickLink to the stored order", () => {
  expect(timelineSteps(aNotification())).toEqual([
    { at: START, tone: "plain", text: "An order was placed or changed at BrickLink." },
    { at: START + 1_000, tone: "plain", text: "BrickLink called the callback URL." },
    {
      at: START + 2_000,
      tone: "good",
      text: "The order was fetched and stored in one step, with what it changes in the stock.",
    },
  ]);
});

it("a timeline whose failure is final ends with the reason and with what staff can do", () => {
  const steps = timelineSteps(aNotification({ ...failed, attempts: 2, failure: { code: "notFound" } }));
  expect(steps.at(-2)).toMatchObject({
    tone: "bad",
    text: "2 attempts failed, the latest for this reason. BrickLink does not have it.",
  });
  expect(steps.at(-1)).toMatchObject({ tone: "bad" });
  expect(steps.at(-1)?.text).toContain("press Retry to start it over");
});

it("a timeline with a later attempt ends with when that attempt starts", () => {
  const nextAttemptAt = START + 3 * MINUTE;
  const steps = timelineSteps(aNotification({ ...failed, nextAttemptAt, failure: { code: "timeout" } }));
  expect(steps.at(-2)?.text).toBe("The first attempt failed. BrickLink did not answer in time.");
  expect(steps.at(-1)).toEqual({ at: nextAttemptAt, tone: "ahead", text: "Attempt 2 starts by itself." });
});

it("a completed notification's timeline keeps the failure of an earlier attempt, and how many it took", () => {
  const steps = timelineSteps(
    aNotification({ attempts: 3, failedAt: START + 1_500, failure: { code: "unavailable" } }),
  );
  expect(steps.at(-2)?.text).toBe("An earlier attempt failed. BrickLink is down or under maintenance.");
  expect(steps.at(-1)?.text).toContain("It took 3 attempts.");
});

it("a comparison's timeline starts with the comparison, since no event at BrickLink is known", () => {
  const [first] = timelineSteps(aNotification({ source: "reconcile" }));
  expect(first?.text).toBe("Comparing BrickLink's list of orders with the orders here showed a difference.");
});

it("a notification's reason is shown while it is failed or pending, and not once it is completed", () => {
  const failure = { code: "authAddress", detail: "TOKEN_IP_MISMATCHED: consumer: …" };
  expect(attemptsText(aNotification({ ...failed, failure }))).toContain("0.0.0.0");
  expect(attemptsText(aNotification({ failure }))).toBeNull();
});

it("several attempts are counted in the sentence about them, and a single one is not", () => {
  const failure = { code: "unreachable" };
  expect(attemptsText(aNotification({ ...failed, failure }))).toBe("BrickLink could not be reached.");
  expect(attemptsText(aNotification({ ...failed, failure, attempts: 3 }))).toBe(
    "After 3 attempts: BrickLink could not be reached.",
  );
  expect(attemptsText(aNotification({ attempts: 3 }))).toBe("It took 3 attempts.");
});

it("a failed notification needs staff only when no further attempt follows", () => {
  expect(statusLabel(aNotification(failed))).toEqual({ tone: "bad", text: "Needs you" });
  expect(statusLabel(aNotification({ ...failed, nextAttemptAt: START }))).toEqual({
    tone: "warn",
    text: "Tries again",
  });
});

it("a message that was stored is named by its order, and one that was noted says where to read it", () => {
  const message = aNotification({ eventType: "Message", outcome: "fetched" });
  expect(subjectText(message)).toBe("Message about order 100");
  expect(timelineSteps(message).at(-1)?.text).toBe(
    "It was fetched and stored with its order: read it there.",
  );
  expect(historyText(message)).toBe("BrickLink called: the buyer's messages were fetched and stored");
  const noted = aNotification({ eventType: "Message", orderNumber: null, outcome: "noted" });
  expect(subjectText(noted)).toBe("Message");
  expect(timelineSteps(noted).at(-1)?.text).toContain("read it on BrickLink");
});

it("an order's history says how each notification arrived and how it ended", () => {
  expect(historyText(aNotification())).toBe("BrickLink called: the order was fetched and stored");
  expect(historyText(aNotification({ ...failed, source: "poll", failure: { code: "timeout" } }))).toBe(
    "BrickLink's notifications were read: an attempt failed. BrickLink did not answer in time.",
  );
});
