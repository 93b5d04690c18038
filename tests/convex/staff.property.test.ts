/**
 * Random scenarios of staff who change orders while answers are lost, runs crash and orders move at BrickLink.
 */
import { afterAll, beforeEach, it, vi } from "vitest";
import { nothingPlayed, play } from "../scenarios/play";
import { scenariosOfStaff } from "../scenarios/scenario";
import { checkScenarios, TIME_LIMIT_MS } from "../scenarios/runs";
import { useFakeClock } from "../support";

useFakeClock();

// Skewed clocks and malformed callbacks are logged as warnings, thousands of times.
beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => undefined));

const played = nothingPlayed();

afterAll(() => {
  if (process.env.SCENARIO_REPORT) console.log(`played ${JSON.stringify(played)}`);
});

it(
  "changes that staff decide reach BrickLink exactly once, unless they are taken back or refused, whatever crashes or is lost",
  async () => {
    await checkScenarios(scenariosOfStaff(), (scenario) => play(scenario, false, played));
  },
  TIME_LIMIT_MS,
);
