/** Keeps bundles on disk, because to make one takes longer than the rest of a start. */
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { version } from "esbuild";
import { bundle, modulePaths, type Bundle, type BundledFile } from "./bundle";

/** `hash`: of everything that the bundle was made of. */
type Kept = {
  hash: string;
  inputs: string[];
  files: [string, BundledFile][];
  modules: [string, string][];
  libraries: string;
};

/** What makes bundles: another version of it would make another one. */
const makers = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join(import.meta.dirname, name));

/** A hash of a folder's modules, of all files that a bundle of it was made of, and of what made it. Throws when one is missing. */
function hashOf(folder: string, inputs: readonly string[]): string {
  const hash = createHash("sha256").update(`${version}\0${modulePaths(folder).join("\0")}`);
  for (const path of [...makers, ...inputs]) hash.update(`\0${path}\0`).update(readFileSync(path));
  return hash.digest("hex");
}

function kept(folder: string, path: string): Bundle | undefined {
  try {
    const { hash, inputs, files, modules, libraries } = JSON.parse(readFileSync(path, "utf8")) as Kept;
    if (hash !== hashOf(folder, inputs)) return undefined;
    return { files: new Map(files), modules: new Map(modules), libraries, inputs };
  } catch {
    // There is none, or it cannot be read: another one is made.
    return undefined;
  }
}

function keep(folder: string, path: string, { inputs, files, modules, libraries }: Bundle): void {
  const unfinished = `${path}.${randomUUID()}`;
  const made: Kept = {
    hash: hashOf(folder, inputs),
    inputs,
    files: [...files],
    modules: [...modules],
    libraries,
  };
  writeFileSync(unfinished, JSON.stringify(made));
  renameSync(unfinished, path);
}

/**
 * As `bundle`, from `cache` if nothing has changed since. `cache`: a folder, made when there is none. When it cannot be written,
 * the next start takes as long as the first.
 */
export async function cachedBundle(folder: string, cache: string): Promise<Bundle> {
  const name = createHash("sha256").update(resolve(folder)).digest("hex");
  const path = join(cache, `${name}.json`);
  const known = kept(folder, path);
  if (known) return known;
  const made = await bundle(folder);
  try {
    mkdirSync(cache, { recursive: true });
    keep(folder, path, made);
  } catch {
    return made;
  }
  return made;
}
