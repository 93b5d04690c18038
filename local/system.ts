/**
 * The whole system on one machine: host, simulated BrickLink, demo store, dashboard. Used by `npm start` and the smoke
 * test.
 */
import { accessSync, constants, mkdirSync, watch, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { getFunctionName } from "convex/server";
import { internal } from "../convex/_generated/api";
import { openBricklink, type Bricklink } from "./bricklink/simulator";
import { serveBuiltDashboard, serveDevDashboard } from "./dashboard";
import { demoSignIn, openDemo } from "./demo";
import { settingsIn } from "./environment";
import { claimFolder } from "./folderKind";
import { openDeployment, type Deployment } from "./host/deployment";
import { HostError } from "./host/lib/errors";
import type { Log } from "./host/lib/log";
import { Store } from "./host/store/store";
import type { Options } from "./options";
import type { Page } from "./pageServer";
import { secretsFileOf, secretsIn } from "./secrets";

const root = resolve(import.meta.dirname, "..");

/** Mean time between random events in the demo store. Chosen: often enough to be seen, rare enough to be read. */
const ACTIVITY_INTERVAL_MS = 30_000;

/** How long after the last change functions are reloaded, since editors save several files in a burst. */
const RELOAD_DELAY_MS = 150;

export type Addresses = {
  dashboard: string;
  convex: string;
  site: string;
  bricklink: string | null;
  webhook: string | null;
  demo: { email: string; password: string } | null;
};

export type System = { addresses: Addresses; deployment: Deployment; close: () => Promise<void> };

export type Print = (line: string) => void;

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

/** Throws HostError `environmentMissing`. */
function hostnameOf(siteUrl: string): string {
  if (URL.canParse(siteUrl)) return new URL(siteUrl).hostname;
  throw new HostError("environmentMissing", `SITE_URL must be an address; "${siteUrl}" is not.`);
}

/** The dashboard's origins: on this machine, and under public names, where a proxy or tunnel serves it. */
function originsOf(dashboard: string, names: readonly string[]): string[] {
  const { port } = new URL(dashboard);
  const local = ["127.0.0.1", "localhost"].map((name) => `http://${name}:${port}`);
  return [
    ...local,
    ...names.flatMap((name) => [`https://${name}`, `http://${name}`, `http://${name}:${port}`]),
  ];
}

function portAfter(port: number, offset: number): number {
  return port === 0 ? 0 : port + offset;
}

function reloadOnChange(deployment: Deployment, print: Print): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(join(root, "convex"), { recursive: true }, (_, file) => {
    if (file?.includes("_generated")) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      deployment.reload().then(
        () => print("Functions reloaded."),
        (error: unknown) => print(error instanceof Error ? error.message : String(error)),
      );
    }, RELOAD_DELAY_MS);
  });
  return () => watcher.close();
}

async function openSimulator(options: Options, folder: string): Promise<Bricklink | null> {
  if (options.real) return null;
  try {
    return await openBricklink({
      port: portAfter(options.port, 3),
      data: folder,
      ...(!options.quiet && !options.empty && { activityIntervalMs: ACTIVITY_INTERVAL_MS }),
    });
  } catch {
    throw new HostError(
      "portInUse",
      `Port ${portAfter(options.port, 3)} is in use. Stop the program that uses it, or choose others with --port (0 chooses free ones).`,
    );
  }
}

/** Runs the sweep, so that work interrupted by a crash resumes now and not at the next cron run. */
async function runSweep({ url, adminKey }: Deployment): Promise<void> {
  await fetch(`${url}/api/function`, {
    method: "POST",
    headers: { Authorization: `Convex ${adminKey}`, "Content-Type": "application/json" },
    body: JSON.stringify({
      path: getFunctionName(internal.marketplaces.bricklink.queue.sweep.sweep),
      args: {},
    }),
  });
}

/**
 * Opens the system; `log` undefined: the host's own log. Throws HostError, whose message says what to do, after closing
 * what was already open.
 */
export async function openSystem(options: Options, print: Print, log?: Log): Promise<System> {
  const folder = resolve(options.data);
  prepareFolder(folder);
  const closers: (() => Promise<void> | void)[] = [];
  const closeAll = async () => {
    for (const close of closers.reverse().splice(0)) await close();
  };
  try {
    // Opened before anything else touches the folder, because it holds the lock that keeps a second start out.
    const store = new Store(folder);
    closers.push(() => store.close());
    claimFolder(folder, options.real ? "real" : "simulated");
    const settings = settingsIn(process.env);
    const names = [...options.host, ...(settings.SITE_URL ? [hostnameOf(settings.SITE_URL)] : [])];
    const page: Page = { convexUrl: null, demo: null, names };
    if (!options.dev) print("Building the dashboard, unless its sources are unchanged …");
    const dashboard = options.dev
      ? await serveDevDashboard(root, options.port, page)
      : await serveBuiltDashboard(root, options.port, page);
    closers.push(dashboard.close);
    const bricklink = await openSimulator(options, folder);
    if (bricklink) closers.push(bricklink.close);

    const deployment = await openDeployment({
      functions: join(root, "convex"),
      bundles: join(root, "node_modules/.cache/bricklink-orders-functions"),
      data: folder,
      store,
      env: {
        SITE_URL: dashboard.url,
        ...settings,
        // The stored API keys can be decrypted with these secrets only, so the environment does not replace them.
        ...settingsIn(await secretsIn(resolve(options.secrets ?? secretsFileOf(folder)))),
        ...(bricklink && { BRICKLINK_API_URL: `${bricklink.url}/api/store/v1` }),
      },
      port: portAfter(options.port, 1),
      sitePort: portAfter(options.port, 2),
      names,
      origins: originsOf(dashboard.url, names),
      ...(log && { log }),
    });
    closers.push(deployment.close);
    await runSweep(deployment);
    if (options.dev) closers.push(reloadOnChange(deployment, print));

    const { url: convex, siteUrl: site } = deployment;
    const demo =
      bricklink && !options.empty
        ? await openDemo(folder, { deployment, host: store, bricklink }, print)
        : null;
    const addresses: Addresses = {
      dashboard: dashboard.url,
      convex,
      site,
      bricklink: bricklink?.url ?? null,
      webhook: demo?.webhook ?? null,
      demo: demo ? demoSignIn : null,
    };
    page.convexUrl = convex;
    page.demo = addresses.demo;
    writeFileSync(join(folder, "addresses.json"), JSON.stringify(addresses, null, 2), { mode: 0o600 });
    return { addresses, deployment, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
