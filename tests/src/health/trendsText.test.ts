import { expect, it } from "vitest";
import { axisTicks, eventsText, ordersText } from "../../../src/health/trendsText";

const day = { toPack: 0, problem: 0, shipped: 0, cancelled: 0 };
const hour = { webhook: 0, poll: 0, reconcile: 0, done: 0, waiting: 0, failed: 0 };
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
