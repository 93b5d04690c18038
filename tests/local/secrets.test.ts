import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readOptions } from "../../local/options";
import { secretsIn } from "../../local/secrets";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bricklink-orders-secrets-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

it("the secrets are created in the file that --secrets names, for its owner only, and stay the same", async () => {
  const file = join(folder, "elsewhere/keys.json");
  expect(readOptions(["--secrets", file]).secrets).toBe(file);
  const created = await secretsIn(file);
  expect((await stat(file)).mode & 0o077).toBe(0);
  expect(await secretsIn(file)).toEqual(created);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(created);
});

it("a damaged file of secrets is refused and not replaced", async () => {
  const file = join(folder, "secrets.json");
  await writeFile(file, "{");
  await expect(secretsIn(file)).rejects.toThrow(`${file} lacks a key or is damaged`);
  expect(await readFile(file, "utf8")).toBe("{");
});
