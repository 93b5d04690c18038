/** `npm run dependencies`: licences of the packages, and known vulnerabilities, with and without a registry's answer. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  isPermittedLicence,
  licenceLines,
  packagesToRefuse,
  productionPackages,
} from "../../local/dependencies/licences";
import { isRefused, readAudit } from "../../local/dependencies/vulnerabilities";
import { closeServer, listen } from "../../local/host/http/listen";

const root = resolve(import.meta.dirname, "../..");

describe("licences", () => {
  it.each([
    ["MIT", true],
    ["(MIT OR GPL-3.0-only)", true],
    ["MIT AND ISC", true],
    ["MIT AND GPL-3.0-only", false],
    ["GPL-3.0-only", false],
    ["MIT AND (GPL-3.0-only OR ISC)", false],
    ["SEE LICENSE IN LICENSE.txt", false],
    ["UNLICENSED", false],
    ["none", false],
  ])("the licence %s is permitted: %s", (licence, expected) => {
    expect(isPermittedLicence(licence)).toBe(expected);
  });

  const lock = {
    packages: {
      "": { name: "app", license: "GPL-3.0-only" },
      "node_modules/a": { version: "1.0.0", license: "MIT" },
      "node_modules/a/node_modules/@b/c": { version: "2.0.0" },
      "node_modules/old": { version: "3.0.0" },
      "node_modules/elsewhere": { version: "4.0.0", license: "ISC", optional: true },
      "node_modules/unstated": { version: "5.0.0" },
      "node_modules/tool": { version: "6.0.0", license: "GPL-3.0-only", dev: true },
    },
  };
  const manifests: Record<string, unknown> = {
    "node_modules/a": { license: "Apache-2.0" },
    "node_modules/a/node_modules/@b/c": { license: { type: "MIT" } },
    "node_modules/old": { licenses: [{ type: "GPL-3.0-only" }, { type: "MIT" }] },
    "node_modules/unstated": {},
  };
  const packages = productionPackages(lock, (path) => manifests[path]);

  it("a package's licence is what its installed package.json states, and else what the lock file does", () => {
    expect(packages.map(({ name, licence }) => [name, licence])).toEqual([
      ["a", "Apache-2.0"],
      ["@b/c", "MIT"],
      ["old", "GPL-3.0-only OR MIT"],
      ["elsewhere", "ISC"],
      ["unstated", "none"],
    ]);
    expect(licenceLines(packages)).toContain("Apache-2.0 (1): a");
  });

  it("a package without a permitted licence is refused, unless it is an exception with exactly that licence", () => {
    const version = "1.0.0";
    const exception = { name: "lightningcss-linux-x64-gnu", version, licence: "MPL-2.0" };
    expect(packagesToRefuse([...packages, exception]).map(({ name }) => name)).toEqual(["unstated"]);
    const others = [
      { ...exception, licence: "GPL-3.0-only" },
      { ...exception, name: "lightningcssx" },
    ];
    expect(packagesToRefuse(others)).toEqual(others);
  });
});

describe("vulnerabilities", () => {
  const found = (severity: string) => ({ name: "a", severity, range: "<2", via: [] });
  const report = (...severities: string[]) =>
    JSON.stringify({
      auditReportVersion: 2,
      vulnerabilities: Object.fromEntries(severities.map((severity) => [severity, found(severity)])),
    });

  it("a vulnerability of severity high or critical must be mended, and no other", () => {
    const audit = readAudit(report("low", "moderate", "high", "critical"));
    if (!audit.isChecked) throw new Error(audit.reason);
    expect(audit.vulnerabilities.filter(isRefused).map(({ severity }) => severity)).toEqual([
      "high",
      "critical",
    ]);
    expect(readAudit(report())).toEqual({ isChecked: true, vulnerabilities: [] });
  });

  it.each([
    ["an error", JSON.stringify({ message: "405 Method Not Allowed", error: {} }), "405 Method Not Allowed"],
    ["nothing", "", "npm printed no report"],
    ["a report of another version", JSON.stringify({ auditReportVersion: 3 }), "npm printed no report"],
  ])("vulnerabilities are not checked when npm prints %s", (_, output, reason) => {
    expect(readAudit(output)).toEqual({ isChecked: false, reason });
  });
});

describe("the command", () => {
  const servers: ReturnType<typeof createServer>[] = [];
  let cache: string;
  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), "bricklink-orders-npm-"));
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await closeServer(server);
    await rm(cache, { recursive: true, force: true });
  });

  /** The address of a registry that answers every question about vulnerabilities like this. */
  async function registry(status: number, advisories: unknown): Promise<string> {
    const server = createServer((request, response) => {
      request.resume();
      const isAudit = request.url?.endsWith("/advisories/bulk");
      response.writeHead(isAudit ? status : 404, { "Content-Type": "application/json" });
      response.end(JSON.stringify(isAudit ? advisories : {}));
    });
    servers.push(server);
    return `http://127.0.0.1:${await listen(server, 0)}/`;
  }

  async function run(registryUrl: string): Promise<{ code: number | null; output: string }> {
    const settings = {
      npm_config_registry: registryUrl,
      // npm remembers advisories there.
      npm_config_cache: cache,
      // This setting of npm must not count as an answer.
      npm_config_offline: "true",
    };
    const child = spawn(process.execPath, ["--import", "tsx", join(root, "local/dependencies/main.ts")], {
      cwd: root,
      env: { ...process.env, ...settings },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    return { code: await new Promise((done) => child.once("close", done)), output };
  }

  it("the command passes without a registry or with one that knows no advisories, and says that it did not check", async () => {
    const refused = await registry(405, {});
    const ends = await Promise.all([run("http://127.0.0.1:9/"), run(refused)]);
    for (const { code, output } of ends) {
      expect(output).toContain("Vulnerabilities were NOT checked");
      expect(output).not.toContain("Known vulnerabilities");
      expect(code).toBe(0);
    }
  });

  it.each([
    ["high", 1],
    ["moderate", 0],
  ])(
    "with a known vulnerability of severity %s the command exits with code %i",
    async (severity, expected) => {
      const advisory = {
        id: 1,
        url: "https://advisories.test/1",
        title: "A hole",
        severity,
        vulnerable_versions: "*",
      };
      const { code, output } = await run(await registry(200, { zod: [advisory] }));
      expect(output).toContain(`${severity}: zod`);
      expect(code).toBe(expected);
    },
  );
});
