/** Opens deployments of the fixture apps, and closes them after each test. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { onTestFinished } from "vitest";
import { openDeployment, type Deployment, type DeploymentOptions } from "../../local/host/deployment";
import { createLog } from "../../local/host/lib/log";
import { FIXTURE_BUNDLES } from "./fixtureBundles";

export type Arguments = Record<string, unknown>;

/**
 * Registers work to run after the test, in reverse order of registration. Vitest would run an `afterEach` of this file for the first
 * test file only that imports it, because the files of a worker share their modules.
 */
export function onTestEnd(close: () => Promise<unknown>): void {
  onTestFinished(async () => void (await close()));
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "host-test-"));
  onTestEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const FIXTURES = join(import.meta.dirname, "fixtures");

export function fixturePath(name: string): string {
  return join(FIXTURES, name);
}

/** A folder for an app that a test writes and changes. Packages are resolved as in this repository. */
export async function appFolder(files: Record<string, string>) {
  const folder = await temporaryFolder();
  await symlink(resolve(import.meta.dirname, "../../node_modules"), join(folder, "node_modules"));
  const functions = join(folder, "convex");
  await mkdir(functions);
  const write = async (changed: Record<string, string>) => {
    for (const [name, text] of Object.entries(changed)) await writeFile(join(functions, name), text);
  };
  await write(files);
  return { functions, write };
}

/** A log that records its lines instead of printing them. */
export function recordingLog() {
  const lines: string[] = [];
  const record = (parts: readonly unknown[]) => void lines.push(parts.map(String).join(" "));
  return { log: { ...createLog(), debug: record, info: record, warn: record, error: record }, lines };
}

/** Opens a fixture app on free ports, and closes it after the test unless the test has. */
export async function open(
  options: Pick<DeploymentOptions, "functions"> & Partial<DeploymentOptions>,
): Promise<Deployment> {
  const data = options.data ?? (await temporaryFolder());
  const { log } = recordingLog();
  const isFixture = options.functions.startsWith(FIXTURES);
  const deployment = await openDeployment({
    env: {},
    port: 0,
    sitePort: 0,
    log,
    ...(isFixture && { bundles: FIXTURE_BUNDLES }),
    ...options,
    data,
  });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= deployment.close());
  onTestEnd(close);
  return { ...deployment, close };
}

export type HostProcess = { process: ChildProcess; url: string; kill: () => Promise<void> };

/** Runs a host with a fixture app in its own process, and kills it after the test unless the test has. */
export async function spawnHost(data: string, app = "edgeCases"): Promise<HostProcess> {
  const script = join(import.meta.dirname, "hostProcess.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, fixturePath(app), data], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  onTestEnd(kill);
  const [url] = (await once(createInterface(child.stdout), "line")) as [string];
  return { process: child, url, kill };
}

/** A client that calls functions by their path, without types for arguments and results. */
export function clientFor({ url }: Pick<Deployment, "url">, token?: string) {
  const client = new ConvexHttpClient(url, { logger: false });
  if (token !== undefined) client.setAuth(token);
  return {
    query: (path: string, args: Arguments = {}) =>
      client.query(makeFunctionReference<"query", Arguments, unknown>(path), args),
    mutation: (path: string, args: Arguments = {}) =>
      client.mutation(makeFunctionReference<"mutation", Arguments, unknown>(path), args, { skipQueue: true }),
    action: (path: string, args: Arguments = {}) =>
      client.action(makeFunctionReference<"action", Arguments, unknown>(path), args),
  };
}

export function liveClient(deployment: Deployment): ConvexClient {
  const client = new ConvexClient(deployment.url, { logger: false });
  onTestEnd(() => client.close());
  return client;
}

export const queryAt = (path: string) => makeFunctionReference<"query", Arguments, unknown>(path);
export const mutationAt = (path: string) => makeFunctionReference<"mutation", Arguments, unknown>(path);

/** Resolves when `isReached` does; throws after 8 s. */
export async function waitUntil(isReached: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 800; attempt += 1) {
    if (await isReached()) return;
    await wait(10);
  }
  throw new Error("The condition was not reached within 8 s.");
}
