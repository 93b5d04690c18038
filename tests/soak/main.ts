/**
 * `npm run soak -- --minutes 10`: the flow under faults for as long as it is given. Scenarios on the simulated clock for half
 * of it, then kills of the host alone and of a whole system. Prints totals; exits 1 when anything was lost or doubled, or a scenario failed.
 */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { hostCrash } from "./hostCrash";
import { killing } from "./systemCrash";

const MINUTE_MS = 60_000;
const DEFAULT_MINUTES = 10;

/** Share of the time for scenarios; the rest is for kills and for settling after them. */
const SCENARIO_SHARE = 0.5;

/** Scenarios played between two looks at the clock; each runs with and without imports. */
const SCENARIOS_AT_ONCE = 400;

const KILLS = 25;
const HOST_KILLS = 50;

/** Two failed attempts in a row wait two and a half minutes; three, which are rare here, ten more. */
const SETTLE_WITHIN_MS = 15 * MINUTE_MS;

type Played = { orders: number; faults: number; checks: number };
const playedSchema = z.object({ orders: z.number(), faults: z.number(), checks: z.number() });

const root = resolve(import.meta.dirname, "../..");

/** Plays scenarios that nobody has played before. Throws with what was printed when one fails. */
async function playScenarios(): Promise<Played> {
  const args = ["vitest", "run", "--project", "convex", "tests/convex/scenarios.property.test.ts"];
  const child = spawn("npx", args, {
    cwd: root,
    env: { ...process.env, SCENARIO_RUNS: String(SCENARIOS_AT_ONCE), SCENARIO_REPORT: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((done) => child.once("close", done));
  const report = /played (\{.*\})/.exec(output)?.[1];
  if (code !== 0 || report === undefined) throw new Error(`A scenario failed:\n${output}`);
  return playedSchema.parse(JSON.parse(report));
}

function minutesAsked(): number {
  const { values } = parseArgs({ options: { minutes: { type: "string" } } });
  const minutes = Number(values.minutes ?? DEFAULT_MINUTES);
  if (!(minutes > 0)) throw new Error("--minutes is how long to go on, e.g. --minutes 10.");
  return minutes;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<boolean> {
  const totals = { orders: 0, faults: 0, checks: 0 };
  const scenariosEndAt = Date.now() + minutesAsked() * MINUTE_MS * SCENARIO_SHARE;
  let scenarios = 0;
  do {
    const played = await playScenarios();
    scenarios += 2 * SCENARIOS_AT_ONCE;
    totals.orders += played.orders;
    totals.faults += played.faults;
    totals.checks += played.checks;
    say(
      `scenarios: ${scenarios} played, ${totals.orders} orders, ${totals.faults} faults, all as they must be`,
    );
  } while (Date.now() < scenariosEndAt);

  const seed = Date.now() % 1_000_000;
  const host = await hostCrash(HOST_KILLS, seed);
  say(
    `host: ${host.kills} kills, ${host.acknowledged} writes acknowledged, lost ${host.lost}, doubled ${host.doubled}, ` +
      `index entries astray ${host.astray}`,
  );
  say(`kills: ${KILLS} to come, seed ${seed}`);
  const killed = await killing({
    kills: KILLS,
    seed,
    weather: "intermittent",
    settleWithinMs: SETTLE_WITHIN_MS,
  });
  say(`kills: ${killed.kills}, ${killed.orders} orders, ${killed.faults} faults`);
  const lost = killed.lost + host.lost;
  const doubled = killed.doubled + host.doubled + host.astray;
  say(
    `soak: orders ${totals.orders + killed.orders}, faults ${totals.faults + killed.faults}, kills ${killed.kills + host.kills}, ` +
      `lost ${lost}, doubled ${doubled}, checks ${totals.checks + killed.checks}`,
  );
  return lost === 0 && doubled === 0;
}

main().then(
  (isWell) => process.exit(isWell ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`soak: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
