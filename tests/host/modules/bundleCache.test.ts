// @vitest-environment node
/** A bundle that is kept on disk stands for its sources only as long as none of them has changed. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { bundle } from "../../../local/host/modules/bundle";
import { cachedBundle } from "../../../local/host/modules/bundleCache";
import { appFolder, temporaryFolder } from "../harness";

let app: Awaited<ReturnType<typeof appFolder>>;
let cache: string;
beforeEach(async () => {
  app = await appFolder({ "items.ts": `export const answer = "first";` });
  cache = join(await temporaryFolder(), "bundles");
});

function keptFile(): string {
  return join(cache, readdirSync(cache)[0] ?? "");
}

async function codeOf(module: string): Promise<string | undefined> {
  const { modules, files } = await cachedBundle(app.functions, cache);
  return files.get(modules.get(module) ?? "")?.code;
}

it("a bundle from disk is as it was made", async () => {
  const made = await bundle(app.functions);
  expect(await cachedBundle(app.functions, cache)).toEqual(made);
  expect(await cachedBundle(app.functions, cache)).toEqual(made);
});

it("unchanged sources are not bundled again", async () => {
  await codeOf("items");
  writeFileSync(keptFile(), readFileSync(keptFile(), "utf8").replaceAll("first", "kept"));
  expect(await codeOf("items")).toContain("kept");
});

it("a changed, a new and a removed file are seen", async () => {
  await codeOf("items");
  await app.write({ "items.ts": `export const answer = "second";` });
  expect(await codeOf("items")).toContain("second");
  await app.write({ "added.ts": "export const added = true;" });
  expect(await codeOf("added")).toContain("added");
  rmSync(join(app.functions, "added.ts"));
  expect(await codeOf("added")).toBeUndefined();
});

it("a bundle that was half written is made again", async () => {
  await codeOf("items");
  writeFileSync(keptFile(), readFileSync(keptFile(), "utf8").slice(0, 100));
  expect(await codeOf("items")).toContain("first");
  expect(readFileSync(keptFile(), "utf8").length).toBeGreaterThan(100);
});

it("bundles are made and not kept where their folder cannot be written", async () => {
  writeFileSync(cache, "");
  expect(await codeOf("items")).toContain("first");
});
