/**
 * `npm run dependencies`: the licences of the packages that the product runs with, and their known vulnerabilities. Exits 1
 * for a licence that is not permitted, and for a vulnerability of severity high or more. Without a registry's answer it
 * says that vulnerabilities were not checked, which is no failure.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { licenceExceptions, licenceLines, packagesToRefuse, productionPackages } from "./licences";
import { isRefused, readAudit } from "./vulnerabilities";

const root = resolve(import.meta.dirname, "../..");

/** How long the registry may take to answer. Chosen: a check that no network can hold up for long. */
const ANSWER_TIMEOUT_MS = 20_000;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Prints the licences. Returns whether all are permitted. */
function checkLicences(): boolean {
  const packages = productionPackages(readJson(join(root, "package-lock.json")), (path) => {
    const file = join(root, path, "package.json");
    return existsSync(file) ? readJson(file) : undefined;
  });
  print(`Licences of ${packages.length} packages:`);
  for (const line of licenceLines(packages)) print(`  ${line}`);
  for (const { licence, reason } of licenceExceptions) print(`  Exception for ${licence}: ${reason}`);
  const refused = packagesToRefuse(packages);
  for (const { name, version, licence } of refused) {
    print(
      `${name} ${version} has the licence ${licence}, which local/dependencies/licences.ts does not permit.`,
    );
  }
  return refused.length === 0;
}

/** The output of `npm audit`. Its exit code says no more than the report. */
async function npmAudit(): Promise<string> {
  // With npm's offline setting, npm would report no vulnerabilities without having asked.
  const network = ["--offline=false", "--fetch-retries=0", `--fetch-timeout=${ANSWER_TIMEOUT_MS}`];
  const child = spawn("npm", ["audit", "--omit=dev", "--json", ...network], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
    // npm is a script on Windows, which only a shell runs.
    shell: process.platform === "win32",
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await new Promise((done) => child.once("close", done).once("error", done));
  return output;
}

/** Prints the known vulnerabilities. Returns whether none must be mended. */
async function checkVulnerabilities(): Promise<boolean> {
  const audit = readAudit(await npmAudit());
  if (!audit.isChecked) {
    print(`Vulnerabilities were NOT checked, because the registry did not answer: ${audit.reason}`);
    return true;
  }
  const { vulnerabilities } = audit;
  print(`Known vulnerabilities: ${vulnerabilities.length === 0 ? "none" : vulnerabilities.length}`);
  for (const { name, range, severity } of vulnerabilities) print(`  ${severity}: ${name} ${range}`);
  return !vulnerabilities.some(isRefused);
}

async function main(): Promise<boolean> {
  const areLicencesPermitted = checkLicences();
  return (await checkVulnerabilities()) && areLicencesPermitted;
}

main().then(
  (hasPassed) => process.exit(hasPassed ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`dependencies: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
