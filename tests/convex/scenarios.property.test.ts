/**
 * Random scenarios of buyers, seller, staff and faults. Once the faults have stopped and all work is done, orders, lines and lots
 * must be what BrickLink's own final state says, and BrickLink must have what staff decided. fast-check prints a failing scenario
 * and shrinks it.
 */
import { afterAll, beforeEach, it, vi } from "vitest";
import { nothingPlayed, play } from "../scenarios/play";
import { scenarios } from "../scenarios/scenario";
import { checkScenarios, TIME_LIMIT_MS } from "../scenarios/runs";
import { useFakeClock } from "../support";

useFakeClock();

// Skewed clocks and malformed callbacks are logged as warnings, thousands of times.
beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => undefined));

/** What the runs came to. `npm run soak` adds up the lines that SCENARIO_REPORT prints. */
const played = nothingPlayed();

afterAll(() => {
  if (process.env.SCENARIO_REPORT) console.log(`played ${JSON.stringify(played)}`);
});

it.each([
  ["without imports ends with lots that have lost exactly what was shipped", false],
  [
    "with imports, restocking and closing ends with lots of what is listed and what open orders require",
    true,
  ],
])(
  "a random scenario %s",
  async (_, withImports) => {
    await checkScenarios(scenarios(withImports), (scenario) => play(scenario, withImports, played));
  },
  TIME_LIMIT_MS,
);
