/** `npm start` as a person runs it: a process of its own, a fresh folder, free ports. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const root = resolve(import.meta.dirname, "../..");
const STARTS_WITHIN_MS = 90_000;

export type Addresses = {
  dashboard: string;
  convex: string;
  site: string;
  bricklink: string;
  webhook: string;
  demo: { email: string; password: string };
};

export type Running = Addresses & {
  data: string;
  /** Sends a signal and waits for the end. Resolves to the exit code, null after SIGKILL. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
};

export async function freshFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), "bricklink-orders-test-"));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

function run(args: string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "local/start.ts"), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => child.once("exit", (code) => done(code)));
}

/** Starts and waits for the addresses to be printed. */
export async function startSystem(data: string, ...flags: string[]): Promise<Running> {
  const { child, output } = run(["--data", data, "--port", "0", "--quiet", ...flags]);
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (!output().includes("Ctrl+C stops it")) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`npm start did not come up:\n${output()}`);
    }
    await wait(50);
  }
  const addresses = JSON.parse(await readFile(join(data, "addresses.json"), "utf8")) as Addresses;
  return {
    ...addresses,
    data,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      return await exited(child);
    },
  };
}

/** Starts what is expected to end by itself. */
export async function runToEnd(...args: string[]): Promise<{ code: number | null; output: string }> {
  const { child, output } = run(args);
  const code = await exited(child);
  return { code, output: output() };
}

/** Asks again until it is so. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isSo: (answer: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`It did not come to that: ${JSON.stringify(answer)}`);
    await wait(50);
  }
}

/** One request to the simulated BrickLink's control API. */
export async function control(
  bricklink: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${bricklink}/control${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
