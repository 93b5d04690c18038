import { expect, it } from "vitest";
import { colleaguesAt, presenceText } from "../../../src/picking/presence";

const MINUTE_MS = 60_000;

it("a colleague is at a stop for five minutes after coming there, and at no other", () => {
  const colleagues = [
    { person: "ann", stop: "A01", activeAt: 0 },
    { person: null, stop: "A01", activeAt: 1 },
    { person: "bob", stop: "B02", activeAt: 0 },
  ];
  expect(colleaguesAt(colleagues, "A01", 5 * MINUTE_MS - 1)).toEqual(["ann", "a colleague"]);
  expect(colleaguesAt(colleagues, "A01", 5 * MINUTE_MS)).toEqual(["a colleague"]);
});

it.each([
  [[], null],
  [["ann"], "ann is here"],
  [["ann", "bob"], "ann and bob are here"],
  [["ann", "bob", "eve"], "ann, bob and eve are here"],
])("of %j it is said: %s", (people, sentence) => {
  expect(presenceText(people)).toBe(sentence);
});
