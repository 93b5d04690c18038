import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sourcesHash } from "../../local/dashboardBuild";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "bricklink-orders-sources-"));
  await mkdir(join(root, "src/orders"), { recursive: true });
  await writeFile(join(root, "src/orders/table.tsx"), "one");
  await writeFile(join(root, "index.html"), "<html>");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

it("unchanged sources have the same hash, so that the page is not built again", () => {
  expect(sourcesHash(root)).toBe(sourcesHash(root));
});

it.each([
  ["a changed file", () => writeFile(join(root, "src/orders/table.tsx"), "two")],
  ["a new file in a folder", () => writeFile(join(root, "src/orders/row.tsx"), "")],
  ["a removed file", () => rm(join(root, "index.html"))],
  ["an environment file", () => writeFile(join(root, ".env.local"), "VITE_CONVEX_URL=https://x.test")],
  ["a changed variable", () => Promise.resolve(vi.stubEnv("VITE_CONVEX_URL", "https://x.test"))],
])("sources with %s have another hash, so that the page is built again", async (_, change) => {
  const before = sourcesHash(root);
  await change();
  expect(sourcesHash(root)).not.toBe(before);
});
