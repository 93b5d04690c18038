import { expect, it } from "vitest";
import { axisTicks, delayChart, eventsText, ordersText } from "../../../src/health/trendsText";

const day = { toPack: 0, problem: 0, shipped: 0, cancelled: 0 };
const hour = {
  ...{ webhook: 0, poll: 0, reconcile: 0, done: 0, waiting: 0, failed: 0 },
  delayMs: { webhook: null, poll: null },
};
const at = (date: number) => new Date(2026, 10, date).getTime();

it.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [5, [0, 2, 4, 6]],
  [17, [0, 5, 10, 15, 20]],
  [130, [0, 50, 100, 150]],
  [2_000, [0, 500, 1_000, 1_500, 2_000]],
])("an axis for values up to %i has whole numbers from zero", (largest, ticks) => {
  expect(axisTicks(largest)).toEqual(ticks);
});

it("orders of two weeks are summed up in words, with the day of the most and without states that none is in", () => {
  const buckets = [
    { ...day, startsAt: at(23), shipped: 3 },
    { ...day, startsAt: at(24), shipped: 4, toPack: 1, problem: 1 },
  ];
  const sentence = ordersText(buckets);
  expect(sentence).toContain(
    "9 orders in two weeks: 1 still to pack, 1 with a problem, 7 shipped. Most on Tuesday",
  );
  expect(sentence).toMatch(/: 6\.$/);
  expect(ordersText([{ ...day, startsAt: at(23), toPack: 1 }])).toContain("1 order in two weeks");
  expect(ordersText([{ ...day, startsAt: at(23) }])).toBe("None in two weeks.");
});

it("events of a day are summed up in words, with what waits and what needs a person", () => {
  const buckets = [{ ...hour, startsAt: at(24), done: 3, waiting: 2, failed: 1 }];
  expect(eventsText(buckets)).toContain(
    "6 events in a day: 2 waiting, 1 that needs you, the others done. Most in the hour from",
  );
  expect(eventsText([{ ...hour, startsAt: at(24), done: 1 }])).toContain("1 event in a day: all done.");
  expect(eventsText([{ ...hour, startsAt: at(24) }])).toBe("None in a day.");
});

it("the delay of a way is drawn per hour in seconds, and summed up with the hour of the longest", () => {
  const buckets = [
    { ...hour, startsAt: at(23), delayMs: { webhook: 400, poll: null } },
    { ...hour, startsAt: at(24), delayMs: { webhook: 2_340, poll: null } },
    { ...hour, startsAt: at(25) },
  ];
  const { title, summary, values, largest } = delayChart("webhook", buckets, { count: 3, delayMs: 900 });
  expect(title).toBe("Delay of callbacks, in seconds");
  expect(summary).toMatch(
    /^0\.9\u00a0s after the event on average\. Longest in the hour from .+: 2\.3\u00a0s\.$/,
  );
  expect(values).toEqual([0.4, 2.3, undefined]);
  expect(largest).toBe(2.3);
});

it("a delay of minutes is drawn in minutes, and a way by which nothing came has none", () => {
  const buckets = [{ ...hour, startsAt: at(24), delayMs: { webhook: null, poll: 210_000 } }];
  const poll = delayChart("poll", buckets, { count: 1, delayMs: 210_000 });
  expect(poll).toMatchObject({ title: "Delay of polls, in minutes", values: [3.5], largest: 3.5 });
  const none = delayChart("webhook", buckets, { count: 0, delayMs: null });
  expect(none).toMatchObject({ summary: "None in a day.", values: [undefined], largest: 0 });
});
