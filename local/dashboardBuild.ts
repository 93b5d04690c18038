/**
 * The dashboard's static files, built once per state of the sources: the build takes longer than the rest of a start. Vite runs in a
 * process of its own, because it would leave 150 MB in one that runs for months.
 */
import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** Everything that a build reads; `package-lock.json` stands for all packages. A folder counts with all its files. */
const INPUTS = [
  "src",
  "convex",
  "index.html",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "vite.config.ts",
  "local/dashboard.ts",
  "local/viteBuild.ts",
];

/** Long enough that no running system still serves a build that another start removes. */
const BUILD_RETENTION_MS = 7 * 24 * 60 * 60 * 1_000;

function filesUnder(root: string, path: string): string[] {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesUnder(root, `${path}/${name}`));
}

/** A hash of the names and contents of all inputs, and of the variables that Vite writes into the page. */
export function sourcesHash(root: string): string {
  const hash = createHash("sha256");
  const environmentFiles = readdirSync(root).filter((name) => name.startsWith(".env"));
  for (const path of [...INPUTS, ...environmentFiles].flatMap((input) => filesUnder(root, input)).sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  const variables = Object.entries(process.env).filter(([name]) => name.startsWith("VITE_"));
  return hash.update(JSON.stringify(variables.sort())).digest("hex");
}

function removeOldBuilds(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const modifiedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - modifiedAt > BUILD_RETENTION_MS) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * The folder with the built page, built now if the sources have changed. It is in node_modules, apart from the data, so that
 * no start writes into a folder that a running system serves. Throws what the build throws.
 */
export async function builtDashboard(root: string): Promise<string> {
  const folder = join(root, "node_modules/.cache/bricklink-orders-dashboard");
  const built = join(folder, sourcesHash(root));
  if (existsSync(built)) return built;
  const unfinished = `${built}.${randomUUID()}`;
  await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", join(import.meta.dirname, "viteBuild.ts"), root, unfinished],
    // Vite builds React's development version, twice as slow, when the environment says anything else, as a test run does.
    { cwd: root, env: { ...process.env, NODE_ENV: "production" } },
  );
  try {
    renameSync(unfinished, built);
  } catch (error) {
    // Another start built the same sources at the same time and was first.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(built)) throw error;
  }
  removeOldBuilds(folder);
  return built;
}
