import { expect, it } from "vitest";
import { pokedPollAt } from "../../../../../convex/marketplaces/bricklink/arrivals";

it("an empty callback polls at once, and those within five seconds of a poll share the next one", () => {
  expect(pokedPollAt(undefined, 1_000)).toBe(1_000);
  expect(pokedPollAt(1_000, 2_000)).toBe(6_000);
  expect(pokedPollAt(6_000, 3_000)).toBeUndefined();
  expect(pokedPollAt(6_000, 60_000)).toBe(60_000);
});
