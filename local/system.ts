/** Everything on one machine: host, simulated BrickLink, demo store, dashboard. `npm start` and the smoke test open it. */
import { accessSync, constants, mkdirSync, watch, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { getFunctionName } from "convex/server";
import { internal } from "../convex/_generated/api";
import { openBricklink, type Bricklink } from "./bricklink/simulator";
import { serveBuiltDashboard, serveDevDashboard, type PageFacts } from "./dashboard";
import { demoSignIn, openDemo } from "./demo";
import { openDeployment, type Deployment } from "./host/deployment";
import { HostError } from "./host/lib/errors";
import type { Options } from "./options";
import { secretsIn } from "./secrets";

const root = resolve(import.meta.dirname, "..");

/** Something happens in the demo store about this often. */
const LIFE_EVERY_MS = 30_000;

/** Files are saved in bursts. */
const RELOAD_AFTER_MS = 150;

export type Addresses = {
  dashboard: string;
  convex: string;
  site: string;
  bricklink: string | null;
  webhook: string | null;
  demo: { email: string; password: string } | null;
};

export type System = { addresses: Addresses; deployment: Deployment; close: () => Promise<void> };

export type Say = (line: string) => void;

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError(
      "folderUnusable",
      `${folder} cannot be written (${reason}). Name another with --data.`,
    );
  }
}

function portAfter(port: number, offset: number): number {
  return port === 0 ? 0 : port + offset;
}

function reloadOnChange(deployment: Deployment, say: Say): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(join(root, "convex"), { recursive: true }, (_, file) => {
    if (file?.includes("_generated")) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      deployment.reload().then(
        () => say("Functions loaded again."),
        (error: unknown) => say(error instanceof Error ? error.message : String(error)),
      );
    }, RELOAD_AFTER_MS);
  });
  return () => watcher.close();
}

async function simulatedBricklink(options: Options, folder: string): Promise<Bricklink | null> {
  if (options.real) return null;
  try {
    return await openBricklink({
      port: portAfter(options.port, 3),
      data: folder,
      ...(!options.quiet && !options.empty && { orderEveryMs: LIFE_EVERY_MS }),
    });
  } catch {
    throw new HostError(
      "portInUse",
      `Port ${portAfter(options.port, 3)} is in use. Stop what uses it, or choose others with --port (0 takes free ones).`,
    );
  }
}

/** What a crash cut off is started at once, rather than by the next minute's sweep. */
async function sweepNow({ url, adminKey }: Deployment): Promise<void> {
  await fetch(`${url}/api/function`, {
    method: "POST",
    headers: { Authorization: `Convex ${adminKey}`, "Content-Type": "application/json" },
    body: JSON.stringify({ path: getFunctionName(internal.marketplaces.bricklink.sweep.sweep), args: {} }),
  });
}

/** Opens everything. Throws HostError with a sentence that says what to do, having closed what was open. */
export async function openSystem(options: Options, say: Say): Promise<System> {
  const folder = resolve(options.data);
  prepareFolder(folder);
  const closers: (() => Promise<void> | void)[] = [];
  const closeAll = async () => {
    for (const close of closers.reverse().splice(0)) await close();
  };
  try {
    const facts: PageFacts = { "/config.json": null, "/demo.json": null };
    if (!options.dev) say("Building the dashboard …");
    // In the data folder, so that two systems on one machine do not build over each other's page.
    const dashboard = options.dev
      ? await serveDevDashboard(root, options.port, facts)
      : await serveBuiltDashboard(root, join(folder, "dashboard"), options.port, facts);
    closers.push(dashboard.close);
    const bricklink = await simulatedBricklink(options, folder);
    if (bricklink) closers.push(bricklink.close);

    const deployment = await openDeployment({
      functions: join(root, "convex"),
      data: folder,
      env: {
        ...(await secretsIn(folder)),
        SITE_URL: dashboard.url,
        ...(bricklink && { BRICKLINK_API_URL: `${bricklink.url}/api/store/v1` }),
      },
      port: portAfter(options.port, 1),
      sitePort: portAfter(options.port, 2),
    });
    closers.push(deployment.close);
    await sweepNow(deployment);
    if (options.dev) closers.push(reloadOnChange(deployment, say));

    const { url: convex, siteUrl: site } = deployment;
    const demo =
      bricklink && !options.empty ? await openDemo(folder, { convex, site }, bricklink, say) : null;
    const addresses: Addresses = {
      dashboard: dashboard.url,
      convex,
      site,
      bricklink: bricklink?.url ?? null,
      webhook: demo?.webhook ?? null,
      demo: demo ? demoSignIn : null,
    };
    facts["/config.json"] = { convexUrl: convex };
    facts["/demo.json"] = addresses.demo;
    writeFileSync(join(folder, "addresses.json"), JSON.stringify(addresses, null, 2), { mode: 0o600 });
    return { addresses, deployment, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
