import { spawn } from "node:child_process";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keyIdOf } from "../../convex/marketplaces/bricklink/connection/encryption";
import { freshFolder, removeFolder, startSystem, type Running } from "../support/system";

const root = resolve(import.meta.dirname, "../..");

let data: string;
let system: Running;

beforeAll(async () => {
  data = await freshFolder();
  system = await startSystem(data);
});
afterAll(async () => {
  await system.stop();
  await removeFolder(data);
});

async function local(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "local/cli.ts"), ...args], {
    cwd: root,
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, output };
}

it("the command line runs functions of a running host, prints its tables and names what is wrong", async () => {
  const swept = await local("run", "marketplaces/bricklink/queue/sweep:sweep", "--data", data);
  expect(swept).toEqual({ code: 0, output: "null\n" });
  // Side by side, since each command is a process of its own and only reads.
  const [orders, noTable, noFunction, reset] = await Promise.all([
    local("data", "bricklinkOrders", "--limit", "2", "--data", data),
    local("data", "nothing", "--data", data),
    local("run", "no/such:thing", "--data", data),
    local("reset", "--yes", "--data", data),
  ]);
  const rows = orders.output.trim().split("\n");
  expect(rows).toHaveLength(2);
  expect(JSON.parse(rows[0] ?? "")).toMatchObject({ status: "PENDING" });
  expect(noTable).toMatchObject({
    code: 1,
    output: expect.stringContaining("There is no table nothing. There are:") as string,
  });
  expect(noFunction).toMatchObject({ code: 1 });
  expect(reset).toMatchObject({ code: 1, output: expect.stringContaining("Stop it first") as string });
});

it("rotate-key changes the credentials key of a running system, whose stores go on working", async () => {
  const file = join(data, "secrets.json");
  const storedKeys = async () =>
    JSON.parse(await readFile(file, "utf8")) as {
      CREDENTIALS_KEY: string;
      CREDENTIALS_KEY_PREVIOUS?: string;
    };
  const before = await storedKeys();
  const rotated = await local("rotate-key", "--data", data);
  expect(rotated).toMatchObject({
    code: 0,
    output: expect.stringContaining("The keys of 1 store") as string,
  });
  const after = await storedKeys();
  expect(after.CREDENTIALS_KEY).not.toBe(before.CREDENTIALS_KEY);
  expect(after.CREDENTIALS_KEY_PREVIOUS).toBeUndefined();
  const { output } = await local("data", "marketplaceCredentials", "--data", data);
  const { encryptedKeys } = JSON.parse(output) as { encryptedKeys: { keyId: string } };
  expect(encryptedKeys.keyId).toBe(await keyIdOf(after.CREDENTIALS_KEY));
  // The running functions have the new key too, and find nothing left to do.
  const again = await local(
    "run",
    "marketplaces/bricklink/connection/keyRotation:reencryptAll",
    "--data",
    data,
  );
  expect(JSON.parse(again.output)).toEqual({ stores: 0 });
});

it("an export imported into a reset folder brings back every document and index", async () => {
  const file = join(data, "..", `export-${Date.now()}.jsonl`);
  await writeFile(file, "", { mode: 0o644 });
  expect((await local("export", file, "--data", data)).code).toBe(0);
  expect((await stat(file)).mode & 0o077).toBe(0);
  const secrets = await readFile(join(data, "secrets.json"), "utf8");
  await system.stop();
  expect((await local("import", file, "--data", data)).output).toContain("reset it first");
  expect((await local("reset", "--yes", "--data", data)).code).toBe(0);
  expect((await local("import", file, "--data", data)).output).toMatch(/\d+ documents imported/);
  await writeFile(join(data, "secrets.json"), secrets, { mode: 0o600 });
  await rm(file);
  system = await startSystem(data, "--empty");
  const orders = await local("data", "bricklinkOrders", "--limit", "100", "--data", data);
  expect(orders.output.trim().split("\n").length).toBeGreaterThan(5);
});
