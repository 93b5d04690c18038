import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { claimFolder } from "../../local/folderKind";
import { readOptions } from "../../local/options";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bricklink-orders-kind-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

it("a folder keeps the kind of its first start, and the other kind is refused with what to do", () => {
  claimFolder(folder, "real");
  claimFolder(folder, "real");
  expect(() => claimFolder(folder, "simulated")).toThrow(
    `${folder} holds a real store: start it with --real, or name another folder with --data.`,
  );
});

it("a folder in which a simulated BrickLink has saved its stores is a demo's, also without a file that says so", async () => {
  await writeFile(join(folder, "bricklink.sqlite"), "");
  expect(() => claimFolder(folder, "real")).toThrow("holds a demo");
  claimFolder(folder, "simulated");
});

it("a demo and a real store have different folders unless --data names one", () => {
  const folders = [[], ["--real"], ["--real", "--data", "mine"]].map((args) => readOptions(args).data);
  expect(folders).toEqual([".local", ".local-real", "mine"]);
});
