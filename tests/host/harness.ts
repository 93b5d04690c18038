/** Opens deployments of the fixture apps for a test, and closes whatever a test left open. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { afterEach } from "vitest";
import { openDeployment, type Deployment, type DeploymentOptions } from "../../local/host/deployment";
import { createLog } from "../../local/host/lib/log";

export type Arguments = Record<string, unknown>;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Runs when the test has ended, the last one first. */
export function onTestEnd(close: () => Promise<unknown>): void {
  closers.push(close);
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "host-test-"));
  onTestEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function fixturePath(name: string): string {
  return join(import.meta.dirname, "fixtures", name);
}

/** Every line logged, in order, so that a test can look for what must not be silent. */
export function recordingLog() {
  const lines: string[] = [];
  const keep = (parts: readonly unknown[]) => void lines.push(parts.map(String).join(" "));
  return { log: { ...createLog(), debug: keep, info: keep, warn: keep, error: keep }, lines };
}

/** Opens a fixture app on free ports; closed with the test, once. */
export async function open(
  options: Pick<DeploymentOptions, "functions"> & Partial<DeploymentOptions>,
): Promise<Deployment> {
  const data = options.data ?? (await temporaryFolder());
  const { log } = recordingLog();
  const deployment = await openDeployment({ env: {}, port: 0, sitePort: 0, log, ...options, data });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= deployment.close());
  onTestEnd(close);
  return { ...deployment, close };
}

/** A client that answers its calls by function path, typed loosely: the fixtures are checked where they are defined. */
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

export async function waitUntil(isReached: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 800; attempt += 1) {
    if (await isReached()) return;
    await wait(10);
  }
  throw new Error("It did not come to that within 8 s.");
}
