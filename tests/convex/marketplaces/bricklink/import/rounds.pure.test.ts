import { expect, it } from "vitest";
import {
  nextPatience,
  pauseMs,
  ROUNDS_WITHOUT_PROGRESS_MAX,
} from "../../../../../convex/marketplaces/bricklink/import/rounds";
import { RETRY_DELAYS_MS } from "../../../../../convex/marketplaces/bricklink/queue/retryPolicy";

it("an import goes on for as long as fewer orders are missing, and gives up after 20 rounds in which none was stored", () => {
  let patience = nextPatience({ stalledRounds: 0 }, 100);
  for (let missing = 99; missing > 0; missing -= 1) patience = nextPatience(patience, missing);
  expect(patience).toEqual({ stalledRounds: 0, fewestMissing: 1 });
  for (let round = 0; round < ROUNDS_WITHOUT_PROGRESS_MAX; round += 1) patience = nextPatience(patience, 1);
  expect(patience.stalledRounds).toBe(ROUNDS_WITHOUT_PROGRESS_MAX);
});

it("a round that failed, or in which as many orders are missing as before, is one without progress", () => {
  const after = nextPatience({ stalledRounds: 3, fewestMissing: 5 }, 5);
  expect(after).toEqual({ stalledRounds: 4, fewestMissing: 5 });
  expect(nextPatience(after)).toEqual({ stalledRounds: 5, fewestMissing: 5 });
});

it("the pauses of an import without progress last longer than the first two retries of an order", () => {
  let patience = { stalledRounds: 0 };
  let pausesMs = 0;
  while (patience.stalledRounds < ROUNDS_WITHOUT_PROGRESS_MAX) {
    pausesMs += patience.stalledRounds === 0 ? 0 : pauseMs(patience);
    patience = nextPatience(patience);
  }
  const longestJitter = 1.25;
  const [first = 0, second = 0] = RETRY_DELAYS_MS;
  expect(pausesMs).toBeGreaterThan((first + second) * longestJitter);
});
