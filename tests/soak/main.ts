/**
 * `npm run soak -- --minutes 10`: random scenarios and outages on a fake clock for half of the time, then random requests, and
 * kills of the host and of the whole system. Prints totals; exits 1 when anything was lost or duplicated, or a scenario or
 * a request failed.
 */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { hostCrash } from "./hostCrash";
import { systemCrash } from "./systemCrash";

const MINUTE_MS = 60_000;
const DEFAULT_MINUTES = 10;

/** The scenarios' share of the time; the rest is for kills and for completing the work after them. Chosen. */
const SCENARIO_SHARE = 0.5;

/** Scenarios per test run: so many without imports, with imports and of staff; the time is checked between runs. */
const SCENARIOS_PER_RUN = 400;

/** Kills of the whole system and of the host alone. Chosen: some minutes together. */
const SYSTEM_KILLS = 25;
const HOST_KILLS = 50;

/**
 * The product's retry policy waits 2.5 minutes after two failed attempts, and ten more after a third, which is rare
 * here.
 */
const COMPLETE_WITHIN_MS = 15 * MINUTE_MS;

type ScenarioTotals = { orders: number; faults: number; checks: number };
const scenarioTotals = z.object({ orders: z.number(), faults: z.number(), checks: z.number() });

/** Random requests to a running system: some four minutes. */
const FUZZ_REQUESTS = 100_000;

const root = resolve(import.meta.dirname, "../..");

/** Runs test files of a project. Resolves to their output; throws with it when a test fails. */
async function runTests(project: string, files: string[], env: Record<string, string>): Promise<string> {
  const child = spawn("npx", ["vitest", "run", "--project", project, ...files], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((done) => child.once("close", done));
  if (code !== 0) throw new Error(`A test failed:\n${output}`);
  return output;
}

/** Runs new random scenarios. Throws with the test run's output when one fails. */
async function runScenarios(): Promise<ScenarioTotals> {
  const files = ["scenarios", "staff", "outages"].map((name) => `tests/convex/${name}.property.test.ts`);
  const env = { SCENARIO_RUNS: String(SCENARIOS_PER_RUN), SCENARIO_REPORT: "1" };
  const totals = { orders: 0, faults: 0, checks: 0 };
  for (const [, report = "null"] of (await runTests("convex", files, env)).matchAll(/played (\{.*\})/g)) {
    const played = scenarioTotals.parse(JSON.parse(report));
    totals.orders += played.orders;
    totals.faults += played.faults;
    totals.checks += played.checks;
  }
  return totals;
}

/** Sends random requests to a running system. Throws with the test run's output, and with it the seed, when one fails. */
async function runFuzz(): Promise<void> {
  const output = await runTests("system", ["tests/system/fuzz.test.ts"], {
    FUZZ_REQUESTS: String(FUZZ_REQUESTS),
  });
  for (const [line] of output.matchAll(/fuzz: .*/g)) print(line);
}

function minutesAsked(): number {
  const { values } = parseArgs({ options: { minutes: { type: "string" } } });
  const minutes = Number(values.minutes ?? DEFAULT_MINUTES);
  if (!(minutes > 0)) throw new Error("--minutes must be a positive number, e.g. --minutes 10.");
  return minutes;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<boolean> {
  const totals = { orders: 0, faults: 0, checks: 0 };
  const scenariosEndAt = Date.now() + minutesAsked() * MINUTE_MS * SCENARIO_SHARE;
  let scenarios = 0;
  do {
    const played = await runScenarios();
    scenarios += 3 * SCENARIOS_PER_RUN;
    totals.orders += played.orders;
    totals.faults += played.faults;
    totals.checks += played.checks;
    print(`scenarios: ${scenarios} run, ${totals.orders} orders, ${totals.faults} faults, all passed`);
  } while (Date.now() < scenariosEndAt);

  await runFuzz();

  const seed = Date.now() % 1_000_000;
  const host = await hostCrash(HOST_KILLS, seed);
  print(
    `host: ${host.kills} kills, ${host.acknowledged} writes acknowledged, lost ${host.lost}, duplicated ${host.duplicated}, ` +
      `inconsistent index entries ${host.inconsistentEntries}`,
  );
  print(`system: ${SYSTEM_KILLS} kills planned, seed ${seed}`);
  const system = await systemCrash({
    kills: SYSTEM_KILLS,
    seed,
    faultProfile: "intermittent",
    completeWithinMs: COMPLETE_WITHIN_MS,
  });
  print(
    `system: ${system.kills} kills, ${system.orders} orders, ${system.faults} faults, ${system.clicks} changes by staff`,
  );
  const lost = system.lost + host.lost;
  const duplicated = system.duplicated + host.duplicated + host.inconsistentEntries;
  print(
    `soak: orders ${totals.orders + system.orders}, faults ${totals.faults + system.faults}, kills ${system.kills + host.kills}, ` +
      `lost ${lost}, duplicated ${duplicated}, checks ${totals.checks + system.checks}`,
  );
  return lost === 0 && duplicated === 0;
}

main().then(
  (hasPassed) => process.exit(hasPassed ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`soak: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
