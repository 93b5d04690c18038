/**
 * Random scenarios of staff who change orders while answers are lost, runs crash and orders move at BrickLink. SCENARIO_RUNS sets
 * how many scenarios are run.
 */
import fc from "fast-check";
import { afterAll, beforeEach, it, vi } from "vitest";
import { nothingPlayed, play } from "../scenarios/play";
import { scenariosOfStaff } from "../scenarios/scenario";
import { useFakeClock } from "../support";

useFakeClock();

// Skewed clocks and malformed callbacks are logged as warnings, thousands of times.
beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => undefined));

const played = nothingPlayed();

afterAll(() => {
  if (process.env.SCENARIO_REPORT) console.log(`played ${JSON.stringify(played)}`);
});

const RUNS = Number(process.env.SCENARIO_RUNS ?? 40);
const TIME_LIMIT_MS = 60_000 + RUNS * 2_000;

it(
  "changes that staff decide reach BrickLink exactly once, unless they are taken back or refused, whatever crashes or is lost",
  async () => {
    await fc.assert(
      fc.asyncProperty(scenariosOfStaff(), (scenario) => play(scenario, false, played)),
      { numRuns: RUNS },
    );
  },
  TIME_LIMIT_MS,
);
