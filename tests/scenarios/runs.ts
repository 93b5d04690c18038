/** Runs scenarios as a property. SCENARIO_RUNS sets how many scenarios each test runs. */
import fc from "fast-check";

const RUNS = Number(process.env.SCENARIO_RUNS ?? 24);

/** Of a test. Several times what it takes, because other tests share the machine. */
export const TIME_LIMIT_MS = 90_000 + RUNS * 2_000;

/** For so long a failing scenario is shrunk. To its end it would take longer than the test may, which would then not say what failed. */
const SHRINKING_MS = 45_000;

// Before a test replaces the clock.
const realNow = performance.now.bind(performance);

/**
 * Expects `check` to pass for every scenario. fast-check prints the seed and the smallest failing one that it found. `share`: of the
 * number of scenarios, where one takes longer than elsewhere.
 */
export async function checkScenarios<Scenario>(
  scenarios: fc.Arbitrary<Scenario>,
  check: (scenario: Scenario) => Promise<void>,
  share = 1,
): Promise<void> {
  let failedAt: number | undefined;
  const property = fc.asyncProperty(scenarios, async (scenario) => {
    if (failedAt !== undefined && realNow() - failedAt > SHRINKING_MS) return;
    try {
      await check(scenario);
    } catch (error) {
      failedAt ??= realNow();
      throw error;
    }
  });
  await fc.assert(property, { numRuns: Math.ceil(RUNS * share) });
}
